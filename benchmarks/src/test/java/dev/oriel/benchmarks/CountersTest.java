package dev.oriel.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class CountersTest {

    private final Counters before = Counters.parse("captures=12 pixelsRead=2000 frames=10");

    @Test
    void readsWhatTheEngineSays() {
        assertThat(before.values()).isEqualTo(Map.of("captures", 12L, "pixelsRead", 2000L, "frames", 10L));
        assertThat(before.of("refusals")).isZero();
        assertThatThrownBy(() -> Counters.parse("captures")).isInstanceOf(NumberFormatException.class);
    }

    @Test
    void tellsHowMuchEachHasGrown() {
        Counters after = Counters.parse("captures=15 pixelsRead=2600 frames=10 refusals=1");
        assertThat(after.since(before).values())
                .isEqualTo(Map.of("captures", 3L, "pixelsRead", 600L, "frames", 0L, "refusals", 1L));
    }

    @Test
    void takesOutWhatASweepRead() {
        assertThat(before.pixelsBesideSweep()).isEqualTo(2000);
        assertThat(Counters.parse("pixelsRead=2000 pixelsVerified=1900").pixelsBesideSweep())
                .isEqualTo(100);
    }
}
