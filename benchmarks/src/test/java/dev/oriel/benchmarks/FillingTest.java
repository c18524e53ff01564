package dev.oriel.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FillingTest {

    @Test
    void isFullCloseToTheBudgetWhateverItIs() {
        assertThat(Filling.isFull(475, 500)).isTrue();
        assertThat(Filling.isFull(474, 500)).isFalse();
        assertThat(Filling.isFull(19, 20)).isTrue();
    }
}
