package dev.oriel.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/*
 * The first flips warm the Java up; they do not count. In the first and the last ones that do, the cache is filled to its
 * budget, RED lasts until the Java heap has been collected, and the process has had time to settle: like is compared with
 * like. Between them flips go on without a pause, and what the screens show in between is captured and kept.
 */
/** What is left of ten thousand ways to RED and back. */
final class FlipDrift {

    /**
     * How much is played.
     *
     * @param warmUp flips before the first that count
     * @param measured flips at the beginning and at the end, which take their time
     * @param flips all that count
     */
    record Extent(int warmUp, int measured, int flips) {}

    /** A process at RED, when it has settled. */
    private record Settled(double residentMegabytes, int files, int threads, int mappings) {

        static Settled of(OrielServer server) throws IOException {
            Path process = Path.of("/proc", Long.toString(server.pid()));
            return new Settled(
                    server.meter().memory().residentMegabytes(),
                    count(process.resolve("fd")),
                    count(process.resolve("task")),
                    (int) Files.readString(process.resolve("maps")).lines().count());
        }

        private static int count(Path folder) throws IOException {
            try (Stream<Path> entries = Files.list(folder)) {
                return (int) entries.count();
            }
        }
    }

    private static final int DISPLAYS = 2;
    private static final int MOST_FPS = 30;
    private static final double MEBIBYTE = 1024 * 1024;
    private static final double PERCENT = 100;
    private static final double MOST_DRIFT = 1;
    private static final Duration FILLING = Duration.ofMillis(30);
    private static final Duration STILL = Duration.ofHours(1);
    private static final Duration REFILL = Duration.ofMillis(20);
    private static final Duration SETTLE = Duration.ofMillis(1500);
    private static final Duration LONGEST_HEAP = Duration.ofSeconds(40);
    private static final Duration GLANCE = Duration.ofMillis(200);
    private static final Duration SIMULATED = Duration.ofMinutes(10);
    private static final int FLIPS_A_WORD = 1000;

    private final Workplace workplace;
    private final OrielServer server;
    private final Show show;

    private FlipDrift(Workplace workplace, OrielServer server, Show show) {
        this.workplace = workplace;
        this.server = server;
        this.show = show;
    }

    /** Starts a server with displays of its own, and plays. */
    static List<Figure> measure(Workplace workplace, Extent extent) throws IOException, InterruptedException {
        try (Fleet fleet = Fleet.start(workplace.children(), DISPLAYS, Wall.photograph());
                OrielServer server = OrielServer.start(
                        workplace,
                        command -> command,
                        Map.of(),
                        String.join(",", fleet.displays()),
                        "--allow-simulation");
                Show show = Show.start(fleet, FILLING);
                FeedTaps taps = FeedTaps.open(server.address(), 1, MOST_FPS)) {
            List<Figure> figures = new FlipDrift(workplace, server, show).play(extent);
            taps.requireOpen();
            return figures;
        }
    }

    private List<Figure> play(Extent extent) throws IOException, InterruptedException {
        flip(extent.warmUp());
        List<Settled> first = settle(extent.measured());
        long framesBefore = frames();
        long bytesBefore = returnedBytes();
        int between = extent.flips() - 2 * extent.measured();
        long start = System.nanoTime();
        flip(between);
        double seconds = (System.nanoTime() - start) / 1e9;
        String refilled = String.format(
                Locale.ROOT,
                "%d flips in %.0f s, each with %.1f frames and %.1f MiB given back",
                between,
                seconds,
                (double) (frames() - framesBefore) / between,
                (returnedBytes() - bytesBefore) / MEBIBYTE / between);
        List<Settled> last = settle(extent.measured());
        return figures(extent, first, last, refilled);
    }

    private void flip(int times) throws IOException, InterruptedException {
        show.setInterval(FILLING);
        for (int flip = 1; flip <= times; flip++) {
            server.simulate("RED", SIMULATED);
            server.endSimulation();
            Thread.sleep(REFILL.toMillis());
            if (flip % FLIPS_A_WORD == 0) {
                workplace.progress().accept(flip + " flips");
            }
        }
    }

    private List<Settled> settle(int times) throws IOException, InterruptedException {
        List<Settled> settled = new ArrayList<>();
        for (int time = 0; time < times; time++) {
            show.setInterval(FILLING);
            Filling.await(server);
            server.simulate("RED", SIMULATED);
            show.setInterval(STILL);
            awaitHeap();
            Thread.sleep(SETTLE.toMillis());
            settled.add(Settled.of(server));
            server.endSimulation();
        }
        return settled;
    }

    /* The last thing that is given back. */
    private void awaitHeap() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + LONGEST_HEAP.toNanos();
        while (!isHeapCollected(server.newestTransition())) {
            if (System.nanoTime() > deadline) {
                throw new BenchmarkFailedException("the Java heap was not collected within " + LONGEST_HEAP.toSeconds()
                        + " s: " + server.newestTransition().path("steps"));
            }
            Thread.sleep(GLANCE.toMillis());
        }
    }

    private static boolean isHeapCollected(JsonNode transition) {
        return transition.path("to").asString().equals("RED")
                && transition
                        .path("steps")
                        .valueStream()
                        .anyMatch(step -> step.path("name").asString().equals("heap"));
    }

    private long frames() throws IOException, InterruptedException {
        return server.captureStats().of("frames");
    }

    private long returnedBytes() throws IOException, InterruptedException {
        return server.cacheStats().path("returnedBytes").asLong();
    }

    private static List<Figure> figures(Extent extent, List<Settled> first, List<Settled> last, String refilled) {
        double before = median(first, Settled::residentMegabytes);
        double after = median(last, Settled::residentMegabytes);
        String often = "median of " + extent.measured() + " at RED, the heap collected";
        return List.of(
                new Figure("flips.rss.first", "RSS in the first flips", before, "MiB", often),
                new Figure("flips.rss.last", "RSS in the last flips", after, "MiB", refilled),
                new Figure(
                                "flips.rss.drift",
                                "RSS after " + extent.flips() + " flips, off by",
                                driftPercent(before, after),
                                "%",
                                "")
                        .atMost(MOST_DRIFT),
                growth("files", "file descriptors", first, last, Settled::files),
                growth("threads", "threads", first, last, Settled::threads),
                growth("mappings", "mappings", first, last, Settled::mappings));
    }

    /** How far one value is from another, in percent of the first, whatever the direction. */
    static double driftPercent(double before, double after) {
        return PERCENT * Math.abs(after - before) / before;
    }

    private static Figure growth(
            String id, String name, List<Settled> first, List<Settled> last, ToDoubleFunction<Settled> what) {
        double before = median(first, what);
        double after = median(last, what);
        return new Figure(
                        "flips." + id,
                        name + ", more than in the first flips",
                        after - before,
                        "",
                        String.format(Locale.ROOT, "%.0f, then %.0f", before, after))
                .atMost(0);
    }

    private static double median(List<Settled> settled, ToDoubleFunction<Settled> what) {
        return new Samples(settled.stream().mapToDouble(what).toArray()).median();
    }
}
