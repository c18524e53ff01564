package dev.oriel.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/*
 * Every level begins where the last pictures of GREEN have filled the cache, so that the way to the ceiling is the longest
 * there is. What changes meanwhile are photographs, which take the most bytes.
 */
/** What the whole process has resident at each level, with many displays and many clients. */
final class ResidentAtLevels {

    /** A level that is simulated, and how much may be resident then. */
    private enum Level {
        GREEN(600),
        RED(100),
        YELLOW(300);

        private final int ceilingMegabytes;

        Level(int ceilingMegabytes) {
            this.ceilingMegabytes = ceilingMegabytes;
        }
    }

    private static final int DISPLAYS = 9;
    private static final int CLIENTS = 20;
    private static final int MOST_FPS = 10;
    private static final double MEBIBYTE = 1024 * 1024;
    private static final double NANOS_A_SECOND = 1e9;
    private static final double MILLIS_A_SECOND = 1e3;
    private static final double MOST_FOR_PLAIN = 1.3;
    private static final long LOOK_NANOS = 2_000_000;
    private static final Duration FILLING = Duration.ofMillis(100);
    private static final Duration MEASURING = Duration.ofSeconds(1);
    private static final Duration BETWEEN_SAMPLES = Duration.ofMillis(500);
    private static final Duration LONGEST_STEP = Duration.ofSeconds(2);
    private static final Duration SIMULATED = Duration.ofHours(1);

    private final OwnJava java;
    private final OrielServer server;
    private final Show show;
    private final FeedTaps taps;
    private final List<Figure> figures = new ArrayList<>();

    private ResidentAtLevels(OwnJava java, OrielServer server, Show show, FeedTaps taps) {
        this.java = java;
        this.server = server;
        this.show = show;
        this.taps = taps;
    }

    /**
     * Starts displays, a server and clients, and goes through the levels.
     *
     * @param each how long each of the three is watched
     */
    static List<Figure> measure(Workplace workplace, OwnJava java, Duration each)
            throws IOException, InterruptedException {
        try (Fleet fleet = Fleet.start(workplace.children(), DISPLAYS, Wall.photograph());
                OrielServer server = OrielServer.start(
                        workplace,
                        java,
                        command -> command,
                        Map.of(),
                        String.join(",", fleet.displays()),
                        "--allow-simulation");
                Show show = Show.start(fleet, FILLING);
                FeedTaps taps = FeedTaps.open(server.address(), CLIENTS, MOST_FPS)) {
            ResidentAtLevels levels = new ResidentAtLevels(java, server, show, taps);
            for (Level level : Level.values()) {
                workplace.progress().accept("resident at " + level + ", " + java.label());
                levels.watch(level, each);
            }
            return levels.figures;
        }
    }

    private void watch(Level level, Duration length) throws IOException, InterruptedException {
        fill();
        OptionalDouble reached = level == Level.GREEN ? OptionalDouble.empty() : step(level);
        long framesBefore = taps.frames();
        List<Double> resident = new ArrayList<>();
        List<Double> cached = new ArrayList<>();
        long end = System.nanoTime() + length.toNanos();
        while (System.nanoTime() < end) {
            Thread.sleep(BETWEEN_SAMPLES.toMillis());
            resident.add(server.meter().memory().residentMegabytes());
            cached.add(server.cacheStats().path("liveBytes").asLong() / MEBIBYTE);
        }
        requireLevel(level);
        taps.requireOpen();
        String name = "RSS at " + level + ", " + java.label();
        Samples samples = new Samples(resident);
        figures.add(new Figure(
                        id(level, "p99"),
                        name + ", p99",
                        samples.percentile(99),
                        "MiB",
                        format(
                                "%d s, p50 %.1f, max %.1f; cache p50 %.1f; %d frames sent",
                                length.toSeconds(),
                                samples.median(),
                                samples.max(),
                                new Samples(cached).median(),
                                taps.frames() - framesBefore))
                .atMost(ceiling(level)));
        if (level != Level.GREEN) {
            figures.add(new Figure(
                            id(level, "step"),
                            name + ", reached after",
                            reached.orElseGet(() -> secondsUntil(resident, ceiling(level))),
                            "s",
                            "from a full cache at GREEN")
                    .atMost(LONGEST_STEP.toSeconds()));
        }
        server.endSimulation();
    }

    /* One who looks is enough for that. */
    private void fill() throws IOException, InterruptedException {
        show.setInterval(FILLING);
        taps.hide(true);
        try (FeedTaps filler = FeedTaps.open(server.address(), 1, MOST_FPS)) {
            Filling.await(server);
            filler.requireOpen();
        }
        taps.hide(false);
        show.setInterval(MEASURING);
    }

    /* What is watched afterwards begins when the ceiling should have been reached. */
    private OptionalDouble step(Level level) throws IOException, InterruptedException {
        try (ResidentSet set = new ResidentSet(server.pid())) {
            ResidentFall fall = new ResidentFall(set::bytes, LOOK_NANOS);
            fall.start();
            fall.awaitFirst();
            long start = System.nanoTime();
            server.simulate(level.name(), SIMULATED);
            Thread.sleep(LONGEST_STEP.toMillis());
            OptionalLong nanos = fall.end().nanosUntil(start, (long) (ceiling(level) * MEBIBYTE));
            return nanos.isPresent() ? OptionalDouble.of(nanos.getAsLong() / NANOS_A_SECOND) : OptionalDouble.empty();
        }
    }

    /** When samples that begin after the longest step first were under a ceiling; the whole time if they never were. */
    static double secondsUntil(List<Double> megabytes, double ceiling) {
        int sample = 0;
        while (sample < megabytes.size() && megabytes.get(sample) > ceiling) {
            sample++;
        }
        return LONGEST_STEP.plus(BETWEEN_SAMPLES.multipliedBy(sample + 1L)).toMillis() / MILLIS_A_SECOND;
    }

    private void requireLevel(Level level) throws IOException, InterruptedException {
        JsonNode pressure = server.pressure();
        if (!pressure.path("level").asString().equals(level.name())) {
            throw new BenchmarkFailedException("the level should be " + level + " and is "
                    + pressure.path("level").asString() + ": " + pressure.path("sources"));
        }
    }

    private double ceiling(Level level) {
        return switch (java) {
            case LAUNCHER -> level.ceilingMegabytes;
            case PLAIN -> level.ceilingMegabytes * MOST_FOR_PLAIN;
        };
    }

    private String id(Level level, String what) {
        return "rss." + java.name().toLowerCase(Locale.ROOT) + "."
                + level.name().toLowerCase(Locale.ROOT) + "." + what;
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
