package dev.oriel.cache;

import static dev.oriel.capture.Quality.FAST;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class FrameCacheMetricsTest extends FrameCacheScenario {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void metersFollowTheCache() {
        new FrameCacheMetrics(cache).bindTo(registry);
        put(A, FAST, 1);
        latest(A, FAST);
        latest(B, FAST);
        cache.forget(A);
        put(B, FAST, 1);

        assertThat(bytes("budget")).isEqualTo(cache.stats().budgetBytes());
        assertThat(bytes("charged")).isEqualTo(FRAME_BYTES);
        assertThat(bytes("logical")).isEqualTo(FRAME_BYTES);
        assertThat(bytes("newest")).isEqualTo(FRAME_BYTES);
        assertThat(bytes("live")).isEqualTo(STRIPES * STRIPE_BYTES);
        assertThat(bytes("resident")).isEqualTo(cache.stats().residentBytes());
        assertThat(bytes("pinned")).isZero();
        assertThat(registry.get("oriel.cache.returned").functionCounter().count())
                .isEqualTo(cache.stats().returnedBytes());
        assertThat(registry.get("oriel.cache.frames").gauge().value()).isEqualTo(1);
        assertThat(registry.get("oriel.cache.segments").gauge().value()).isEqualTo(1);
        assertThat(gets("hit")).isEqualTo(1);
        assertThat(gets("absent")).isEqualTo(1);
        assertThat(gets("expired")).isZero();
        assertThat(registry.get("oriel.cache.evictions")
                        .tag("cause", "space")
                        .functionCounter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("oriel.cache.refusals").functionCounter().count())
                .isZero();
    }

    private double bytes(String kind) {
        return registry.get("oriel.cache.bytes").tag("kind", kind).gauge().value();
    }

    private double gets(String result) {
        return registry.get("oriel.cache.gets")
                .tag("result", result)
                .functionCounter()
                .count();
    }
}
