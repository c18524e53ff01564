package dev.oriel.pressure.linux;

/** This machine does not have the source, which is nothing unusual. Carries no stack: every probe may throw it. */
final class SourceAbsentException extends Exception {
    private static final long serialVersionUID = 1L;

    SourceAbsentException(String reason) {
        super(reason, null, false, false);
    }
}
