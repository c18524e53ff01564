package dev.oriel.capture;

import java.time.Duration;
import java.util.Objects;
import java.util.Set;

/**
 * One space to capture.
 *
 * @param space which one
 * @param qualities the qualities somebody wants, at least one; all come from one reading of the screen
 * @param interval the least time between two captures; zero means as fast as the screen changes
 */
public record CaptureTarget(SpaceId space, Set<Quality> qualities, Duration interval) {

    /**
     * Copies the set and checks the values.
     *
     * @throws IllegalArgumentException if no quality is named or the interval is negative
     */
    public CaptureTarget {
        Objects.requireNonNull(space, "space");
        qualities = Set.copyOf(qualities);
        if (qualities.isEmpty()) {
            throw new IllegalArgumentException("a capture target names at least one quality, " + space + " had none");
        }
        if (interval.isNegative()) {
            throw new IllegalArgumentException("interval must not be negative, was " + interval);
        }
    }
}
