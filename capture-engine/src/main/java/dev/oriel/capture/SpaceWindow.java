package dev.oriel.capture;

import java.util.Objects;

/**
 * A window that an application shows in a space.
 *
 * @param application what the application calls itself, for example {@code XTerm}; empty if it does not say
 * @param title empty if it has none
 */
public record SpaceWindow(String application, String title) {

    /** Checks that both are there. */
    public SpaceWindow {
        Objects.requireNonNull(application, "application");
        Objects.requireNonNull(title, "title");
    }
}
