package dev.oriel.benchmarks;

import java.io.IOException;
import java.time.Duration;

/** The CPU that the server takes while nothing changes. */
final class IdleCost {

    /** A screen counts as still ten seconds after the last change; then its sweep slows down. */
    private static final Duration SETTLE = Duration.ofSeconds(20);

    private IdleCost() {}

    static Figure measure(Workplace workplace, OrielServer server, Duration length, String id, String who)
            throws IOException, InterruptedException {
        workplace.progress().accept("idle CPU, " + who);
        Thread.sleep(SETTLE.toMillis());
        double cpu = server.meter().cpuMillis();
        long start = System.nanoTime();
        Thread.sleep(length.toMillis());
        double elapsed = (System.nanoTime() - start) / 1e6;
        return new Figure(
                id,
                "server CPU on a still screen, " + who,
                (server.meter().cpuMillis() - cpu) / elapsed * 100,
                "% of a core",
                length.toSeconds() + " s");
    }
}
