package dev.oriel.capture.x11;

import dev.oriel.capture.Redaction;
import java.util.Objects;

/**
 * How a display is watched.
 *
 * @param spaces what counts as a space
 * @param redaction the windows that are hidden; its areas are not the business of a display
 * @param pointer whether the pointer is drawn into the pictures
 */
public record X11Options(SpaceKind spaces, Redaction redaction, boolean pointer) {

    /** Checks that all are there. */
    public X11Options {
        Objects.requireNonNull(spaces, "spaces");
        Objects.requireNonNull(redaction, "redaction");
    }

    /**
     * Desktops as spaces, no window hidden, no pointer.
     *
     * @return the usual options
     */
    public static X11Options defaults() {
        return new X11Options(SpaceKind.DESKTOPS, Redaction.NONE, false);
    }

    /**
     * The same with another kind of space.
     *
     * @param newSpaces what counts as a space
     * @return a copy
     */
    public X11Options withSpaces(SpaceKind newSpaces) {
        return new X11Options(newSpaces, redaction, pointer);
    }

    /**
     * The same with other windows hidden.
     *
     * @param newRedaction what no picture may show
     * @return a copy
     */
    public X11Options withRedaction(Redaction newRedaction) {
        return new X11Options(spaces, newRedaction, pointer);
    }

    /**
     * The same with or without the pointer.
     *
     * @param newPointer whether it is drawn into the pictures
     * @return a copy
     */
    public X11Options withPointer(boolean newPointer) {
        return new X11Options(spaces, redaction, newPointer);
    }
}
