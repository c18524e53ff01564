package dev.oriel.gateway;

/** The parameters of a request are wrong; the message says which and what is allowed. */
final class BadQueryException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BadQueryException(String message) {
        super(message, null, false, false);
    }
}
