package dev.oriel.cache;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;

/** Counts by cause. Safe for many threads. */
final class Tally<C extends Enum<C>> {

    private final Class<C> causes;
    private final AtomicLongArray counts;

    Tally(Class<C> causes) {
        this.causes = causes;
        this.counts = new AtomicLongArray(causes.getEnumConstants().length);
    }

    void add(C cause, long count) {
        counts.addAndGet(cause.ordinal(), count);
    }

    /** Every cause, in their order. */
    Map<C, Long> read() {
        Map<C, Long> reading = new EnumMap<>(causes);
        for (C cause : causes.getEnumConstants()) {
            reading.put(cause, counts.get(cause.ordinal()));
        }
        return reading;
    }
}
