package dev.oriel.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.oriel.benchmarks.simulator.FrameMaker;
import dev.oriel.cache.FrameCache;
import dev.oriel.cache.FrameCacheSettings;
import dev.oriel.capture.Frame;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScriptedSpaceTest {

    private static final int STRIPE_BYTES = 3000;

    private final FrameCache cache = FrameCache.open(FrameCacheSettings.defaults(), Clock.systemUTC());
    private final ScriptedSpace space = new ScriptedSpace("some", new FrameMaker(cache));

    @AfterEach
    void close() {
        cache.close();
        assertThat(cache.stats().chargedBytes()).isZero();
    }

    @Test
    void picturesShareWhatDidNotChange() {
        assertThat(space.showNew(STRIPE_BYTES)).isTrue();
        long whole = cache.stats().chargedBytes();
        assertThat(whole).isGreaterThan((long) ScriptedSpace.STRIPES * STRIPE_BYTES);
        assertThat(space.change(4, 2, STRIPE_BYTES)).isTrue();
        assertThat(cache.stats().chargedBytes() - whole).isBetween(2L * STRIPE_BYTES, 3L * STRIPE_BYTES);
        try (Frame newest = cache.newest(space.id()).orElseThrow()) {
            assertThat(newest.revision()).isEqualTo(space.revision()).isEqualTo(2);
        }
    }

    @Test
    void aContentTellsItsSize() {
        space.showNew(STRIPE_BYTES);
        assertThat(space.contents()).hasSize(ScriptedSpace.STRIPES).doesNotHaveDuplicates();
        assertThat(ScriptedSpace.bytesOf(space.contents()[7])).isEqualTo(STRIPE_BYTES);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> space.showNew(8192))
                .withMessage("a stripe has 8191 bytes at most, not 8192");
    }
}
