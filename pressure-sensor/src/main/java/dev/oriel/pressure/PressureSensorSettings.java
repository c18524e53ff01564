package dev.oriel.pressure;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How a sensor looks and judges.
 *
 * @param interval the longest time between two full looks, kept while memory is plentiful
 * @param quickInterval the longest time between two quick looks at what moves fast and costs little to read, such as
 *     stalled time; {@code interval} wins if it is shorter
 * @param fastestInterval the shortest time between two looks, kept near a threshold; {@code quickInterval} wins if it is
 *     shorter still
 * @param relaxAfter how long a better level must hold before it is believed, and the least time between two
 *     improvements; zero believes it at once
 * @param forecast how far ahead a level counts to which memory falls if it goes on falling as fast as now; zero counts
 *     only what is
 * @param fastestFillBytesPerSecond how fast memory is assumed to fill up at worst, though it may stand still now: the
 *     sensor looks again before a hog of this speed can have crossed the next threshold
 * @param thresholds from where on each source gives which level
 * @param watch where a service manager tells of pressure; empty if nowhere
 */
public record PressureSensorSettings(
        Duration interval,
        Duration quickInterval,
        Duration fastestInterval,
        Duration relaxAfter,
        Duration forecast,
        long fastestFillBytesPerSecond,
        PressureThresholds thresholds,
        Optional<PressureWatch> watch) {

    /** Checks the durations and the speed. */
    public PressureSensorSettings {
        requirePositive(interval, "interval");
        requirePositive(quickInterval, "quickInterval");
        requirePositive(fastestInterval, "fastestInterval");
        requireNotNegative(relaxAfter, "relaxAfter");
        requireNotNegative(forecast, "forecast");
        if (fastestFillBytesPerSecond <= 0) {
            throw new IllegalArgumentException(
                    "fastestFillBytesPerSecond must be positive, was " + fastestFillBytesPerSecond);
        }
        Objects.requireNonNull(thresholds, "thresholds");
        Objects.requireNonNull(watch, "watch");
    }

    /**
     * A full look every 5 s and a quick one every 50 ms, down to 20 ms near a threshold at an assumed 2 GiB/s; a fall
     * counts 250 ms ahead; better levels are believed after 5 s; the default thresholds; nothing to watch.
     *
     * @return the defaults
     */
    public static PressureSensorSettings defaults() {
        return new PressureSensorSettings(
                Duration.ofSeconds(5),
                Duration.ofMillis(50),
                Duration.ofMillis(20),
                Duration.ofSeconds(5),
                Duration.ofMillis(250),
                2L << 30,
                PressureThresholds.defaults(),
                Optional.empty());
    }

    /**
     * These settings with another longest time between two full looks.
     *
     * @param newInterval the time; positive
     * @return the changed copy
     */
    public PressureSensorSettings withInterval(Duration newInterval) {
        return new PressureSensorSettings(
                newInterval,
                quickInterval,
                fastestInterval,
                relaxAfter,
                forecast,
                fastestFillBytesPerSecond,
                thresholds,
                watch);
    }

    /**
     * These settings with another longest time between two quick looks.
     *
     * @param newQuickInterval the time; positive
     * @return the changed copy
     */
    public PressureSensorSettings withQuickInterval(Duration newQuickInterval) {
        return new PressureSensorSettings(
                interval,
                newQuickInterval,
                fastestInterval,
                relaxAfter,
                forecast,
                fastestFillBytesPerSecond,
                thresholds,
                watch);
    }

    /**
     * These settings with another shortest time between two looks.
     *
     * @param newFastestInterval the time; positive
     * @return the changed copy
     */
    public PressureSensorSettings withFastestInterval(Duration newFastestInterval) {
        return new PressureSensorSettings(
                interval,
                quickInterval,
                newFastestInterval,
                relaxAfter,
                forecast,
                fastestFillBytesPerSecond,
                thresholds,
                watch);
    }

    /**
     * These settings with another time that a better level must hold.
     *
     * @param newRelaxAfter the time; zero or more
     * @return the changed copy
     */
    public PressureSensorSettings withRelaxAfter(Duration newRelaxAfter) {
        return new PressureSensorSettings(
                interval,
                quickInterval,
                fastestInterval,
                newRelaxAfter,
                forecast,
                fastestFillBytesPerSecond,
                thresholds,
                watch);
    }

    /**
     * These settings looking another time ahead.
     *
     * @param newForecast the time; zero or more
     * @return the changed copy
     */
    public PressureSensorSettings withForecast(Duration newForecast) {
        return new PressureSensorSettings(
                interval,
                quickInterval,
                fastestInterval,
                relaxAfter,
                newForecast,
                fastestFillBytesPerSecond,
                thresholds,
                watch);
    }

    /**
     * These settings with another assumed speed of filling.
     *
     * @param newBytesPerSecond bytes per second; positive
     * @return the changed copy
     */
    public PressureSensorSettings withFastestFillBytesPerSecond(long newBytesPerSecond) {
        return new PressureSensorSettings(
                interval, quickInterval, fastestInterval, relaxAfter, forecast, newBytesPerSecond, thresholds, watch);
    }

    /**
     * These settings with other thresholds.
     *
     * @param newThresholds the thresholds
     * @return the changed copy
     */
    public PressureSensorSettings withThresholds(PressureThresholds newThresholds) {
        return new PressureSensorSettings(
                interval,
                quickInterval,
                fastestInterval,
                relaxAfter,
                forecast,
                fastestFillBytesPerSecond,
                newThresholds,
                watch);
    }

    /**
     * These settings with a place where a service manager tells of pressure.
     *
     * @param newWatch the place; empty for none
     * @return the changed copy
     */
    public PressureSensorSettings withWatch(Optional<PressureWatch> newWatch) {
        return new PressureSensorSettings(
                interval,
                quickInterval,
                fastestInterval,
                relaxAfter,
                forecast,
                fastestFillBytesPerSecond,
                thresholds,
                newWatch);
    }

    private static void requirePositive(Duration duration, String name) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException(name + " must be positive, was " + duration);
        }
    }

    private static void requireNotNegative(Duration duration, String name) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException(name + " must not be negative, was " + duration);
        }
    }
}
