package dev.oriel.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ResidentAtLevelsTest {

    @Test
    void countsFromTheStepAndNotFromTheFirstSample() {
        assertThat(ResidentAtLevels.secondsUntil(List.of(99.0, 98.0), 100)).isEqualTo(2.5);
        assertThat(ResidentAtLevels.secondsUntil(List.of(120.0, 110.0, 100.0), 100))
                .isEqualTo(3.5);
    }

    @Test
    void takesTheWholeTimeIfTheCeilingIsNotReached() {
        assertThat(ResidentAtLevels.secondsUntil(List.of(120.0, 110.0), 100)).isGreaterThan(3);
    }
}
