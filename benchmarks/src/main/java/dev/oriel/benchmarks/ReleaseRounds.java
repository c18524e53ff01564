package dev.oriel.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/*
 * What is due are the bytes that the cache lives without afterwards, as it says; whether they are gone is seen from outside,
 * as the kernel counts the resident pages of the server. The screens go on changing all the time, slowly while it is
 * measured. A round that another change of the level disturbed is played again.
 */
/** How soon memory is back at the system when a level is injected into a server whose cache is full. */
final class ReleaseRounds {

    /** What shrinks to what. */
    enum Shrink {
        TO_YELLOW("YELLOW", 200, 60),
        TO_RED("RED", 50, 80);

        private final String level;
        private final int megabytes;
        private final double mostMillis;

        Shrink(String level, int megabytes, double mostMillis) {
            this.level = level;
            this.megabytes = megabytes;
            this.mostMillis = mostMillis;
        }
    }

    /**
     * How much is played.
     *
     * @param longest no round begins later; of each shrink
     * @param rounds the most, of each shrink
     */
    record Extent(Duration longest, int rounds) {}

    private static final int DISPLAYS = 2;
    private static final int MOST_FPS = 30;
    private static final double DUE = 0.9;
    private static final double MEBIBYTE = 1024 * 1024;
    private static final double NANOS_A_MILLI = 1e6;
    private static final double MICROS_A_MILLI = 1e3;
    private static final long LOOK_NANOS = 100_000;
    private static final Duration FILLING = Duration.ofMillis(20);
    private static final Duration MEASURING = Duration.ofMillis(100);
    private static final Duration STILL = Duration.ofHours(1);
    private static final Duration CALM = Duration.ofMillis(500);
    private static final Duration SETTLE = Duration.ofMillis(1000);
    private static final Duration SIMULATED = Duration.ofSeconds(60);
    private static final int MOST_DISTURBED = 20;

