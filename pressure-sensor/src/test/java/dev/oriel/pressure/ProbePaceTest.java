package dev.oriel.pressure;

import static dev.oriel.pressure.PressureLevel.GREEN;
import static dev.oriel.pressure.PressureLevel.RED;
import static dev.oriel.pressure.PressureLevel.YELLOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProbePaceTest {
    private static final long MIB = 1L << 20;
    private static final long GIB = 1L << 30;
    private static final PressureSensorSettings SLOW =
            PressureSensorSettings.defaults().withQuickInterval(Duration.ofSeconds(5));

    private final ScriptedProbe probe = new ScriptedProbe(new VirtualTime());
    private final ProbePace pace = new ProbePace(SLOW);

    @Test
    void farFromThresholdsKeepsToTheLongestPause() {
        assertThat(after(0, GREEN, 19 * GIB)).isEqualTo(Duration.ofSeconds(5));
        ProbePace byDefault = new ProbePace(PressureSensorSettings.defaults());
        assertThat(byDefault.nanosAfter(probe, GREEN, 0))
                .isEqualTo(Duration.ofMillis(50).toNanos());
    }

    @Test
    void looksAgainBeforeTheFastestHogCanHaveCrossedTheThreshold() {
        assertThat(after(0, GREEN, 4 * GIB)).isEqualTo(Duration.ofSeconds(2));
        assertThat(after(0, GREEN, GIB)).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void nearAThresholdLooksNoFasterThanTheFloor() {
        assertThat(after(0, GREEN, MIB)).isEqualTo(Duration.ofMillis(20));
    }

    @Test
    void aHogFasterThanAssumedIsWatchedAtItsOwnSpeed() {
        after(0, GREEN, 40 * GIB);
        assertThat(after(1, GREEN, 32 * GIB)).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void marginsOfDifferentThresholdsAreNotCompared() {
        after(0, GREEN, 100 * GIB);
        assertThat(after(1, YELLOW, 4 * GIB)).isEqualTo(Duration.ofSeconds(2).dividedBy(4));
    }

    @Test
    void aMarginThatWasNotMeasuredIsNoSpeed() {
        after(0, GREEN, Long.MAX_VALUE);
        assertThat(after(1, GREEN, 19 * GIB)).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void looksSeveralTimesDuringADwell() {
        assertThat(after(0, RED, Long.MAX_VALUE)).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void whereNothingCanStandStillYetItNeedNotLook() {
        ProbePace byDefault = new ProbePace(PressureSensorSettings.defaults());
        probe.has(40 * GIB);
        probe.isAtEaseFor(GIB);
        assertThat(byDefault.nanosAfter(probe, GREEN, 0))
                .isEqualTo(Duration.ofMillis(500).toNanos());
        probe.isAtEaseFor(30 * GIB);
        assertThat(byDefault.nanosAfter(probe, GREEN, 0))
                .isEqualTo(Duration.ofMillis(2_500).toNanos());
        assertThat(byDefault.nanosAfter(probe, YELLOW, 0))
                .isEqualTo(Duration.ofMillis(50).toNanos());
        probe.isAtEaseFor(MIB);
        assertThat(byDefault.nanosAfter(probe, GREEN, 0))
                .isEqualTo(Duration.ofMillis(50).toNanos());
        probe.isAtEaseFor(30 * GIB);
        probe.stirs(true);
        assertThat(byDefault.nanosAfter(probe, GREEN, 0))
                .isEqualTo(Duration.ofMillis(20).toNanos());
    }

    @Test
    void looksAsOftenAsMayBeWhileSomethingStirs() {
        probe.stirs(true);
        assertThat(after(0, GREEN, 19 * GIB)).isEqualTo(Duration.ofMillis(20));
    }

    @Test
    void anIntervalBelowTheFloorWins() {
        ProbePace quick = new ProbePace(SLOW.withInterval(Duration.ofMillis(10)));
        probe.has(1);
        assertThat(quick.nanosAfter(probe, GREEN, 0))
                .isEqualTo(Duration.ofMillis(10).toNanos());
    }

    private Duration after(int second, PressureLevel level, long marginBytes) {
        probe.says(level);
        probe.has(marginBytes);
        return Duration.ofNanos(
                pace.nanosAfter(probe, level, Duration.ofSeconds(second).toNanos()));
    }
}
