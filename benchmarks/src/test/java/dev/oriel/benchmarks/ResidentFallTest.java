package dev.oriel.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.benchmarks.ResidentFall.Course;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ResidentFallTest {

    private final Course course = new Course(new long[] {1000, 1200, 1500, 1600}, new long[] {500, 300, 90, 100});

    @Test
    void tellsWhenSoMuchWasLeftForTheFirstTime() {
        assertThat(course.nanosUntil(1100, 300)).hasValue(100);
        assertThat(course.nanosUntil(1100, 299)).hasValue(400);
        assertThat(course.nanosUntil(1100, 100)).hasValue(400);
    }

    @Test
    void tellsThatSoLittleWasNeverLeft() {
        assertThat(course.nanosUntil(1100, 89)).isEmpty();
    }

    @Test
    void countsFromTheFirstToTheLast() {
        assertThat(course.firstBytes()).isEqualTo(500);
        assertThat(course.fallenBytes()).isEqualTo(400);
    }

    @Test
    void keepsOnlyWhatChanges() throws InterruptedException {
        AtomicLong looks = new AtomicLong();
        ResidentFall fall = new ResidentFall(() -> 10 - Math.min(2, looks.getAndIncrement() / 5), 0);
        fall.start();
        while (looks.get() < 20) {
            Thread.onSpinWait();
        }
        assertThat(fall.end().residentBytes()).containsExactly(10, 9, 8);
    }
}
