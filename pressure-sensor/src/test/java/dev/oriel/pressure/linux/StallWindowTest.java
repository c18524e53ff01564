package dev.oriel.pressure.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class StallWindowTest {
    private final StallWindow window = new StallWindow(Duration.ofSeconds(1), Duration.ofMillis(100));

    @Test
    void theFirstLookHasNothingToCompareWith() {
        assertThat(window.add(9_000_000, 9_000_000, 0)).isFalse();
    }

    @Test
    void aLongStretchIsTakenAsItIs() {
        add(0, 0, 0);
        add(5_000, 2_000, 1_000);
        assertThat(window.stretchMicros()).isEqualTo(5_000_000);
        assertThat(window.someShare()).isEqualTo(0.4);
        assertThat(window.fullShare()).isEqualTo(0.2);
    }

    @Test
    void aShortStretchCountsAsAWholeWindow() {
        add(0, 0, 0);
        add(50, 50, 0);
        assertThat(window.someShare()).isEqualTo(0.05);
    }

    @Test
    void theEndOfAStretchIsKnownByItself() {
        for (int millis = 0; millis <= 900; millis += 100) {
            add(millis, 0, 0);
        }
        add(1_000, 40, 0);
        assertThat(window.sharpSomeShare()).isEqualTo(0.4);
        assertThat(window.someShare()).isEqualTo(0.04);
        add(1_050, 40, 0);
        add(1_100, 40, 0);
        assertThat(window.sharpSomeShare()).isZero();
    }

    @Test
    void quickLooksAddUpWithinTheWindowAndAreForgottenAfterIt() {
        for (int millis = 0; millis <= 2_000; millis += 50) {
            add(millis, millis / 10, 0);
        }
        add(2_050, 205, 0);
        assertThat(window.someShare()).isEqualTo(0.1);
        for (int millis = 2_100; millis <= 3_050; millis += 50) {
            add(millis, 205, 0);
        }
        add(3_100, 205, 0);
        assertThat(window.someShare()).isZero();
    }

    @Test
    void howeverOftenOneLooksTheWindowReachesAsFarBack() {
        for (int millis = 0; millis < 3_000; millis++) {
            add(millis, millis, millis);
        }
        add(3_000, 3_000, 3_000);
        assertThat(window.someShare()).isEqualTo(1);
        assertThat(window.stretchMicros()).isBetween(1_000_000L, 1_050_000L);
    }

    @Test
    void totalsThatStartAnewStartTheWindowAnew() {
        add(0, 5_000, 5_000);
        assertThat(window.add(10, 10, 1_000_000_000L)).isFalse();
        add(2_000, 100, 1);
        assertThat(window.someMicros()).isEqualTo(99_990);
    }

    private void add(long atMillis, long someMillis, long fullMillis) {
        window.add(1_000 * someMillis, 1_000 * fullMillis, 1_000_000 * atMillis);
    }
}
