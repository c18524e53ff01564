package dev.oriel.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What a whole server does while many displays are watched by many subscribers, and nothing changes on any of them. */
final class IdleFleet {

    private static final Duration LENGTH = Duration.ofSeconds(60);
    private static final Duration LONGEST_START = Duration.ofSeconds(30);
    private static final Duration GLANCE = Duration.ofMillis(100);
    private static final double MOST_OF_A_CORE = 0.3;

    private IdleFleet() {}

    /** Starts as many subscribers as there are displays, in this process; each sees all displays. */
    static List<Figure> measure(Workplace workplace, Fleet fleet) throws IOException, InterruptedException {
        String displays = String.join(",", fleet.displays());
        int count = fleet.displays().size();
        List<FeedClient> clients = new ArrayList<>();
        try (OrielServer server = OrielServer.start(workplace, displays, "GREEN")) {
            for (int client = 0; client < count; client++) {
                clients.add(server.subscribe());
            }
            awaitFrames(clients, count);
            Counters before = server.captureStats();
            Figure cpu = IdleCost.measure(
                    workplace, server, LENGTH, "idle.cpu", count + " displays, " + count + " subscribers");
            long pixels = server.captureStats().since(before).pixelsBesideSweep();
            return List.of(
                    cpu.atMost(MOST_OF_A_CORE),
                    new Figure("idle.pixels", "pixels read meanwhile, beside the sweep", pixels, "", "").atMost(0));
        } finally {
            clients.forEach(FeedClient::close);
        }
    }

    private static void awaitFrames(List<FeedClient> clients, int each) throws InterruptedException {
        long deadline = System.nanoTime() + LONGEST_START.toNanos();
        for (FeedClient client : clients) {
            while (client.count() < each) {
                if (System.nanoTime() > deadline) {
                    throw new BenchmarkFailedException(
                            "a subscriber saw " + client.count() + " of " + each + " displays");
                }
                Thread.sleep(GLANCE.toMillis());
            }
        }
    }
}
