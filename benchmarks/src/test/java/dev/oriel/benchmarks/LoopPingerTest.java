package dev.oriel.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.benchmarks.LoopPinger.Course;
import org.junit.jupiter.api.Test;

class LoopPingerTest {

    private final Course course = new Course(new long[] {0, 10, 50, 60}, new long[] {1, 30, 2, 9});

    @Test
    void findsTheLongestWaitOfATime() {
        assertThat(course.longest(45, 100)).isEqualTo(9);
        assertThat(course.longest(0, 5)).isEqualTo(1);
    }

    @Test
    void countsWhatWasStillWaiting() {
        assertThat(course.longest(40, 45)).isEqualTo(30);
        assertThat(course.longest(41, 55)).isEqualTo(2);
    }

    @Test
    void saysNothingOfATimeWithoutQuestions() {
        assertThat(course.longest(70, 80)).isZero();
    }
}
