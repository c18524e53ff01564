package dev.oriel.pressure;

import static dev.oriel.pressure.PressureLevel.GREEN;
import static dev.oriel.pressure.PressureLevel.RED;
import static dev.oriel.pressure.PressureLevel.YELLOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ProbePaceTest {
    private static final long MIB = 1L << 20;
    private static final long GIB = 1L << 30;

    private final ProbePace pace = new ProbePace(PressureSensorSettings.defaults());

    @Test
    void farFromThresholdsKeepsToTheInterval() {
        assertThat(after(0, GREEN, 19 * GIB)).isEqualTo(Duration.ofSeconds(5));
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
        assertThat(after(1, YELLOW, 4 * GIB)).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void looksSeveralTimesDuringADwell() {
        assertThat(pace.after(reading(GREEN, OptionalLong.empty()), RED, 0)).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void anIntervalBelowTheFloorWins() {
        PressureSensorSettings quick = PressureSensorSettings.defaults().withInterval(Duration.ofMillis(20));
        assertThat(new ProbePace(quick).after(reading(GREEN, OptionalLong.of(1)), GREEN, 0))
                .isEqualTo(Duration.ofMillis(20));
    }

    private Duration after(int second, PressureLevel level, long marginBytes) {
        return pace.after(
                reading(level, OptionalLong.of(marginBytes)),
                level,
                Duration.ofSeconds(second).toNanos());
    }

    private static PressureReading reading(PressureLevel level, OptionalLong marginBytes) {
        return new PressureReading(
                List.of(new SourceReading("any", level, "", marginBytes, Map.of())), List.of(), Instant.EPOCH);
    }
}
