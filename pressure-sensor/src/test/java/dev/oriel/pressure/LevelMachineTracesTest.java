package dev.oriel.pressure;

import static dev.oriel.pressure.PressureLevel.GREEN;
import static dev.oriel.pressure.PressureLevel.RED;
import static dev.oriel.pressure.PressureLevel.YELLOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Memory that rises and falls in all sorts of ways, looked at by fits and starts. */
class LevelMachineTracesTest {
    private static final int TRACES = 100_000;
    private static final int LOOKS = 80;
    private static final int LOOKS_LEFT_OUT_OF_ORACLE = 20;

    private static final long MILLI = Duration.ofMillis(1).toNanos();
    private static final long DWELL = 1_000 * MILLI;
    private static final long SETTLE = 250 * MILLI;
    private static final long FORECAST = 250 * MILLI;
    private static final long GAP = 500 * MILLI;
    private static final LevelMachine MACHINE = new LevelMachine(Duration.ofNanos(DWELL), Duration.ofNanos(SETTLE));

    /** How headroom goes, as a share of the whole. */
    private enum Shape {
        SQUARE_WAVE,
        SAWTOOTH_AT_THE_THRESHOLD,
        NOISE,
        RANDOM_WALK
    }

    private int improvements;
    private int worsenings;
    private int worseningsByForecast;
    private int forecastsHeldBack;
    private int losses;
    private int gaps;

    @Test
    void keepsItsPromisesOnAHundredThousandTraces() {
        for (int trace = 0; trace < TRACES; trace++) {
            List<Look> looks = looks(new SplittableRandom(trace));
            try {
                follow(looks);
                if (trace % LOOKS_LEFT_OUT_OF_ORACLE == 0) {
                    compareWithDefinition(looks);
                }
            } catch (AssertionError broken) {
                throw new AssertionError("trace " + trace, broken);
            }
        }
        assertThat(List.of(improvements, worsenings, worseningsByForecast, forecastsHeldBack, losses, gaps))
                .as("each happened often enough to mean something")
                .allSatisfy(count -> assertThat(count).isGreaterThan(1_000));
    }

    private void follow(List<Look> looks) {
        LevelState state = LevelState.believing(Optional.empty());
        LevelState compressed = state;
        LevelGuard guard = LevelGuard.start(DWELL, SETTLE);
        long lastAt = looks.get(0).atNanos();
        for (Look look : looks) {
            LevelState next = look.after(state, MACHINE);
            guard = guard.after(look.atNanos() - lastAt, look, state, next, DWELL, SETTLE);
            if (next != state) {
                compressed = look.after(compressed, MACHINE);
            }
            if (!compressed.equals(next)) {
                throw new AssertionError("without the looks that changed nothing " + look + " makes " + compressed
                        + ", with them " + next);
            }
            count(look, state.level(), next.level());
            state = next;
            lastAt = look.atNanos();
        }
    }

    private static void compareWithDefinition(List<Look> looks) {
        LevelOracle oracle = new LevelOracle(DWELL, SETTLE);
        LevelState state = LevelState.believing(Optional.empty());
        for (Look look : looks) {
            state = look.after(state, MACHINE);
            Optional<PressureLevel> expected = oracle.add(look);
            if (!state.level().equals(expected)) {
                throw new AssertionError(look + " makes " + state + ", not " + expected);
            }
        }
    }

    private void count(Look look, Optional<PressureLevel> from, Optional<PressureLevel> to) {
        Sight sight = look.sight();
        gaps += look.afterGap() ? 1 : 0;
        losses += from.isPresent() && to.isEmpty() ? 1 : 0;
        if (from.isPresent() && to.isPresent() && sight != null) {
            int change = to.get().compareTo(from.get());
            improvements += change < 0 ? 1 : 0;
            worsenings += change > 0 ? 1 : 0;
            worseningsByForecast += change > 0 && !sight.present().isAtLeast(to.get()) ? 1 : 0;
            forecastsHeldBack += to.get().isAtLeast(sight.read()) ? 0 : 1;
        }
    }

    private static List<Look> looks(SplittableRandom random) {
        Shape shape = Shape.values()[random.nextInt(Shape.values().length)];
        double missing = random.nextInt(3) == 0 ? 0.3 : 0;
        double jumps = random.nextInt(3) == 0 ? 0.05 : 0;
        long period = random.nextLong(100, 4_000) * MILLI;
        double high = random.nextDouble(0.05, 0.5);
        double low = random.nextDouble(0, high);
        List<Look> looks = new ArrayList<>();
        long now = random.nextLong();
        long real = 0;
        double before = high;
        long elapsed = 0;
        boolean blind = false;
        for (int i = 0; i < LOOKS; i++) {
            long step = random.nextLong(20, 200) * MILLI;
            long jump = random.nextDouble() < jumps ? random.nextLong(-5_000, 5_000) * MILLI : 0;
            real += step;
            now += step + jump;
            boolean afterGap = i > 0 && (step + jump < 0 || step + jump > GAP);
            blind = random.nextDouble() < 0.1 ? random.nextDouble() < missing : blind;
            double headroom = headroom(shape, random, real, period, low, high, before);
            elapsed = step;
            looks.add(new Look(now, blind ? null : sight(headroom, (headroom - before) / elapsed), afterGap));
            before = headroom;
        }
        return looks;
    }

    private static double headroom(
            Shape shape, SplittableRandom random, long now, long period, double low, double high, double before) {
        double phase = (double) (now % period) / period;
        return switch (shape) {
            case SQUARE_WAVE -> phase < 0.5 ? high : low;
            case SAWTOOTH_AT_THE_THRESHOLD -> 0.21 - 0.02 * phase + random.nextDouble(0.002);
            case NOISE -> random.nextDouble(low, high + 0.001);
            case RANDOM_WALK -> Math.max(0, Math.min(0.6, before + random.nextDouble(-0.04, 0.04)));
        };
    }

    private static @Nullable Sight sight(double headroom, double slope) {
        double fall = Math.min(0, slope);
        return Sight.of(level(headroom), level(headroom + fall * FORECAST), level(headroom + fall * DWELL));
    }

    private static PressureLevel level(double headroom) {
        if (headroom < 0.1) {
            return RED;
        }
        return headroom < 0.2 ? YELLOW : GREEN;
    }
}
