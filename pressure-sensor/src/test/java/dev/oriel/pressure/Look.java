package dev.oriel.pressure;

import static dev.oriel.pressure.PressureLevel.GREEN;
import static dev.oriel.pressure.PressureLevel.RED;
import static dev.oriel.pressure.PressureLevel.YELLOW;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One look in a trace; without a sight it saw nothing. */
record Look(long atNanos, @Nullable Sight sight, boolean afterGap) {

    /** All that can be seen, and nothing. */
    static List<@Nullable Sight> sights() {
        List<@Nullable Sight> sights = new ArrayList<>(flatSights());
        sights.add(Sight.of(GREEN, GREEN, YELLOW));
        sights.add(Sight.of(GREEN, GREEN, RED));
        sights.add(Sight.of(GREEN, YELLOW, YELLOW));
        sights.add(Sight.of(GREEN, YELLOW, RED));
        sights.add(Sight.of(GREEN, RED, RED));
        sights.add(Sight.of(YELLOW, YELLOW, RED));
        sights.add(Sight.of(YELLOW, RED, RED));
        return sights;
    }

    /** What can be seen while memory stands still, and nothing. */
    static List<@Nullable Sight> flatSights() {
        List<@Nullable Sight> sights = new ArrayList<>();
        sights.add(null);
        for (PressureLevel level : PressureLevel.values()) {
            sights.add(Sight.of(level, level, level));
        }
        return sights;
    }

    LevelState after(LevelState before, LevelMachine machine) {
        return machine.next(before, atNanos, sight, afterGap);
    }
}
