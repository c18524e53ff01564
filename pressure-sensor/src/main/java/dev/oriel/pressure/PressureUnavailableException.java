package dev.oriel.pressure;

/**
 * The machine cannot say how short of memory it is. Whoever catches it goes on without a level, with the plan made for
 * an unknown one.
 */
public final class PressureUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what cannot be had, and why
     */
    public PressureUnavailableException(String message) {
        super(message);
    }
}
