package dev.oriel.capture;

/** The connection to a source of pixels ended, or could not be made. The engine marks the spaces of the source lost and tries again. */
public final class SourceLostException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Says why.
     *
     * @param message one line that names the source and what is wrong
     */
    public SourceLostException(String message) {
        super(message);
    }
}
