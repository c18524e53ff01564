package dev.oriel.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/*
 * The server is in two groups, and the program that makes it stall in the same ones: in that of version 1 there is a limit,
 * so that memory has to be reclaimed; that of version 2 tells how long its tasks stood still. The stalls are read from a
 * group around it, which has the same ones and at which the server does not look. What the program writes counts as memory
 * that nobody needs, so that the room below the limit is not what turns the level.
 */
/** How soon a real stall turns the level: from the stall as the kernel tells it to the news on the feed. */
final class StallRounds {

    /**
     * How much is played.
     *
     * @param longest no round begins later
     * @param rounds the most
     */
    record Extent(Duration longest, int rounds) {}

    /**
     * A change of the level, as a client of the feed was told.
     *
     * @param reason begins with the name of a source, as a rule
     * @param nanoTime when it was told
     */
    record Change(long number, String from, String to, String reason, long nanoTime) {

        /** Of a message of the feed; null if it is about something else. */
        static @Nullable Change of(String text, long nanoTime) {
            JsonNode message = JsonMapper.shared().readTree(text);
            JsonNode transition = message.path("transition");
            return message.path("type").asString().equals("transition")
                    ? new Change(
                            transition.path("number").asLong(),
                            transition.path("from").asString(),
                            transition.path("to").asString(),
                            transition.path("reason").asString(),
                            nanoTime)
                    : null;
        }

        /** Whether stalled time was a reason. */
        boolean isOfStalls() {
            return reason.startsWith("psi: ") || reason.contains("; psi: ");
        }

        /** Whether something else was a reason too, or the only one. */
        boolean isOfOthers() {
            return !isOfStalls() || reason.contains("; ") || !reason.startsWith("psi: ");
        }
    }

    private static final int MEBIBYTE = 1024 * 1024;
    private static final long LIMIT_BYTES = 256L * MEBIBYTE;
    private static final int FILE_MEGABYTES = 400;
    private static final int WRITERS = 4;
    private static final Duration WRITING = Duration.ofMillis(2000);
    private static final Duration LONGEST_WRITING = Duration.ofSeconds(20);
    private static final Duration LONGEST_NEWS = Duration.ofSeconds(4);
    private static final Duration LONGEST_CALM = Duration.ofSeconds(120);
    private static final Duration CALM = Duration.ofSeconds(2);
    private static final Duration GLANCE = Duration.ofMillis(100);
    private static final Duration BETWEEN_PICTURES = Duration.ofMillis(500);
    private static final long HARD_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int MOST_FPS = 2;
    private static final int STALLED_MICROS = 10_000;
    private static final double MOST_MILLIS = 120;
    private static final double NANOS_A_MILLI = 1e6;
    private static final double PERCENT = 100;

    /* The server is small beside the limit, at every level. */
    private static final Map<String, String> ENVIRONMENT =
            Map.of("CACHE_SIZE_GREEN", "32", "CACHE_SIZE_YELLOW", "24", "CACHE_SIZE_RED", "16");

    private final OrielServer server;
    private final ControlGroup stalls;
    private final String[] writing;
    private final Workplace workplace;
    private final BlockingQueue<Change> changes = new LinkedBlockingQueue<>();

    private final List<Double> millis = new ArrayList<>();
    private final List<Double> percents = new ArrayList<>();
    private final List<String> others = new ArrayList<>();
    private int besides;
    private int silent;
    private int weak;

    private StallRounds(Workplace workplace, OrielServer server, ControlGroup stalls, String[] writing) {
        this.workplace = workplace;
        this.server = server;
        this.stalls = stalls;
        this.writing = writing;
    }

    /** Starts a server with a display of its own in groups of its own, and plays. */
    static List<Figure> measure(Workplace workplace, Extent extent) throws IOException, InterruptedException {
        Path file = Files.createTempFile("oriel-benchmark", ".rewritten");
        try (CompiledProgram rewrite = CompiledProgram.compile(workplace, "rewrite");
                MemoryGroup memory = MemoryGroup.make(LIMIT_BYTES);
                ControlGroup stalls = ControlGroup.makeUnified();
                ControlGroup place = stalls.makeBelow();
                Fleet fleet = Fleet.start(workplace.children(), 1);
                OrielServer server = OrielServer.start(
                        workplace,
                        command -> place.inside(memory.inside(command)),
                        ENVIRONMENT,
                        fleet.displays().get(0))) {
            Show show = Show.start(fleet, BETWEEN_PICTURES);
            String[] writing = place.inside(memory.inside(
                    rewrite.path(),
                    file.toString(),
                    Integer.toString(FILE_MEGABYTES),
                    Integer.toString(WRITERS),
                    Long.toString(WRITING.toMillis())));
            StallRounds rounds = new StallRounds(workplace, server, stalls, writing);
            try (FeedTap tap = FeedTap.open(server.address(), MOST_FPS, rounds.new Listener())) {
                rounds.play(extent);
                tap.requireOpen();
            } finally {
                show.close();
            }
            return rounds.figures();
        } finally {
            Files.delete(file);
        }
    }

