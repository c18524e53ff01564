package dev.oriel.benchmarks;

import java.util.Arrays;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/*
 * With each look the kernel adds up anew what a group was stalled, and weighs what each CPU says by the time that the group
 * was busy there, in whole ticks of 1 to 10 ms: who looks more often than it ticks loses most of the stalls, for himself
 * and for everybody who looks at the same group. So the looks are two ticks apart, as most machines have them, what is
 * between them is shared out evenly, and nobody else should look at the group.
 */
/** Watches how stalls add up, a hundred times a second, on a thread of its own. */
final class StallWatch extends Thread {

    /**
     * Totals, and when each was read.
     *
     * @param nanoTimes on the clock of {@link System#nanoTime}, as many as there are {@code micros}, at least one
     * @param micros for how long some task stood still; never falls
     */
    record Course(long[] nanoTimes, long[] micros) {

        /**
         * When so much more than at the beginning had been stalled; empty if it never was.
         *
         * @param stalledMicros more than 0
         */
        OptionalLong firstNanoTime(long stalledMicros) {
            for (int look = 1; look < micros.length; look++) {
                if (micros[look] - micros[0] >= stalledMicros) {
                    double part =
                            (double) (micros[0] + stalledMicros - micros[look - 1]) / (micros[look] - micros[look - 1]);
                    return OptionalLong.of(
                            nanoTimes[look - 1] + Math.round(part * (nanoTimes[look] - nanoTimes[look - 1])));
                }
            }
            return OptionalLong.empty();
        }

        /** The share of the time that was stalled between two moments; what was not seen counts as not stalled. */
        double share(long fromNanoTime, long toNanoTime) {
            return (microsUntil(toNanoTime) - microsUntil(fromNanoTime)) * 1e3 / (toNanoTime - fromNanoTime);
        }

        private long microsUntil(long nanoTime) {
            int look = 0;
            while (look < micros.length - 1 && nanoTimes[look + 1] <= nanoTime) {
                look++;
            }
            return micros[look];
        }
    }

    private static final long LOOK_NANOS = 10_000_000;
    private static final int MOST_LOOKS = 3000;

    private final LongSupplier total;
    private final long[] nanoTimes = new long[MOST_LOOKS];
    private final long[] micros = new long[MOST_LOOKS];
    private volatile int looks;
    private volatile boolean ended;

    /** Watches from {@link #start()} on, half a minute at most. */
    StallWatch(LongSupplier total) {
        super("stall-watch");
        setDaemon(true);
        this.total = total;
    }

    /** Looks no more, and tells what it saw. */
    Course end() throws InterruptedException {
        ended = true;
        join();
        if (looks == 0) {
            throw new BenchmarkFailedException("nobody told how long the group stalled");
        }
        return new Course(Arrays.copyOf(nanoTimes, looks), Arrays.copyOf(micros, looks));
    }

    @Override
    public void run() {
        long due = System.nanoTime();
        int count = 0;
        while (!ended && count < MOST_LOOKS) {
            micros[count] = total.getAsLong();
            nanoTimes[count] = System.nanoTime();
            looks = ++count;
            due = Math.max(due + LOOK_NANOS, System.nanoTime());
            LockSupport.parkNanos(due - System.nanoTime());
        }
    }
}
