package dev.oriel.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FlipDriftTest {

    @Test
    void driftsInBothDirections() {
        assertThat(FlipDrift.driftPercent(200, 203)).isEqualTo(1.5);
        assertThat(FlipDrift.driftPercent(200, 197)).isEqualTo(1.5);
        assertThat(FlipDrift.driftPercent(200, 200)).isZero();
    }
}
