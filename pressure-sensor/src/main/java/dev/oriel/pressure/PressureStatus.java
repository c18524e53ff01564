package dev.oriel.pressure;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What a sensor believes at one moment, and what it rests on.
 *
 * @param level the level that is believed; empty while it is unknown
 * @param since since when the level has been this one, or unknown
 * @param reading the newest reading; empty if the sensor is told its levels instead of reading them
 */
public record PressureStatus(Optional<PressureLevel> level, Instant since, Optional<PressureReading> reading) {

    /** Checks that nothing is null. */
    public PressureStatus {
        Objects.requireNonNull(level, "level");
        Objects.requireNonNull(since, "since");
        Objects.requireNonNull(reading, "reading");
    }
}
