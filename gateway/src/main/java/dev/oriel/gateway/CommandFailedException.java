package dev.oriel.gateway;

/** A command cannot do its work; the message is one line that says what is wrong and what to do. */
final class CommandFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CommandFailedException(String message) {
        super(message);
    }
}
