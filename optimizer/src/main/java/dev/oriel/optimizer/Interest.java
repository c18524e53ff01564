package dev.oriel.optimizer;

import dev.oriel.capture.Quality;
import dev.oriel.capture.SpaceId;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * That somebody wants to see a space.
 *
 * @param space which one; empty for all
 * @param quality how well; they get it under the ceiling in force
 * @param interval the least time between two pictures that they can use
 */
public record Interest(Optional<SpaceId> space, Quality quality, Duration interval) {

    /**
     * Checks the interval.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public Interest {
        Objects.requireNonNull(space, "space");
        Objects.requireNonNull(quality, "quality");
        if (interval.isNegative()) {
            throw new IllegalArgumentException("interval must not be negative, was " + interval);
        }
    }
}
