package dev.oriel.benchmarks;

import java.util.Arrays;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/** Watches the resident pages of a process go, on a thread of its own. */
final class ResidentFall extends Thread {

    /**
     * What was resident, and when it became so; only changes are kept.
     *
     * @param nanoTimes on the clock of {@link System#nanoTime}, as many as there are {@code residentBytes}, at least one
     */
    record Course(long[] nanoTimes, long[] residentBytes) {

        /** What was resident when it began. */
        long firstBytes() {
            return residentBytes[0];
        }

        /** All that went from the beginning to the end. */
        long fallenBytes() {
            return residentBytes[0] - residentBytes[residentBytes.length - 1];
        }

        /** How long it took until no more than so much was resident; empty if it never was. */
        OptionalLong nanosUntil(long start, long leftBytes) {
            for (int step = 0; step < residentBytes.length; step++) {
                if (residentBytes[step] <= leftBytes) {
                    return OptionalLong.of(nanoTimes[step] - start);
                }
            }
            return OptionalLong.empty();
        }
    }

    private static final int MOST_STEPS = 1 << 14;

    private final LongSupplier resident;
    private final long pauseNanos;
    private final long[] nanoTimes = new long[MOST_STEPS];
    private final long[] residentBytes = new long[MOST_STEPS];
    private volatile int steps;
    private volatile boolean ended;

    /**
     * Watches from {@link #start()} on.
     *
     * @param resident what is resident now
     * @param pauseNanos the least time between two looks; 0 looks without a pause, which takes a core
     */
    ResidentFall(LongSupplier resident, long pauseNanos) {
        super("fall");
        setDaemon(true);
        this.resident = resident;
        this.pauseNanos = pauseNanos;
    }

    /** Until it has looked once. */
    void awaitFirst() {
        while (steps == 0 && isAlive()) {
            Thread.onSpinWait();
        }
    }

    /** How many changes it has seen, the first look among them. */
    int steps() {
        return steps;
    }

    /** Looks no more, and tells what it saw. */
    Course end() throws InterruptedException {
        ended = true;
        join();
        if (steps == 0) {
            throw new BenchmarkFailedException("nobody told what is resident");
        }
        return new Course(Arrays.copyOf(nanoTimes, steps), Arrays.copyOf(residentBytes, steps));
    }

    @Override
    public void run() {
        int count = 0;
        while (!ended) {
            long bytes = resident.getAsLong();
            if (count == MOST_STEPS) {
                throw new IllegalStateException("more than " + MOST_STEPS + " steps were seen");
            }
            if (count == 0 || bytes != residentBytes[count - 1]) {
                nanoTimes[count] = System.nanoTime();
                residentBytes[count] = bytes;
                steps = ++count;
            }
            if (pauseNanos > 0) {
                LockSupport.parkNanos(pauseNanos);
            }
        }
    }
}
