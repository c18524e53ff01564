package dev.oriel.pressure;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one look saw. The few there are exist once, so that looking allocates nothing.
 *
 * @param present the worst level of all sources now
 * @param read what counts: the worst level now or as far ahead as a fall is believed; never better than {@code present}
 * @param outlook the worst level one dwell ahead if memory goes on falling; never better than {@code read}
 */
record Sight(PressureLevel present, PressureLevel read, PressureLevel outlook) {
    private static final PressureLevel[] LEVELS = PressureLevel.values();
    private static final Sight[] ALL = all();

    /** The sight of these levels; one that is better than the one before it counts as equal to that. */
    static Sight of(PressureLevel present, PressureLevel read, PressureLevel outlook) {
        int first = present.ordinal();
        int second = Math.max(first, read.ordinal());
        int third = Math.max(second, outlook.ordinal());
        return ALL[index(first, second, third)];
    }

    /** What a probe saw at its last look; null if nothing. */
    static @Nullable Sight of(PressureProbe probe, long forecastNanos, long dwellNanos) {
        PressureLevel present = probe.level();
        if (present == null) {
            return null;
        }
        return of(
                present,
                Objects.requireNonNull(probe.outlook(forecastNanos), "an outlook belongs to each level"),
                Objects.requireNonNull(probe.outlook(dwellNanos), "an outlook belongs to each level"));
    }

    private static Sight[] all() {
        Sight[] all = new Sight[LEVELS.length * LEVELS.length * LEVELS.length];
        for (PressureLevel present : LEVELS) {
            for (PressureLevel read : LEVELS) {
                for (PressureLevel outlook : LEVELS) {
                    all[index(present.ordinal(), read.ordinal(), outlook.ordinal())] =
                            new Sight(present, read, outlook);
                }
            }
        }
        return all;
    }

    private static int index(int present, int read, int outlook) {
        return (present * LEVELS.length + read) * LEVELS.length + outlook;
    }
}
