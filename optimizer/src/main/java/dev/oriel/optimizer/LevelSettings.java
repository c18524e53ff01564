package dev.oriel.optimizer;

import dev.oriel.capture.Quality;
import java.util.Objects;

/**
 * What can be set for one level.
 *
 * @param budgetMegabytes of the cache, above 0; a megabyte has 1,048,576 bytes
 * @param rssCeilingMegabytes of the whole process, above 0
 * @param ceiling the best quality that is made
 */
public record LevelSettings(int budgetMegabytes, int rssCeilingMegabytes, Quality ceiling) {

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is not positive
     */
    public LevelSettings {
        Objects.requireNonNull(ceiling, "ceiling");
        if (budgetMegabytes <= 0 || rssCeilingMegabytes <= 0) {
            throw new IllegalArgumentException(
                    "megabytes must be positive, were " + budgetMegabytes + " and " + rssCeilingMegabytes);
        }
    }
}
