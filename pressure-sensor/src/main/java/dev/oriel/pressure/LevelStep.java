package dev.oriel.pressure;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One look that changed what a sensor believes or remembers.
 *
 * @param atNanos when, as a monotonic count of nanoseconds with any origin
 * @param present the worst level of all sources at that time; empty if nothing could be read
 * @param read what counted: the worst level at that time or as far ahead as a fall is believed; empty if nothing could
 *     be read
 * @param outlook the worst level one dwell ahead if memory went on falling; empty if nothing could be read
 * @param afterGap whether the time since the look before cannot be relied on: there were too few looks in it, or the
 *     clock went back
 */
public record LevelStep(
        long atNanos,
        Optional<PressureLevel> present,
        Optional<PressureLevel> read,
        Optional<PressureLevel> outlook,
        boolean afterGap) {

    /** Checks that there are all three levels or none. */
    public LevelStep {
        Objects.requireNonNull(present, "present");
        Objects.requireNonNull(read, "read");
        Objects.requireNonNull(outlook, "outlook");
        if (present.isPresent() != read.isPresent() || present.isPresent() != outlook.isPresent()) {
            throw new IllegalArgumentException("present, read and outlook must be known together, were " + present
                    + ", " + read + " and " + outlook);
        }
    }

    static LevelStep of(long atNanos, @Nullable Sight sight, boolean afterGap) {
        Optional<Sight> seen = Optional.ofNullable(sight);
        return new LevelStep(
                atNanos, seen.map(Sight::present), seen.map(Sight::read), seen.map(Sight::outlook), afterGap);
    }

    /** What was seen; null if nothing. */
    @Nullable
    Sight sight() {
        return present.isEmpty() ? null : Sight.of(present.get(), read.orElseThrow(), outlook.orElseThrow());
    }
}
