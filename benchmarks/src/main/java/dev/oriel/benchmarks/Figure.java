package dev.oriel.benchmarks;

import java.util.Locale;
import java.util.Optional;

/**
 * One result.
 *
 * @param id stable, for programs
 * @param name for people
 * @param detail how it came about; may be empty
 * @param target what it should be, if that was said
 */
record Figure(String id, String name, double value, String unit, String detail, Optional<Target> target) {

    /** A result without a target. */
    Figure(String id, String name, double value, String unit, String detail) {
        this(id, name, value, unit, detail, Optional.empty());
    }

    /** How many times one figure is as large as another. */
    static Figure ratio(String id, String name, Figure one, Figure other, String detail) {
        return new Figure(id, name, one.value() / other.value(), "", detail);
    }

    /** The same, measured against a limit that it should not exceed. */
    Figure atMost(double limit) {
        return withTarget(new Target(Target.Bound.AT_MOST, limit, value <= limit));
    }

    /** The same, measured against a limit that it should reach. */
    Figure atLeast(double limit) {
        return withTarget(new Target(Target.Bound.AT_LEAST, limit, value >= limit));
    }

    private Figure withTarget(Target wanted) {
        return new Figure(id, name, value, unit, detail, Optional.of(wanted));
    }

    /** The value with about three digits. */
    String rounded() {
        double size = Math.abs(value);
        int decimals = size < 10 ? 2 : size < 100 ? 1 : 0;
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}
