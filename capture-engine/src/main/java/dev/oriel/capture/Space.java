package dev.oriel.capture;

import java.util.Objects;

/**
 * One desktop space: a desktop of a window manager, or a whole display.
 *
 * @param id the stable name
 * @param index the position among all spaces, from 1
 * @param label what people call it; never empty
 * @param width pixels, 0 when the source was never reached
 * @param height pixels, 0 when the source was never reached
 * @param active whether it is the one in front
 * @param state how far its picture can be believed
 */
public record Space(SpaceId id, int index, String label, int width, int height, boolean active, SpaceState state) {

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if {@code index} is below 1 or a side is negative
     */
    public Space {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(label, "label");
        Objects.requireNonNull(state, "state");
        if (index < 1) {
            throw new IllegalArgumentException("index counts from 1, was " + index);
        }
        if (width < 0 || height < 0) {
            throw new IllegalArgumentException("a space has no negative size, was " + width + "x" + height);
        }
    }

    /**
     * The same space at another position.
     *
     * @param newIndex from 1
     * @return a copy
     */
    public Space withIndex(int newIndex) {
        return new Space(id, newIndex, label, width, height, active, state);
    }

    /**
     * The same space in another state.
     *
     * @param newState how far its picture can be believed now
     * @return a copy
     */
    public Space withState(SpaceState newState) {
        return new Space(id, index, label, width, height, active, newState);
    }

    /**
     * The same space, in front or not.
     *
     * @param nowActive whether it is the one in front
     * @return a copy
     */
    public Space withActive(boolean nowActive) {
        return new Space(id, index, label, width, height, nowActive, state);
    }
}
