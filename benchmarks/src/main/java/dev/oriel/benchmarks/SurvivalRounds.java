package dev.oriel.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/*
 * The displays are outside of the group, and so is what the server shares with them: a page is charged to who touches it
 * first. They go on showing noise all the time, and one subscriber goes on looking. A server that was killed is started
 * again; the others go on from round to round.
 */
/** Rounds in a control group of 1 GiB without swap: the cache fills up, a hog comes, and somebody has to give way. */
final class SurvivalRounds {

    private static final int MEBIBYTE = 1024 * 1024;
    private static final long LIMIT_BYTES = 1024L * MEBIBYTE;
    private static final long FEWEST_BYTES = 400L * MEBIBYTE;
    private static final double FULL = 0.95;
    private static final int HOG_MEGABYTES = 880;
    private static final int HOG_MEGABYTES_PER_SECOND = 500;
    private static final Duration HOG_STAYS = Duration.ofSeconds(5);
    private static final Duration LONGEST_HOG = Duration.ofSeconds(30);
    private static final Duration LONGEST_FILL = Duration.ofSeconds(120);
    private static final Duration FIRST_FRAME = Duration.ofSeconds(5);
    private static final Duration LONGEST_NEWS = Duration.ofSeconds(2);
    private static final Duration GLANCE = Duration.ofMillis(100);
    private static final int ROUNDS_A_WORD = 10;
    private static final double MICROS_A_SECOND = 1e6;
    private static final double NANOS_A_MILLI = 1e6;

    private final Workplace workplace;
    private final Fleet fleet;
    private final HogProgram program;
    private final MemoryGroup group;
    private final boolean adaptive;

    private int rounds;
    private int roundsWithKills;
    private final List<Double> cacheMegabytes = new ArrayList<>();
    private final List<Double> peakMegabytes = new ArrayList<>();
    private final List<Double> hogSeconds = new ArrayList<>();
    private final List<Double> millisToWorse = new ArrayList<>();
    private final List<Double> millisToRed = new ArrayList<>();

    private SurvivalRounds(Workplace workplace, Fleet fleet, HogProgram program, MemoryGroup group, boolean adaptive) {
        this.workplace = workplace;
        this.fleet = fleet;
        this.program = program;
        this.group = group;
        this.adaptive = adaptive;
    }

    /**
     * Plays them all.
     *
     * @param fleet shows what fills a cache
     * @param adaptive whether the budget follows the pressure
     */
    static SurvivalRounds play(Workplace workplace, Fleet fleet, HogProgram program, boolean adaptive, int count)
            throws IOException, InterruptedException {
        try (MemoryGroup group = MemoryGroup.make(LIMIT_BYTES)) {
            SurvivalRounds rounds = new SurvivalRounds(workplace, fleet, program, group, adaptive);
            while (rounds.rounds < count) {
                rounds.playUntilTheServerIsKilled(count);
            }
            return rounds;
        }
    }

    private void playUntilTheServerIsKilled(int count) throws IOException, InterruptedException {
        Map<String, String> environment =
                Map.of("IMAGE_COMPRESSION_QUALITY", "100", "JARVIS_ADAPTIVE_MEMORY", Boolean.toString(adaptive));
        try (OrielServer server =
                        OrielServer.start(workplace, group::inside, environment, String.join(",", fleet.displays()));
                FeedClient client = server.subscribe()) {
            client.next(FIRST_FRAME);
            while (rounds < count && server.isAlive()) {
                play(server);
                if (rounds % ROUNDS_A_WORD == 0) {
                    workplace.progress().accept(name() + ": " + rounds + " rounds, kills in " + roundsWithKills);
                }
            }
        }
    }

