package dev.oriel.pressure;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a service manager tells of memory pressure, as systemd does through {@code MEMORY_PRESSURE_WATCH} and
 * {@code MEMORY_PRESSURE_WRITE}.
 *
 * @param path a file of pressure stall information, a FIFO or a socket
 * @param greeting the bytes to write right after opening; may be empty
 */
public record PressureWatch(Path path, byte[] greeting) {

    /* How the protocol says that nothing is to be watched. */
    private static final String OFF = "/dev/null";

    /** Copies the bytes. */
    public PressureWatch {
        greeting = greeting.clone();
    }

    /**
     * Reads the two variables of the protocol.
     *
     * @param watch the value of {@code MEMORY_PRESSURE_WATCH}; null if it is not set
     * @param write the value of {@code MEMORY_PRESSURE_WRITE}, Base64; null if it is not set
     * @return what to watch; empty if nothing was named, or {@code /dev/null}, which switches it off
     * @throws IllegalArgumentException if the path is not absolute, or the bytes are not Base64; the message names the
     *     variable, its value and what is allowed
     */
    public static Optional<PressureWatch> parse(@Nullable String watch, @Nullable String write) {
        if (watch == null || watch.isEmpty() || watch.equals(OFF)) {
            return Optional.empty();
        }
        if (!watch.startsWith("/")) {
            throw new IllegalArgumentException(
                    "MEMORY_PRESSURE_WATCH is \"" + watch + "\"; allowed: an absolute path, or /dev/null for none");
        }
        return Optional.of(new PressureWatch(Path.of(watch), decode(write == null ? "" : write)));
    }

    private static byte[] decode(String write) {
        try {
            return Base64.getDecoder().decode(write);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("MEMORY_PRESSURE_WRITE is \"" + write + "\"; allowed: Base64", e);
        }
    }

    @Override
    public byte[] greeting() {
        return greeting.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PressureWatch that && path.equals(that.path) && Arrays.equals(greeting, that.greeting);
    }

    @Override
    public int hashCode() {
        return 31 * path.hashCode() + Arrays.hashCode(greeting);
    }
}
