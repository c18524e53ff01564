package dev.oriel.benchmarks;

import java.util.Locale;

/**
 * One result.
 *
 * @param id stable, for programs
 * @param name for people
 * @param detail how it came about; may be empty
 */
record Figure(String id, String name, double value, String unit, String detail) {

    /** How many times one figure is as large as another. */
    static Figure ratio(String id, String name, Figure one, Figure other, String detail) {
        return new Figure(id, name, one.value() / other.value(), "", detail);
    }

    /** The value with about three digits. */
    String rounded() {
        double size = Math.abs(value);
        int decimals = size < 10 ? 2 : size < 100 ? 1 : 0;
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}
