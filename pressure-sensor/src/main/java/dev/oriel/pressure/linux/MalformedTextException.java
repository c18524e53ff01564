package dev.oriel.pressure.linux;

import java.io.IOException;

/** A kernel file was read but not understood: the fault is ours, not the machine's. */
final class MalformedTextException extends IOException {
    private static final long serialVersionUID = 1L;

    MalformedTextException(String message) {
        super(message);
    }
}
