package dev.oriel.gateway;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.NativeLong;
import java.util.Optional;

/** What C libraries, the JVM among them, allocate: glibc keeps what was freed unless it is told not to. */
final class NativeHeap {

    private static final String TRIM = "malloc_trim";

    private NativeHeap() {}

    /** Gives every free page of the heap back to the system; empty where the C library has no way to. */
    static Optional<Runnable> trimming() {
        try {
            Function trim = NativeLibrary.getProcess().getFunction(TRIM);
            Object[] keepNothing = {new NativeLong(0)};
            return Optional.of(() -> trim.invokeInt(keepNothing));
        } catch (UnsatisfiedLinkError anotherLibrary) {
            return Optional.empty();
        }
    }
}
