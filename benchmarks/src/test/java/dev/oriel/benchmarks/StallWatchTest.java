package dev.oriel.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.oriel.benchmarks.StallWatch.Course;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StallWatchTest {

    private static long millis(long count) {
        return TimeUnit.MILLISECONDS.toNanos(count);
    }

    /* Stalled for 3 ms before the watch; then 4 ms in the first 10, nothing, 8 ms, and 2 ms. */
    private final Course course = new Course(
            new long[] {millis(100), millis(110), millis(120), millis(130), millis(140)},
            new long[] {3_000, 7_000, 7_000, 15_000, 17_000});

    @Test
    void countsFromTheFirstLook() {
        assertThat(course.firstNanoTime(12_000)).hasValue(millis(130));
        assertThat(course.firstNanoTime(14_001)).isEmpty();
    }

    @Test
    void sharesOutWhatIsBetweenTwoLooks() {
        assertThat(course.firstNanoTime(2_000)).hasValue(millis(105));
        assertThat(course.firstNanoTime(10_000)).hasValue(TimeUnit.MICROSECONDS.toNanos(127_500));
    }

    @Test
    void tellsWhichPartOfATimeWasStalled() {
        assertThat(course.share(millis(110), millis(130))).isCloseTo(0.4, within(1e-9));
        assertThat(course.share(millis(130), millis(230))).isCloseTo(0.02, within(1e-9));
    }
}