    /* The budget of the levels alone decides, and pictures are as large as they come. */
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "IMAGE_COMPRESSION_QUALITY", "100",
            "ORIEL_RSS_GREEN", "4000",
            "ORIEL_RSS_YELLOW", "4000",
            "ORIEL_RSS_RED", "4000");

    private final OrielServer server;
    private final Show show;
    private final Shrink shrink;

    private final List<Double> dueMegabytes = new ArrayList<>();
    private final List<Double> millis = new ArrayList<>();
    private final List<Double> millisSinceDecision = new ArrayList<>();
    private final List<Double> framesMillis = new ArrayList<>();
    private final List<Double> heapMillis = new ArrayList<>();
    private int late;
    private int disturbed;

    private ReleaseRounds(OrielServer server, Show show, Shrink shrink) {
        this.server = server;
        this.show = show;
        this.shrink = shrink;
    }

    /** Starts a server with displays of its own, and measures both shrinks. */
    static List<Figure> measure(Workplace workplace, Extent extent) throws IOException, InterruptedException {
        List<Figure> figures = new ArrayList<>();
        try (Fleet fleet = Fleet.start(workplace.children(), DISPLAYS, Wall.photograph());
                OrielServer server = OrielServer.start(
                        workplace,
                        command -> command,
                        ENVIRONMENT,
                        String.join(",", fleet.displays()),
                        "--allow-simulation");
                Show show = Show.start(fleet, FILLING);
                FeedTaps taps = FeedTaps.open(server.address(), 1, MOST_FPS)) {
            for (Shrink shrink : Shrink.values()) {
                workplace.progress().accept("500 to " + shrink.megabytes + " MB, after an injected " + shrink.level);
                ReleaseRounds rounds = new ReleaseRounds(server, show, shrink);
                rounds.play(extent);
                figures.addAll(rounds.figures());
            }
            show.setInterval(STILL);
            figures.add(accuracy(server));
            taps.requireOpen();
        }
        return figures;
    }

    private void play(Extent extent) throws IOException, InterruptedException {
        long end = System.nanoTime() + extent.longest().toNanos();
        play(false);
        while (millis.size() < extent.rounds() && System.nanoTime() < end) {
            play(true);
        }
    }

    private void play(boolean counts) throws IOException, InterruptedException {
        show.setInterval(FILLING);
        Filling.await(server);
        show.setInterval(MEASURING);
        Thread.sleep(CALM.toMillis());
        long live = server.cacheStats().path("liveBytes").asLong();
        try (ResidentSet set = new ResidentSet(server.pid())) {
            ResidentFall fall = new ResidentFall(set::bytes, LOOK_NANOS);
            fall.start();
            fall.awaitFirst();
            Instant injectedAt = Instant.now();
            long start = System.nanoTime();
            server.simulate(shrink.level, SIMULATED);
            Thread.sleep(SETTLE.toMillis());
            ResidentFall.Course course = fall.end();
            long due = live - server.cacheStats().path("liveBytes").asLong();
            JsonNode transition = server.newestTransition();
            if (!isOurs(transition)) {
                requireFew(++disturbed, transition);
            } else if (counts) {
                double decided = Duration.between(
                                        injectedAt,
                                        Instant.parse(transition.path("at").asString()))
                                .toNanos()
                        / NANOS_A_MILLI;
                OptionalLong gone = course.nanosUntil(start, course.firstBytes() - (long) (DUE * due));
                late += gone.isPresent() ? 0 : 1;
                note(gone.orElse(SETTLE.toNanos()) / NANOS_A_MILLI, decided);
                dueMegabytes.add(due / MEBIBYTE);
                note(transition.path("steps"));
            }
        }
        server.endSimulation();
    }

    private boolean isOurs(JsonNode transition) {
        return transition.path("from").asString().equals("GREEN")
                && transition.path("to").asString().equals(shrink.level);
    }

    private static void requireFew(int disturbed, JsonNode transition) {
        if (disturbed > MOST_DISTURBED) {
            throw new BenchmarkFailedException(
                    disturbed + " rounds were disturbed by other changes of the level, the last by "
                            + transition.path("reason").asString());
        }
    }

    private void note(double untilGone, double untilDecided) {
        millis.add(untilGone);
        millisSinceDecision.add(untilGone - untilDecided);
    }

    private void note(JsonNode steps) {
        for (JsonNode step : steps) {
            double took = step.path("micros").asDouble() / MICROS_A_MILLI;
            switch (step.path("name").asString()) {
                case "frames" -> framesMillis.add(took);
                case "heap" -> heapMillis.add(took);
                default -> {
                    // What allocators kept takes too little to be told of.
                }
            }
        }
    }

    /* The screens stand still, and what is asked for first is asked for again. */
    private static Figure accuracy(OrielServer server) throws IOException, InterruptedException {
        Thread.sleep(SETTLE.toMillis());
        try (ResidentSet set = new ResidentSet(server.pid())) {
            double counted = set.bytes() / MEBIBYTE;
            double walked = server.meter().memory().residentMegabytes();
            return new Figure(
                    "release.accuracy",
                    "resident as counted, less as the kernel walks it",
                    counted - walked,
                    "MiB",
                    format("%.1f MiB in all; statm, which the above is read from, beside smaps_rollup", walked));
        }
    }

    private List<Figure> figures() {
        String id = "release." + shrink.level.toLowerCase(Locale.ROOT);
        String name = "500 to " + shrink.megabytes + " MB at " + shrink.level + ", ";
        Samples due = new Samples(dueMegabytes);
        Samples frames = new Samples(framesMillis);
        List<Figure> figures = new ArrayList<>(List.of(
                spread(
                                id + ".millis",
                                name + "90 % at the OS, p99",
                                millis,
                                "ms",
                                format("p50 %.0f MiB due; ", due.median()))
                        .atMost(shrink.mostMillis),
                spread(id + ".decided", name + "from the decision, p99", millisSinceDecision, "ms", ""),
                new Figure(
                        id + ".frames",
                        name + "frames given back, as it says, p99",
                        frames.percentile(99),
                        "ms",
                        format("p50 %.1f, max %.1f", frames.median(), frames.max()))));
        if (!heapMillis.isEmpty()) {
            figures.add(
                    spread(id + ".heap", name + "Java heap collected, p99", heapMillis, "ms", "at most every 30 s; "));
        }
        if (late > 0) {
            String how = "counted as having taken " + SETTLE.toMillis() + " ms";
            figures.add(new Figure(id + ".late", name + "rounds without 90 % at the OS", late, "", how));
        }
        if (disturbed > 0) {
            figures.add(new Figure(
                    id + ".disturbed",
                    name + "rounds disturbed",
                    disturbed,
                    "",
                    "the level changed for another reason"));
        }
        return figures;
    }

    private static Figure spread(String id, String name, List<Double> values, String unit, String detail) {
        Samples samples = new Samples(values);
        return new Figure(
                id,
                name,
                samples.percentile(99),
                unit,
                detail + format("n = %d, p50 %.1f, max %.1f", samples.count(), samples.median(), samples.max()));
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
