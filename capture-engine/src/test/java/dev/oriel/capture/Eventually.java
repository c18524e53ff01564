package dev.oriel.capture;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what other threads and processes bring about. */
public final class Eventually {

    private static final Duration LONGEST = Duration.ofSeconds(15);
    private static final long LOOK_EVERY_NANOS = 5_000_000;

    private Eventually() {}

    /**
     * Waits until something is true.
     *
     * @param what in words, for the message
     * @param condition looked at many times a second
     * @throws AssertionError if it does not come true in 15 s
     */
    public static void until(String what, BooleanSupplier condition) {
        within(LONGEST, what, condition);
    }

    /**
     * Waits until something is true.
     *
     * @param longest how long it may take
     * @param what in words, for the message
     * @param condition looked at many times a second
     * @throws AssertionError if it does not come true in time
     */
    public static void within(Duration longest, String what, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > longest.toNanos()) {
                throw new AssertionError("not within " + longest + ": " + what);
            }
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
        }
    }
}
