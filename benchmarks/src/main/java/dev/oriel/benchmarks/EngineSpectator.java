package dev.oriel.benchmarks;

import java.awt.Rectangle;
import java.io.IOException;
import java.time.Duration;

/*
 * The engine may tell a change in two frames. After the first one it is given time for another; the last one counts, and
 * only if its picture shows the change.
 */
/** Sees frames as the engine hands them over. */
final class EngineSpectator implements Spectator {

    private static final Duration SETTLE = Duration.ofMillis(15);

    private final EngineProcess engine;
    private long seen;

    EngineSpectator(EngineProcess engine) {
        this.engine = engine;
    }

    @Override
    public void forget() throws InterruptedException {
        seen = engine.count();
    }

    @Override
    public long awaitShown(Rectangle area, int rgb) throws IOException, InterruptedException {
        EngineProcess.Emission newest;
        do {
            engine.await(seen + 1);
            Thread.sleep(SETTLE.toMillis());
            newest = engine.save();
            seen = newest.count();
        } while (!engine.picture().shows(area, rgb));
        return newest.nanoTime();
    }
}
