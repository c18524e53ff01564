package dev.oriel.cache;

/** The operating system gave no memory although the budget had room. Nothing was changed; it may work later. */
public final class MappingFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MappingFailedException(String message) {
        super(message);
    }
}
