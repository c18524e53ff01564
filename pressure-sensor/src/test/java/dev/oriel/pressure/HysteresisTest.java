package dev.oriel.pressure;

import static dev.oriel.pressure.PressureLevel.GREEN;
import static dev.oriel.pressure.PressureLevel.RED;
import static dev.oriel.pressure.PressureLevel.YELLOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class HysteresisTest {
    private final Hysteresis hysteresis = new Hysteresis(Duration.ofSeconds(5));

    @Test
    void believesTheFirstReading() {
        assertThat(at(0, YELLOW)).isEqualTo(YELLOW);
    }

    @Test
    void believesWorseAtOnce() {
        at(0, GREEN);
        assertThat(at(0.001, RED)).isEqualTo(RED);
    }

    @Test
    void believesBetterOnlyWhenItHasHeldForTheWholeDwell() {
        at(0, RED);
        assertThat(at(10, GREEN)).isEqualTo(RED);
        assertThat(at(14.999, GREEN)).isEqualTo(RED);
        assertThat(at(15, GREEN)).isEqualTo(GREEN);
    }

    @Test
    void startsTheDwellAnewWhenItIsInterrupted() {
        at(0, RED);
        at(1, GREEN);
        at(5, RED);
        at(6, GREEN);
        assertThat(at(10, GREEN)).isEqualTo(RED);
        assertThat(at(11, GREEN)).isEqualTo(GREEN);
    }

    @Test
    void goesToTheWorstLevelReadDuringTheDwell() {
        at(0, RED);
        at(1, GREEN);
        at(2, YELLOW);
        at(3, GREEN);
        assertThat(at(6, GREEN)).isEqualTo(YELLOW);
        assertThat(at(7.9, GREEN)).isEqualTo(YELLOW);
        assertThat(at(8, GREEN)).isEqualTo(GREEN);
    }

    @Test
    void doesNotRelaxWhileNothingIsSeen() {
        at(0, RED);
        at(1, GREEN);
        hysteresis.interrupt();
        assertThat(at(100, GREEN)).isEqualTo(RED);
        assertThat(at(105, GREEN)).isEqualTo(GREEN);
    }

    @Test
    void survivesTheOverflowOfTheNanosecondCount() {
        long start = Long.MAX_VALUE - Duration.ofSeconds(1).toNanos();
        hysteresis.accept(RED, start);
        hysteresis.accept(GREEN, start);
        assertThat(hysteresis.accept(GREEN, start + Duration.ofSeconds(4).toNanos()))
                .isEqualTo(RED);
        assertThat(hysteresis.accept(GREEN, start + Duration.ofSeconds(5).toNanos()))
                .isEqualTo(GREEN);
    }

    @Test
    void withoutADwellBelievesEverythingAtOnce() {
        Hysteresis immediate = new Hysteresis(Duration.ZERO);
        immediate.accept(RED, 0);
        assertThat(immediate.accept(GREEN, 0)).isEqualTo(GREEN);
    }

    private PressureLevel at(double seconds, PressureLevel read) {
        return hysteresis.accept(read, (long) (seconds * 1e9));
    }
}
