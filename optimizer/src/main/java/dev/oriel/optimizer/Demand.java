package dev.oriel.optimizer;

import dev.oriel.capture.SpaceId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What all who look want together.
 *
 * @param interests one for each wish; empty if nobody looks
 * @param focus the space that somebody looks at closely, which counts as active if it can be read
 */
public record Demand(List<Interest> interests, Optional<SpaceId> focus) {

    /** Nobody looks. */
    public static final Demand NONE = new Demand(List.of(), Optional.empty());

    /** Copies the list. */
    public Demand {
        interests = List.copyOf(interests);
        Objects.requireNonNull(focus, "focus");
    }
}
