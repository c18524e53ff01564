package dev.oriel.pressure.linux;

/** The kernel, or whoever should tell of pressure, does not let this process listen. Carries no stack. */
final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    RefusedException(String reason) {
        super(reason, null, false, false);
    }
}
