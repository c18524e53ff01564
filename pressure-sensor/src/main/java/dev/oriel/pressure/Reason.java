package dev.oriel.pressure;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.stream.Collectors.joining;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** Says in one line why a level was decided on. */
final class Reason {
    private static final double MEBIBYTE = 1 << 20;
    /* The number by which a source says how fast it falls. */
    private static final String FILL = "fillBytesPerSecond";

    private Reason() {}

    /** Why the level turned worse, or is what was seen first. */
    static String ofWorse(PressureLevel to, PressureReading reading, long forecastNanos) {
        String there = reading.sources().stream()
                .filter(source -> source.level().isAtLeast(to))
                .map(source -> source.name() + ": " + source.evidence())
                .collect(joining("; "));
        return there.isEmpty() ? ofForecast(to, reading.sources(), NANOSECONDS.toMillis(forecastNanos)) : there;
    }

    /** Why the level turned better: the time since when every outlook has been. */
    static String ofBetter(LevelState before, PressureLevel from, long atNanos) {
        OptionalLong since = from == PressureLevel.RED ? before.belowRedSinceNanos() : before.belowYellowSinceNanos();
        return "better for " + seconds(since, atNanos);
    }

    /** Why the level is not known any more. */
    static String ofUnknown(LevelState before, long atNanos) {
        return "nothing can be read for " + seconds(before.unseenSinceNanos(), atNanos);
    }

    private static String ofForecast(PressureLevel to, List<SourceReading> sources, long forecastMillis) {
        return sources.stream()
                .filter(source ->
                        fillBytesPerSecond(source) > 0 && source.marginBytes().isPresent())
                .min(Comparator.comparingDouble(Reason::secondsLeft))
                .map(source -> String.format(
                        Locale.ROOT,
                        "%s falls by %.0f MiB a second and would be %s in %d ms",
                        source.name(),
                        fillBytesPerSecond(source) / MEBIBYTE,
                        to,
                        forecastMillis))
                .orElse("memory would be " + to + " in " + forecastMillis
                        + " ms if it went on falling as it did lately");
    }

    private static double secondsLeft(SourceReading source) {
        return source.marginBytes().orElse(0) / (double) fillBytesPerSecond(source);
    }

    private static long fillBytesPerSecond(SourceReading source) {
        return source.numbers().getOrDefault(FILL, 0L);
    }

    private static String seconds(OptionalLong sinceNanos, long atNanos) {
        double nanos = atNanos - sinceNanos.orElse(atNanos);
        return String.format(Locale.ROOT, "%.1f s", nanos / 1e9);
    }
}
