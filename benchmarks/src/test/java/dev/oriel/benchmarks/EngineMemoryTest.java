package dev.oriel.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.benchmarks.EngineMemory.Sample;
import org.junit.jupiter.api.Test;

class EngineMemoryTest {

    @Test
    void takesFromEightDisplaysWhatNineTake() {
        Sample one = new Sample(130, 50, 0.25);
        Sample nine = new Sample(144, 56, 2.25);
        assertThat(EngineMemory.forAllDisplays(one, nine)).isEqualTo(9);
    }
}
