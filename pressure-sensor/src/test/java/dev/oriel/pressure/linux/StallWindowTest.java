package dev.oriel.pressure.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class StallWindowTest {
    private final StallWindow window = new StallWindow(Duration.ofSeconds(1));

    @Test
    void theFirstLookHasNothingToCompareWith() {
        assertThat(window.add(new StallTotals(9_000_000, 9_000_000), 0)).isEmpty();
    }

    @Test
    void aLongStretchIsTakenAsItIs() {
        add(0, 0, 0);
        Stall stall = add(5_000, 2_000, 1_000);
        assertThat(stall.stretchMicros()).isEqualTo(5_000_000);
        assertThat(stall.someShare()).isEqualTo(0.4);
        assertThat(stall.fullShare()).isEqualTo(0.2);
    }

    @Test
    void aShortStretchCountsAsAWholeWindow() {
        add(0, 0, 0);
        assertThat(add(50, 50, 0).someShare()).isEqualTo(0.05);
    }

    @Test
    void quickLooksAddUpWithinTheWindowAndAreForgottenAfterIt() {
        for (int millis = 0; millis <= 2_000; millis += 50) {
            add(millis, millis / 10, 0);
        }
        assertThat(add(2_050, 205, 0).someShare()).isEqualTo(0.1);
        for (int millis = 2_100; millis <= 3_050; millis += 50) {
            add(millis, 205, 0);
        }
        assertThat(add(3_100, 205, 0).someShare()).isZero();
    }

    @Test
    void moreLooksThanExpectedDoNotPileUp() {
        for (int millis = 0; millis < 1_000; millis++) {
            add(millis, millis, millis);
        }
        assertThat(add(1_000, 1_000, 1_000).someShare()).isBetween(0.06, 0.07);
    }

    @Test
    void totalsThatStartAnewStartTheWindowAnew() {
        add(0, 5_000, 5_000);
        assertThat(window.add(new StallTotals(10, 10), 1_000_000_000L)).isEmpty();
        assertThat(add(2_000, 100, 1).someMicros()).isEqualTo(99_990);
    }

    private Stall add(long atMillis, long someMillis, long fullMillis) {
        return window.add(new StallTotals(1_000 * someMillis, 1_000 * fullMillis), 1_000_000 * atMillis)
                .orElse(new Stall(0, 0, 1));
    }
}
