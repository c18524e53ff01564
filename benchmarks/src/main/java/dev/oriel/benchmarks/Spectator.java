package dev.oriel.benchmarks;

import java.awt.Rectangle;
import java.io.IOException;

/** Someone to whom frames come, and who sees what they show. */
interface Spectator {

    /** Forgets the frames that have come so far. */
    void forget() throws InterruptedException;

    /**
     * Waits for a frame that shows an area in a colour.
     *
     * @return when it had come, on the clock of {@link System#nanoTime}
     * @throws BenchmarkFailedException if none comes in time
     */
    long awaitShown(Rectangle area, int rgb) throws IOException, InterruptedException;
}
