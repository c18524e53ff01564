package dev.oriel.pressure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PressureLevelTest {

    @Test
    void ranksFromGoodToBad() {
        assertThat(PressureLevel.RED.isAtLeast(PressureLevel.YELLOW)).isTrue();
        assertThat(PressureLevel.YELLOW.isAtLeast(PressureLevel.YELLOW)).isTrue();
        assertThat(PressureLevel.GREEN.isAtLeast(PressureLevel.YELLOW)).isFalse();
    }

    @Test
    void isReadFromItsNameInAnyCase() {
        assertThat(PressureLevel.parse("red")).contains(PressureLevel.RED);
        assertThat(PressureLevel.parse(" Yellow ")).contains(PressureLevel.YELLOW);
        assertThat(PressureLevel.parse("orange")).isEmpty();
        assertThat(PressureLevel.parse("")).isEmpty();
    }
}
