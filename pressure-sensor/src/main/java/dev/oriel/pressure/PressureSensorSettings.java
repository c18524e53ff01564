package dev.oriel.pressure;

import java.time.Duration;
import java.util.Objects;

/**
 * How a sensor looks and judges.
 *
 * @param interval the longest time between two probes, kept while memory is plentiful
 * @param fastestInterval the shortest time between two probes, kept near a threshold; {@code interval} wins if it is
 *     shorter still
 * @param relaxAfter how long a better level must hold before it is believed; zero believes it at once
 * @param fastestFillBytesPerSecond how fast memory is assumed to fill up at worst, though it may stand still now: the
 *     sensor looks again before a hog of this speed can have crossed the next threshold
 * @param available how much of the machine's memory must be available
 * @param limit how much must be left of a limit set on this process and those around it
 * @param stall how much of the time tasks may stand still for want of memory
 */
public record PressureSensorSettings(
        Duration interval,
        Duration fastestInterval,
        Duration relaxAfter,
        long fastestFillBytesPerSecond,
        HeadroomThresholds available,
        HeadroomThresholds limit,
        StallThresholds stall) {

    /** Checks the durations and the speed. */
    public PressureSensorSettings {
        requirePositive(interval, "interval");
        requirePositive(fastestInterval, "fastestInterval");
        if (relaxAfter.isNegative()) {
            throw new IllegalArgumentException("relaxAfter must not be negative, was " + relaxAfter);
        }
        if (fastestFillBytesPerSecond <= 0) {
            throw new IllegalArgumentException(
                    "fastestFillBytesPerSecond must be positive, was " + fastestFillBytesPerSecond);
        }
        Objects.requireNonNull(available, "available");
        Objects.requireNonNull(limit, "limit");
        Objects.requireNonNull(stall, "stall");
    }

    /**
     * A probe every 5 s, and down to 50 ms near a threshold at an assumed 2 GiB/s; better levels believed after 5 s; the
     * default thresholds.
     *
     * @return the defaults
     */
    public static PressureSensorSettings defaults() {
        return new PressureSensorSettings(
                Duration.ofSeconds(5),
                Duration.ofMillis(50),
                Duration.ofSeconds(5),
                2L << 30,
                HeadroomThresholds.defaults(),
                HeadroomThresholds.defaults(),
                StallThresholds.defaults());
    }

    /**
     * These settings with another longest time between two probes.
     *
     * @param newInterval the time; positive
     * @return the changed copy
     */
    public PressureSensorSettings withInterval(Duration newInterval) {
        return new PressureSensorSettings(
                newInterval, fastestInterval, relaxAfter, fastestFillBytesPerSecond, available, limit, stall);
    }

    /**
     * These settings with another shortest time between two probes.
     *
     * @param newFastestInterval the time; positive
     * @return the changed copy
     */
    public PressureSensorSettings withFastestInterval(Duration newFastestInterval) {
        return new PressureSensorSettings(
                interval, newFastestInterval, relaxAfter, fastestFillBytesPerSecond, available, limit, stall);
    }

    /**
     * These settings with another time that a better level must hold.
     *
     * @param newRelaxAfter the time; zero or more
     * @return the changed copy
     */
    public PressureSensorSettings withRelaxAfter(Duration newRelaxAfter) {
        return new PressureSensorSettings(
                interval, fastestInterval, newRelaxAfter, fastestFillBytesPerSecond, available, limit, stall);
    }

    /**
     * These settings with another assumed speed of filling.
     *
     * @param newBytesPerSecond bytes per second; positive
     * @return the changed copy
     */
    public PressureSensorSettings withFastestFillBytesPerSecond(long newBytesPerSecond) {
        return new PressureSensorSettings(
                interval, fastestInterval, relaxAfter, newBytesPerSecond, available, limit, stall);
    }

    /**
     * These settings with other thresholds for available memory.
     *
     * @param newAvailable the thresholds
     * @return the changed copy
     */
    public PressureSensorSettings withAvailable(HeadroomThresholds newAvailable) {
        return new PressureSensorSettings(
                interval, fastestInterval, relaxAfter, fastestFillBytesPerSecond, newAvailable, limit, stall);
    }

    /**
     * These settings with other thresholds below a limit.
     *
     * @param newLimit the thresholds
     * @return the changed copy
     */
    public PressureSensorSettings withLimit(HeadroomThresholds newLimit) {
        return new PressureSensorSettings(
                interval, fastestInterval, relaxAfter, fastestFillBytesPerSecond, available, newLimit, stall);
    }

    /**
     * These settings with other thresholds for stalled time.
     *
     * @param newStall the thresholds
     * @return the changed copy
     */
    public PressureSensorSettings withStall(StallThresholds newStall) {
        return new PressureSensorSettings(
                interval, fastestInterval, relaxAfter, fastestFillBytesPerSecond, available, limit, newStall);
    }

    private static void requirePositive(Duration duration, String name) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException(name + " must be positive, was " + duration);
        }
    }
}
