package dev.oriel.benchmarks;

import java.io.IOException;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/** Waits until the cache of a server is full: as a rule pictures that change fill it. */
final class Filling {

    private static final double FULL = 0.95;
    private static final Duration LONGEST = Duration.ofSeconds(300);
    private static final Duration GLANCE = Duration.ofMillis(100);

    private Filling() {}

    /**
     * Until the level is GREEN and the live bytes come close to the budget; returns them.
     *
     * @throws BenchmarkFailedException if that takes too long
     */
    static long await(OrielServer server) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        JsonNode cache = server.cacheStats();
        while (!isFull(
                        cache.path("liveBytes").asLong(),
                        cache.path("budgetBytes").asLong())
                || !server.pressureLevel().equals("GREEN")) {
            if (System.nanoTime() > deadline) {
                throw new BenchmarkFailedException("the cache does not fill within " + LONGEST.toSeconds() + " s; at "
                        + server.pressureLevel() + " it is " + cache);
            }
            Thread.sleep(GLANCE.toMillis());
            cache = server.cacheStats();
        }
        return cache.path("liveBytes").asLong();
    }

    static boolean isFull(long liveBytes, long budgetBytes) {
        return liveBytes >= FULL * budgetBytes;
    }
}
