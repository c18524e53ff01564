package dev.oriel.benchmarks;

import java.util.Arrays;
import java.util.List;

/** Measured values of one kind, at least one. */
final class Samples {

    private final double[] sorted;

    Samples(List<Double> values) {
        this(values.stream().mapToDouble(Double::doubleValue).toArray());
    }

    Samples(double[] values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("there are no values");
        }
        this.sorted = values.clone();
        Arrays.sort(sorted);
    }

    int count() {
        return sorted.length;
    }

    double max() {
        return sorted[sorted.length - 1];
    }

    double median() {
        return percentile(50);
    }

    /** The smallest value that so many percent of all do not exceed (nearest rank). */
    double percentile(int percent) {
        if (percent < 1 || percent > 100) {
            throw new IllegalArgumentException("percent must be from 1 to 100, was " + percent);
        }
        return sorted[(int) Math.ceil((double) percent * sorted.length / 100) - 1];
    }
}
