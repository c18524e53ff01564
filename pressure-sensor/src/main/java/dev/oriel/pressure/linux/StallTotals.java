package dev.oriel.pressure.linux;

import java.util.OptionalLong;

/**
 * For how long tasks have stood still since the machine started, in microseconds. The averages that stand beside these
 * totals are not used: they move every two seconds only, and stay above zero long after a stall is over.
 */
record StallTotals(long someMicros, long fullMicros) {

    static StallTotals parse(KernelText text) throws MalformedTextException {
        return new StallTotals(total(text, "some"), total(text, "full"));
    }

    boolean isBehind(StallTotals other) {
        return someMicros < other.someMicros || fullMicros < other.fullMicros;
    }

    private static long total(KernelText text, String line) throws MalformedTextException {
        OptionalLong total = text.number(line, "total=");
        if (total.isEmpty()) {
            throw text.malformed("no total in a line '" + line + "'");
        }
        return total.getAsLong();
    }
}
