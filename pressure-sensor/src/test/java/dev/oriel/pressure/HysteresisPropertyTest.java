package dev.oriel.pressure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random traces of readings, held against the rules word by word. */
class HysteresisPropertyTest {
    private static final int TRACES = 500;
    private static final int READINGS = 200;

    private record Step(long atNanos, PressureLevel read, PressureLevel believed) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 20_261_122, -7})
    void worsensAtOnceAndImprovesNoSoonerThanTheDwell(long seed) {
        Random random = new Random(seed);
        for (int trace = 0; trace < TRACES; trace++) {
            long dwellNanos = 1L + random.nextInt(1_000);
            List<Step> steps = runTrace(random, dwellNanos);
            for (int i = 0; i < steps.size(); i++) {
                assertThat(steps.get(i).believed)
                        .as("seed %d, trace %d, step %d", seed, trace, i)
                        .isEqualTo(expected(steps, i, dwellNanos));
            }
        }
    }

    private static List<Step> runTrace(Random random, long dwellNanos) {
        Hysteresis hysteresis = new Hysteresis(Duration.ofNanos(dwellNanos));
        List<Step> steps = new ArrayList<>();
        long now = random.nextLong();
        for (int i = 0; i < READINGS; i++) {
            now += random.nextInt(random.nextBoolean() ? 50 : 2_000);
            PressureLevel read = PressureLevel.values()[random.nextInt(3)];
            for (int repeats = random.nextInt(6); repeats >= 0; repeats--) {
                now += random.nextInt(300);
                steps.add(new Step(now, read, hysteresis.accept(read, now)));
            }
        }
        return steps;
    }

    /* The definition, slowly: a level is still believed if, looking back from now, it was read before every better
     * reading had lasted for a dwell. */
    private static PressureLevel expected(List<Step> steps, int index, long dwellNanos) {
        PressureLevel believed = PressureLevel.GREEN;
        for (PressureLevel level : PressureLevel.values()) {
            boolean held = false;
            boolean better = false;
            long betterSince = 0;
            for (Step step : steps.subList(0, index + 1)) {
                if (step.read.isAtLeast(level)) {
                    held = true;
                    better = false;
                } else if (!better) {
                    better = true;
                    betterSince = step.atNanos;
                }
                held &= !better || step.atNanos - betterSince < dwellNanos;
            }
            believed = held ? level : believed;
        }
        return believed;
    }
}
