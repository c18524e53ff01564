package dev.oriel.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.BitSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SweepTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 67, 68, 270})
    void whereSomethingHappensEachBandIsVerifiedWithinASecond(int bands) {
        BitSet verified = verifiedFor(SECOND, new Sweep(bands, 0), 0);
        assertThat(verified.cardinality()).isEqualTo(bands);
        assertThat(verified.length()).isEqualTo(bands);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 67, 68, 270})
    void whereNothingHappensEachBandIsVerifiedWithinHalfAMinute(int bands) {
        Sweep sweep = new Sweep(bands, 0);
        verifiedFor(20 * SECOND, sweep, 0);
        BitSet verified = verifiedFor(30 * SECOND, sweep, 20 * SECOND);
        assertThat(verified.cardinality()).isEqualTo(bands);
    }

    @Test
    void whereNothingHappensAQuarterIsReadEachSevenSeconds() {
        Sweep sweep = new Sweep(68, 0);
        verifiedFor(20 * SECOND, sweep, 0);
        int steps = 0;
        for (long now = 20 * SECOND; now < 90 * SECOND; now += SECOND / 100) {
            if (sweep.untilDue(now) <= 0) {
                BitSet part = new BitSet();
                sweep.next(part, now);
                assertThat(part.cardinality()).isEqualTo(17);
                steps++;
            }
        }
        assertThat(steps).isEqualTo(10);
    }

    @Test
    void aChangeMakesItLivelyAgain() {
        Sweep sweep = new Sweep(68, 0);
        verifiedFor(60 * SECOND, sweep, 0);
        sweep.changed(60 * SECOND);
        assertThat(verifiedFor(SECOND, sweep, 60 * SECOND).cardinality()).isEqualTo(68);
    }

    private static BitSet verifiedFor(long duration, Sweep sweep, long begin) {
        BitSet verified = new BitSet();
        for (long now = begin; now < begin + duration; now += SECOND / 1000) {
            if (sweep.untilDue(now) <= 0) {
                sweep.next(verified, now);
            }
        }
        return verified;
    }
}
