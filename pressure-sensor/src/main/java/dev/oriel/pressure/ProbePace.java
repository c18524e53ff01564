package dev.oriel.pressure;

import static dev.oriel.pressure.PressureLevel.GREEN;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import org.jspecify.annotations.Nullable;

/**
 * Decides how long to wait until the next look: no longer than memory would last at the speed it fills up, nor than it
 * would last if the fastest hog began right now. Allocates nothing. Not thread-safe.
 */
final class ProbePace {
    /* Twice the measured speed: half the time that is left is slept, so there is another look before it is over. */
    private static final double SPEED_MARGIN = 2;
    /* Looks during one dwell: "better for the whole dwell" should rest on more than its two ends. */
    private static final int LOOKS_PER_DWELL = 10;

    /* A limit that somebody sets or lowers is told by nobody. Half the usual time between two full looks. */
    private static final long LONGEST_AT_EASE_NANOS = MILLISECONDS.toNanos(2_500);

    private final long atEaseNanos;
    private final long longestNanos;
    private final long shortestNanos;
    private final long easingNanos;
    private final double fastestFillBytesPerSecond;

    private @Nullable PressureLevel lastLevel;
    private long lastMarginBytes;
    private long lastAtNanos;

    ProbePace(PressureSensorSettings settings) {
        atEaseNanos = Math.min(settings.interval().toNanos(), LONGEST_AT_EASE_NANOS);
        longestNanos =
                Math.min(settings.interval().toNanos(), settings.quickInterval().toNanos());
        shortestNanos = Math.min(longestNanos, settings.fastestInterval().toNanos());
        easingNanos = settings.relaxAfter().toNanos() / LOOKS_PER_DWELL;
        fastestFillBytesPerSecond = settings.fastestFillBytesPerSecond();
    }

    /** The longest time between two looks while anything could stand still for want of memory. */
    long longestNanos() {
        return longestNanos;
    }

    /** The shortest time between two looks. */
    long shortestNanos() {
        return shortestNanos;
    }

    /** How long to wait after what a probe has just seen, with this level believed; null if it is unknown. */
    long nanosAfter(PressureProbe probe, @Nullable PressureLevel believed, long nowNanos) {
        long untilWorse = nanosUntilWorse(probe.level(), probe.marginBytes(), nowNanos);
        if (probe.isStirring()) {
            return shortestNanos;
        }
        long nanos = believed == GREEN
                ? Math.max(longestNanos, nanosAtEase(probe.easeBytes()))
                : Math.min(longestNanos, easingNanos(believed));
        nanos = Math.min(nanos, untilWorse);
        return Math.max(nanos, shortestNanos);
    }

    private long nanosAtEase(long bytes) {
        return Math.min(atEaseNanos, (long) (bytes / fastestFillBytesPerSecond * SECONDS.toNanos(1)));
    }

    private long easingNanos(@Nullable PressureLevel believed) {
        return believed == null ? longestNanos : easingNanos;
    }

    private long nanosUntilWorse(@Nullable PressureLevel level, long marginBytes, long nowNanos) {
        boolean measured = marginBytes != Long.MAX_VALUE;
        double fillBytesPerSecond = measured ? fillBytesPerSecond(level, marginBytes, nowNanos) : 0;
        lastLevel = measured ? level : null;
        lastMarginBytes = marginBytes;
        lastAtNanos = nowNanos;
        double speed = Math.max(fastestFillBytesPerSecond, SPEED_MARGIN * fillBytesPerSecond);
        return measured ? (long) (marginBytes / speed * SECONDS.toNanos(1)) : Long.MAX_VALUE;
    }

    /* Two margins can be compared only if they lead to the same threshold. */
    private double fillBytesPerSecond(@Nullable PressureLevel level, long marginBytes, long nowNanos) {
        long elapsedNanos = nowNanos - lastAtNanos;
        return level != null && level == lastLevel && elapsedNanos > 0
                ? (double) (lastMarginBytes - marginBytes) / elapsedNanos * SECONDS.toNanos(1)
                : 0;
    }
}
