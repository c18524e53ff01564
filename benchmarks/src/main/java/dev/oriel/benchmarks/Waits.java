package dev.oriel.benchmarks;

/**
 * When something had to be waited for, and how long, in the order in which the waits began.
 *
 * @param nanoTimes on the clock of {@link System#nanoTime}, ascending, as many as there are {@code nanos}
 */
record Waits(long[] nanoTimes, long[] nanos) {

    /** The longest of those that had begun or not ended between two moments; 0 if there was none. */
    long longest(long fromNanoTime, long toNanoTime) {
        long longest = 0;
        for (int wait = 0; wait < nanoTimes.length; wait++) {
            if (nanoTimes[wait] <= toNanoTime && nanoTimes[wait] + nanos[wait] >= fromNanoTime) {
                longest = Math.max(longest, nanos[wait]);
            }
        }
        return longest;
    }
}
