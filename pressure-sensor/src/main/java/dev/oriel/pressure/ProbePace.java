package dev.oriel.pressure;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Decides how long to wait until the next probe: no longer than memory would last at the speed it fills up, nor than it
 * would last if the fastest hog began right now. Not thread-safe.
 */
final class ProbePace {
    /* Twice the measured speed: half the time that is left is slept, so there is another look before it is over. */
    private static final double SPEED_MARGIN = 2;
    /* Looks during one dwell: "better for the whole dwell" should rest on more than its two ends. */
    private static final int LOOKS_PER_DWELL = 10;

    private final PressureSensorSettings settings;
    private final Map<String, Margin> lastMargins = new HashMap<>();

    ProbePace(PressureSensorSettings settings) {
        this.settings = settings;
    }

    /** How long to wait after this reading, with this level believed. */
    Duration after(PressureReading reading, PressureLevel believed, long nowNanos) {
        long nanos = settings.interval().toNanos();
        if (believed.isAtLeast(PressureLevel.YELLOW)) {
            nanos = Math.min(nanos, settings.relaxAfter().toNanos() / LOOKS_PER_DWELL);
        }
        for (SourceReading source : reading.sources()) {
            nanos = Math.min(nanos, nanosUntilWorse(source, nowNanos));
        }
        long floor = Math.min(
                settings.fastestInterval().toNanos(), settings.interval().toNanos());
        return Duration.ofNanos(Math.max(nanos, floor));
    }

    private long nanosUntilWorse(SourceReading source, long nowNanos) {
        if (source.marginBytes().isEmpty()) {
            lastMargins.remove(source.name());
            return Long.MAX_VALUE;
        }
        Margin margin = new Margin(source.level(), source.marginBytes().getAsLong(), nowNanos);
        Margin last = lastMargins.put(source.name(), margin);
        double measured = last == null ? 0 : margin.fillBytesPerSecondSince(last);
        double speed = Math.max(settings.fastestFillBytesPerSecond(), SPEED_MARGIN * measured);
        return (long) (margin.bytes / speed * SECONDS.toNanos(1));
    }

    private record Margin(PressureLevel level, long bytes, long atNanos) {

        /* Two margins can be compared only if they lead to the same threshold. */
        double fillBytesPerSecondSince(Margin last) {
            double elapsedNanos = atNanos - last.atNanos;
            return level == last.level && elapsedNanos > 0
                    ? (last.bytes - bytes) / elapsedNanos * SECONDS.toNanos(1)
                    : 0;
        }
    }
}