    private void play(OrielServer server) throws IOException, InterruptedException {
        cacheMegabytes.add(awaitFull(server) / MEBIBYTE);
        long killsBefore = group.kills();
        group.forgetPeak();
        server.forgetLevels();
        try (Child hog = program.start(group, HOG_MEGABYTES, HOG_MEGABYTES_PER_SECOND, HOG_STAYS)) {
            long start = hog.awaitLine(HogProgram.TAKING, LONGEST_NEWS).nanoTime();
            if (awaitEndOrKill(hog, server, killsBefore)) {
                roundsWithKills++;
            } else {
                hogSeconds.add(Long.parseLong(hog.awaitText(HogProgram.TAKEN, LONGEST_NEWS)) / MICROS_A_SECOND);
                server.levelSince("YELLOW|RED", start).ifPresent(nanos -> millisToWorse.add(nanos / NANOS_A_MILLI));
                server.levelSince("RED", start).ifPresent(nanos -> millisToRed.add(nanos / NANOS_A_MILLI));
            }
        }
        peakMegabytes.add((double) group.peakBytes() / MEBIBYTE);
        rounds++;
    }

    /** Returns the live bytes in the cache. */
    private double awaitFull(OrielServer server) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + LONGEST_FILL.toNanos();
        JsonNode cache = server.cacheStats();
        while (!isFull(cache) || (adaptive && !server.pressureLevel().equals("GREEN"))) {
            if (System.nanoTime() > deadline) {
                throw new BenchmarkFailedException("the cache does not fill within " + LONGEST_FILL.toSeconds()
                        + " s; at " + server.pressureLevel() + " it is " + cache);
            }
            Thread.sleep(GLANCE.toMillis());
            cache = server.cacheStats();
        }
        return cache.path("liveBytes").asDouble();
    }

    private static boolean isFull(JsonNode cache) {
        double live = cache.path("liveBytes").asDouble();
        return live >= FEWEST_BYTES && live >= FULL * cache.path("budgetBytes").asDouble();
    }

    /* Who is killed has ended a moment later than it is counted. */
    /** Returns whether anything was killed. */
    private boolean awaitEndOrKill(Child hog, OrielServer server, long killsBefore)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + LONGEST_HOG.toNanos();
        while (hog.isAlive() && server.isAlive()) {
            if (System.nanoTime() > deadline) {
                throw new BenchmarkFailedException("the hog neither ends nor is killed");
            }
            Thread.sleep(GLANCE.toMillis());
        }
        return group.kills() > killsBefore;
    }

    private String name() {
        return adaptive ? "adaptive budget" : "fixed budget";
    }

    private String id(String what) {
        return "survive." + (adaptive ? "adaptive." : "fixed.") + what;
    }

    /** In how many rounds anything was killed. */
    Figure kills() {
        return new Figure(id("kills"), name() + ", rounds with a kill", roundsWithKills, "of " + rounds, "");
    }

    /** What else there is to tell of the rounds. */
    List<Figure> course() {
        Samples cache = new Samples(cacheMegabytes);
        Samples peak = new Samples(peakMegabytes);
        List<Figure> figures = new ArrayList<>(List.of(
                new Figure(
                        id("cache"),
                        name() + ", frames when the hog came, p50",
                        cache.median(),
                        "MiB",
                        format("most %.0f", cache.max())),
                new Figure(
                        id("peak"),
                        name() + ", most used in the group, p50",
                        peak.median(),
                        "MiB",
                        "of " + LIMIT_BYTES / MEBIBYTE),
                new Figure(
                        id("headroom"),
                        name() + ", least headroom of all rounds",
                        (double) LIMIT_BYTES / MEBIBYTE - peak.max(),
                        "MiB",
                        "")));
        if (!hogSeconds.isEmpty()) {
            figures.add(spread("hog", "the hog has its " + HOG_MEGABYTES + " MiB after, p50", "s", hogSeconds));
        }
        if (!millisToWorse.isEmpty()) {
            figures.add(spread("worse", "hog's first page to a worse level, p50", "ms", millisToWorse));
        }
        if (!millisToRed.isEmpty()) {
            figures.add(spread("red", "hog's first page to RED, p50", "ms", millisToRed));
        }
        return figures;
    }

    private Figure spread(String what, String label, String unit, List<Double> values) {
        Samples samples = new Samples(values);
        String detail = format("%d rounds, p99 %.2f, max %.2f", samples.count(), samples.percentile(99), samples.max());
        return new Figure(id(what), name() + ", " + label, samples.median(), unit, detail);
    }

    private static String format(String text, Object... values) {
        return String.format(Locale.ROOT, text, values);
    }
}
