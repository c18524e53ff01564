package dev.oriel.pressure.linux;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.time.Duration;

/**
 * Turns totals that only ever grow into the stalls of the newest stretch of time. The stretch reaches back to the newest
 * look that is at least a window old; right after the start, when no look is that old, the time before the first counts
 * as free of stalls.
 */
final class StallWindow {
    private static final int LOOKS = 64;
    /* A third more than a window fits, so that there is always a look that is a window old. */
    private static final int LOOKS_PER_WINDOW = 48;

    private final long windowNanos;
    private final SampleRing looks;
    private final long sharpNanos;
    private long someMicros;
    private long fullMicros;
    private long stretchMicros;
    private long sharpSomeMicros;
    private long sharpStretchMicros;

    StallWindow(Duration window, Duration sharpWindow) {
        sharpNanos = sharpWindow.toNanos();
        windowNanos = window.toNanos();
        looks = new SampleRing(LOOKS, windowNanos / LOOKS_PER_WINDOW);
    }

    /** Takes in totals of microseconds; false the first time, or if they began anew: there is nothing to compare. */
    boolean add(long someTotal, long fullTotal, long nowNanos) {
        int newest = looks.size() - 1;
        boolean comparable = newest >= 0 && someTotal >= looks.first(newest) && fullTotal >= looks.second(newest);
        if (!comparable) {
            looks.clear();
        }
        looks.add(nowNanos, someTotal, fullTotal);
        int start = looks.newestBefore(nowNanos, windowNanos);
        someMicros = someTotal - looks.first(start);
        fullMicros = fullTotal - looks.second(start);
        stretchMicros = NANOSECONDS.toMicros(Math.max(windowNanos, nowNanos - looks.time(start)));
        int sharpStart = looks.newestBefore(nowNanos, sharpNanos);
        sharpSomeMicros = someTotal - looks.first(sharpStart);
        sharpStretchMicros = NANOSECONDS.toMicros(Math.max(sharpNanos, nowNanos - looks.time(sharpStart)));
        return comparable;
    }

    /** For how long at least one task stood still within the stretch. */
    long someMicros() {
        return someMicros;
    }

    /** For how long all tasks stood still within the stretch. */
    long fullMicros() {
        return fullMicros;
    }

    long stretchMicros() {
        return stretchMicros;
    }

    double someShare() {
        return share(someMicros, stretchMicros);
    }

    double fullShare() {
        return share(fullMicros, stretchMicros);
    }

    /** The share of {@code some} within the shorter window, at the end of the stretch. */
    double sharpSomeShare() {
        return share(sharpSomeMicros, sharpStretchMicros);
    }

    long sharpSomeMicros() {
        return sharpSomeMicros;
    }

    /* The kernel's clock and ours are read a moment apart: a share may come out a little above one. */
    private static double share(long micros, long ofMicros) {
        return Math.min(1, (double) micros / ofMicros);
    }
}
