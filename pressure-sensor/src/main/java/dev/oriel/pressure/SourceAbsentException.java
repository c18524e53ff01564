package dev.oriel.pressure;

/**
 * This machine does not have a source, which is nothing unusual. Carries no stack and may be thrown again and again: a
 * source makes it once.
 */
public final class SourceAbsentException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param reason why the source is not there, in words that follow its name
     */
    public SourceAbsentException(String reason) {
        super(reason, null, false, false);
    }
}
