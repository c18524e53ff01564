package dev.oriel.pressure.linux;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

/**
 * How fast what is left goes down. The speed is that of a stretch of time, and only as much of it as both halves of the
 * stretch show: one step down, one noisy sample, is no fall that goes on.
 */
final class HeadroomTrend {
    private static final int SAMPLES = 64;
    private static final long SPACING_NANOS = MILLISECONDS.toNanos(16);
    private static final long SHORTEST_STRETCH_NANOS = MILLISECONDS.toNanos(100);
    private static final long LONGEST_STRETCH_NANOS = SECONDS.toNanos(1);

    private final SampleRing samples = new SampleRing(SAMPLES, SPACING_NANOS);

    void add(long leftBytes, long nowNanos) {
        samples.add(nowNanos, leftBytes, 0);
    }

    /** Forgets what was; what is left now is of something else. */
    void clear() {
        samples.clear();
    }

    /** What goes within some time if it goes on as lately; 0 if nothing goes. */
    long fillBytes(long aheadNanos) {
        return (long) ((double) fillBytesPerSecond(aheadNanos) * aheadNanos / SECONDS.toNanos(1));
    }

    /**
     * The speed at which what is left goes down, as far as it matters for a forecast.
     *
     * @param aheadNanos how far the forecast reaches: the further, the longer the stretch that it rests on
     * @return bytes per second; 0 if what is left stays, grows or is not known for long enough
     */
    long fillBytesPerSecond(long aheadNanos) {
        int newest = samples.size() - 1;
        if (newest < 2) {
            return 0;
        }
        long now = samples.time(newest);
        long stretch = Math.max(SHORTEST_STRETCH_NANOS, Math.min(LONGEST_STRETCH_NANOS, aheadNanos / 2));
        int oldest = Math.min(samples.newestBefore(now, stretch), newest - 2);
        long half = (now - samples.time(oldest)) / 2;
        int middle = Math.max(oldest + 1, Math.min(newest - 1, samples.newestBefore(now, half)));
        return Math.max(0, Math.min(speed(oldest, middle), speed(middle, newest)));
    }

    private long speed(int from, int to) {
        long nanos = samples.time(to) - samples.time(from);
        return nanos <= 0
                ? 0
                : (long) ((double) (samples.first(from) - samples.first(to)) / nanos * SECONDS.toNanos(1));
    }
}
