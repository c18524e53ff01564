package dev.oriel.benchmarks;

/** A figure could not be had; the message says why. */
final class BenchmarkFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BenchmarkFailedException(String message) {
        super(message);
    }
}
