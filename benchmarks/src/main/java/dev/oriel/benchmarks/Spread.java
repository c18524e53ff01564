package dev.oriel.benchmarks;

import java.util.List;

/** How a number of bytes went over a time; the average is rounded. */
record Spread(long startBytes, long endBytes, long deltaBytes, long peakBytes, long averageBytes) {

    /**
     * Sums up values.
     *
     * @param values at least one, in the order of time
     */
    static Spread of(List<Long> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("there are no values");
        }
        long start = values.get(0);
        long end = values.get(values.size() - 1);
        long peak = values.stream().mapToLong(Long::longValue).max().orElseThrow();
        double average = values.stream().mapToLong(Long::longValue).average().orElseThrow();
        return new Spread(start, end, end - start, peak, Math.round(average));
    }
}
