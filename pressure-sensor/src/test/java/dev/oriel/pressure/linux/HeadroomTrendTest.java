package dev.oriel.pressure.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class HeadroomTrendTest {
    private static final long MIB = 1L << 20;
    private static final long MILLI = 1_000_000;
    private static final long SHORT = 250 * MILLI;
    private static final long DWELL = 5_000 * MILLI;

    private final HeadroomTrend trend = new HeadroomTrend();

    @Test
    void twoSamplesAreNoTrend() {
        add(0, 900);
        add(20, 800);
        assertThat(trend.fillBytesPerSecond(SHORT)).isZero();
    }

    @Test
    void aHogIsKnownByThreeLooks() {
        add(0, 900);
        add(20, 890);
        add(40, 880);
        assertThat(trend.fillBytesPerSecond(SHORT)).isEqualTo(500 * MIB);
        assertThat(trend.fillBytes(SHORT)).isEqualTo(125 * MIB);
    }

    @Test
    void aStepIsNoFallThatGoesOn() {
        for (int millis = 0; millis < 200; millis += 20) {
            add(millis, 900);
        }
        for (int millis = 200; millis < 2_000; millis += 20) {
            add(millis, 500);
            assertThat(trend.fillBytesPerSecond(SHORT)).isZero();
            assertThat(trend.fillBytesPerSecond(DWELL)).isZero();
        }
    }

    @Test
    void oneNoisySampleIsNotTakenForAFall() {
        for (int millis = 0; millis < 2_000; millis += 20) {
            add(millis, millis == 1_000 ? 400 : 900);
            assertThat(trend.fillBytesPerSecond(SHORT)).isZero();
        }
    }

    @Test
    void whatGrowsDoesNotFillUp() {
        for (int millis = 0; millis < 1_000; millis += 50) {
            add(millis, millis);
        }
        assertThat(trend.fillBytesPerSecond(SHORT)).isZero();
    }

    @Test
    void aShortForecastRestsOnTheNewestSpeedAndALongOneOnThatOfASecond() {
        for (int millis = 0; millis <= 1_000; millis += 20) {
            add(millis, 5_000 - (millis <= 800 ? 0 : millis - 800));
        }
        assertThat(trend.fillBytesPerSecond(SHORT)).isEqualTo(1_000 * MIB);
        assertThat(trend.fillBytesPerSecond(DWELL)).isZero();
        for (int millis = 1_020; millis <= 2_000; millis += 20) {
            add(millis, 5_000 - (millis - 800));
        }
        assertThat(trend.fillBytesPerSecond(DWELL)).isEqualTo(1_000 * MIB);
    }

    @Test
    void looksAnyDistanceApartGiveTheSameSpeed() {
        for (int apart : new int[] {1, 5, 20, 100, 700, 5_000}) {
            trend.clear();
            for (int look = 0; look < 400; look++) {
                add((long) look * apart, 10_000_000 - (long) look * apart);
            }
            assertThat(trend.fillBytesPerSecond(SHORT)).isCloseTo(1_000 * MIB, within(MIB));
            assertThat(trend.fillBytesPerSecond(DWELL)).isCloseTo(1_000 * MIB, within(MIB));
        }
    }

    @Test
    void noiseOfMebibytesForeseesNoGibibytes() {
        Random random = new Random(7);
        long worst = 0;
        for (int look = 0; look < 10_000; look++) {
            add(20L * look, 9_000 + random.nextInt(4));
            worst = Math.max(worst, trend.fillBytes(SHORT));
        }
        assertThat(worst).isLessThan(20 * MIB);
    }

    @Test
    void samplesAtOneMomentHaveNoSpeed() {
        add(5, 900);
        add(5, 100);
        add(5, 50);
        assertThat(trend.fillBytesPerSecond(SHORT)).isZero();
    }

    private void add(long atMillis, long leftMebibytes) {
        trend.add(leftMebibytes * MIB, atMillis * MILLI);
    }
}
