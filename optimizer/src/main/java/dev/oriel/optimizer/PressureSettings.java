package dev.oriel.optimizer;

import dev.oriel.capture.Quality;
import java.util.Objects;

/**
 * How pressure is answered.
 *
 * @param adaptive whether the plan follows the level; otherwise it stays that of GREEN
 * @param dynamicSizing whether the budget follows the level; otherwise it stays at {@code fallbackMegabytes}
 * @param activeOnlyUnderPressure whether fewer spaces are captured under pressure; otherwise all are at every level
 * @param aggressiveCompression whether the JPEG quality is lowered under pressure
 * @param fallbackMegabytes the budget while the level is unknown, above 0
 * @param green at level GREEN
 * @param yellow at level YELLOW, and while the level is unknown
 * @param red at level RED
 */
public record PressureSettings(
        boolean adaptive,
        boolean dynamicSizing,
        boolean activeOnlyUnderPressure,
        boolean aggressiveCompression,
        int fallbackMegabytes,
        LevelSettings green,
        LevelSettings yellow,
        LevelSettings red) {

    /**
     * Checks the number.
     *
     * @throws IllegalArgumentException if {@code fallbackMegabytes} is not positive
     */
    public PressureSettings {
        Objects.requireNonNull(green, "green");
        Objects.requireNonNull(yellow, "yellow");
        Objects.requireNonNull(red, "red");
        if (fallbackMegabytes <= 0) {
            throw new IllegalArgumentException("fallbackMegabytes must be positive, was " + fallbackMegabytes);
        }
    }

    /**
     * 500, 200 and 50 MB; optimized, fast and thumbnail; 600, 300 and 100 MB for the process.
     *
     * @return the usual settings
     */
    public static PressureSettings defaults() {
        return new PressureSettings(
                true,
                true,
                true,
                true,
                200,
                new LevelSettings(500, 600, Quality.OPTIMIZED),
                new LevelSettings(200, 300, Quality.FAST),
                new LevelSettings(50, 100, Quality.THUMBNAIL));
    }
}
