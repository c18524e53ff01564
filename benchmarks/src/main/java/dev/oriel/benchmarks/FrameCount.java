package dev.oriel.benchmarks;

/** How many frames have come so far. */
@FunctionalInterface
interface FrameCount {

    long count() throws InterruptedException;
}
