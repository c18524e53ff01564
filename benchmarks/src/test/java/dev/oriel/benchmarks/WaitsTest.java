package dev.oriel.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WaitsTest {

    private final Waits waits = new Waits(new long[] {0, 10, 50, 60}, new long[] {1, 30, 2, 9});

    @Test
    void findsTheLongestWaitOfATime() {
        assertThat(waits.longest(45, 100)).isEqualTo(9);
        assertThat(waits.longest(0, 5)).isEqualTo(1);
    }

    @Test
    void countsWhatWasStillWaiting() {
        assertThat(waits.longest(40, 45)).isEqualTo(30);
        assertThat(waits.longest(41, 55)).isEqualTo(2);
    }

    @Test
    void saysNothingOfATimeWithoutWaits() {
        assertThat(waits.longest(70, 80)).isZero();
    }
}