    private final class Listener implements FeedTap.Listener {

        @Override
        public void frame(long capturedMicros, long nanoTime) {
            // Pictures are there so that the server has something to do.
        }

        @Override
        public void text(String text, long nanoTime) {
            Change change = Change.of(text, nanoTime);
            if (change != null) {
                changes.add(change);
            }
        }
    }

    private void play(Extent extent) throws IOException, InterruptedException {
        long end = System.nanoTime() + extent.longest().toNanos();
        for (int round = 0; round < extent.rounds() && System.nanoTime() < end; round++) {
            play();
        }
    }

    private void play() throws IOException, InterruptedException {
        try (StallTotal total = new StallTotal(stalls.file("memory.pressure"))) {
            awaitCalm(total);
            changes.clear();
            StallWatch watch = new StallWatch(total::someMicros);
            watch.start();
            Change change;
            try (Child writers = workplace.children().start("rewrite", Map.of(), writing)) {
                change = awaitWorse();
                writers.awaitSuccess(LONGEST_WRITING);
            }
            StallWatch.Course course = watch.end();
            OptionalLong stalled = course.firstNanoTime(STALLED_MICROS);
            if (stalled.isEmpty()) {
                weak++;
            } else if (change == null) {
                silent++;
            } else {
                note(change, stalled.getAsLong(), course);
            }
        }
    }

    /* The totals stand still, and the server believes it. */
    private void awaitCalm(StallTotal total) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + LONGEST_CALM.toNanos();
        long calmSince = System.nanoTime();
        long before = total.someMicros();
        while (System.nanoTime() - calmSince < CALM.toNanos()
                || !server.pressureLevel().equals("GREEN")) {
            if (System.nanoTime() > deadline) {
                throw new BenchmarkFailedException("there is no calm within " + LONGEST_CALM.toSeconds() + " s: "
                        + server.pressure().path("sources"));
            }
            Thread.sleep(GLANCE.toMillis());
            long now = total.someMicros();
            calmSince = now == before ? calmSince : System.nanoTime();
            before = now;
        }
    }

    private @Nullable Change awaitWorse() throws InterruptedException {
        long deadline = System.nanoTime() + LONGEST_NEWS.toNanos();
        Change change = changes.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        while (change != null && !change.from().equals("GREEN")) {
            change = changes.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        }
        return change;
    }

    private void note(Change change, long stalledAt, StallWatch.Course course) {
        if (!change.isOfStalls()) {
            others.add(change.reason());
            return;
        }
        besides += change.isOfOthers() ? 1 : 0;
        millis.add((change.nanoTime() - stalledAt) / NANOS_A_MILLI);
        percents.add(PERCENT * course.share(stalledAt, stalledAt + HARD_NANOS));
    }

    private List<Figure> figures() {
        List<Figure> figures = new ArrayList<>();
        if (!millis.isEmpty()) {
            Samples latency = new Samples(millis);
            Samples hard = new Samples(percents);
            figures.add(new Figure(
                            "stall.millis",
                            "10 ms of stall to the level on the feed, p99",
                            latency.percentile(99),
                            "ms",
                            format("n = %d, p50 %.1f, max %.1f", latency.count(), latency.median(), latency.max()))
                    .atMost(MOST_MILLIS));
            figures.add(new Figure(
                    "stall.share",
                    "stalled in the 100 ms after, p50",
                    hard.median(),
                    "% of the time",
                    format("least %.0f, most %.0f", hard.percentile(1), hard.max())));
        }
        figures.add(new Figure(
                "stall.others",
                "stalls beside which something else turned the level",
                others.size() + besides,
                "",
                others.isEmpty() ? "in " + besides + " both did" : "such as " + others.get(0)));
        figures.add(new Figure("stall.silent", "stalls without another level", silent, "", "").atMost(0));
        figures.add(new Figure("stall.weak", "rounds with less than 10 ms of stall, not counted", weak, "", ""));
        return figures;
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
