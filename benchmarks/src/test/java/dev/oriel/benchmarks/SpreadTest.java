package dev.oriel.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {

    @Test
    void tellsStartEndDeltaPeakAndAverage() {
        assertThat(Spread.of(List.of(10L, 40L, 20L, 5L))).isEqualTo(new Spread(10, 5, -5, 40, 19));
    }

    @Test
    void oneValueIsAllOfThem() {
        assertThat(Spread.of(List.of(7L))).isEqualTo(new Spread(7, 7, 0, 7, 7));
    }

    @Test
    void staysExactWithMoreBytesThanADoubleCounts() {
        long much = (1L << 53) + 1;
        assertThat(Spread.of(List.of(much, much)).peakBytes()).isEqualTo(much);
    }

    @Test
    void needsAValue() {
        assertThatIllegalArgumentException().isThrownBy(() -> Spread.of(List.of()));
    }
}
