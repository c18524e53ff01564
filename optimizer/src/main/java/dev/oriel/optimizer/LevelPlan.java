package dev.oriel.optimizer;

import dev.oriel.capture.Quality;
import java.util.Objects;

/**
 * What a pressure level means for everybody else.
 *
 * @param budgetBytes the most that the cache may hold
 * @param rssCeilingBytes the most that the whole process should have resident
 * @param ceiling the best quality that is made
 * @param selection which spaces may be captured
 * @param prefetch whether spaces that somebody will probably look at next are captured too
 * @param jpegReduction percent points off every JPEG quality
 */
public record LevelPlan(
        long budgetBytes,
        long rssCeilingBytes,
        Quality ceiling,
        SpaceSelection selection,
        boolean prefetch,
        int jpegReduction) {

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if the budget or the ceiling is not positive
     */
    public LevelPlan {
        Objects.requireNonNull(ceiling, "ceiling");
        Objects.requireNonNull(selection, "selection");
        if (budgetBytes <= 0 || rssCeilingBytes <= 0) {
            throw new IllegalArgumentException(
                    "a plan has a positive budget and ceiling, was " + budgetBytes + " and " + rssCeilingBytes);
        }
    }
}
