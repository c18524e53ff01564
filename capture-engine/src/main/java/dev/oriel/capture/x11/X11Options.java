package dev.oriel.capture.x11;

import java.util.Objects;

/**
 * How a display is watched.
 *
 * @param spaces what counts as a space
 */
public record X11Options(SpaceKind spaces) {

    /** Checks that all are there. */
    public X11Options {
        Objects.requireNonNull(spaces, "spaces");
    }

    /**
     * Desktops as spaces.
     *
     * @return the usual options
     */
    public static X11Options defaults() {
        return new X11Options(SpaceKind.DESKTOPS);
    }

    /**
     * The same with another kind of space.
     *
     * @param newSpaces what counts as a space
     * @return a copy
     */
    public X11Options withSpaces(SpaceKind newSpaces) {
        return new X11Options(newSpaces);
    }
}
