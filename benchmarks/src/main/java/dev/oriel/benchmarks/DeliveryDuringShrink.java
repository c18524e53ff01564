package dev.oriel.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/*
 * A picture counts as the answer to a change if it was seen after it, by the time in its header. In each round there is a
 * second without a change of the level, and then one that begins with a step to RED and back; both are measured alike.
 */
/** What those who watch notice of a shrink: how long a picture takes to them, and how long the event loops are away. */
final class DeliveryDuringShrink implements AutoCloseable {

    /**
     * How much is played: each round has one step.
     *
     * @param askedRounds those after them, in which event loops are asked all the time, for nothing else is measured then
     */
    record Extent(int rounds, int askedRounds) {}

    /** Pictures as they came to one client. Written by one thread. */
    static final class Arrivals implements FeedTap.Listener {

        private static final int MOST = 1 << 17;

        private final long[] capturedMicros = new long[MOST];
        private final long[] nanoTimes = new long[MOST];
        private volatile int count;

        @Override
        public void frame(long captured, long nanoTime) {
            int at = count;
            if (at < MOST) {
                capturedMicros[at] = captured;
                nanoTimes[at] = nanoTime;
                count = at + 1;
            }
        }

        /** When the first picture came that had been seen at a time or later; empty if none did. */
        OptionalLong firstSeenSince(long micros) {
            int known = count;
            for (int at = 0; at < known; at++) {
                if (capturedMicros[at] >= micros) {
                    return OptionalLong.of(nanoTimes[at]);
                }
            }
            return OptionalLong.empty();
        }
    }

    /** A change of the screen, on both clocks. */
    private record Change(long micros, long nanoTime) {}

    private static final String EVENT_LOOPS = "oriel-http-epoll";
    private static final int CLIENTS = 20;
    private static final int FPS = 10;
    private static final int MOST_FPS = 30;
    private static final int FILLERS = 2;
    private static final Duration FILLING = Duration.ofMillis(20);
    private static final Duration STILL = Duration.ofHours(1);
    private static final Duration CALM = Duration.ofMillis(500);
    private static final Duration AT_RED = Duration.ofMillis(300);
    private static final Duration LAST_ARRIVALS = Duration.ofMillis(700);
    private static final Duration SIMULATED = Duration.ofSeconds(60);
    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1) / FPS;
    private static final double NANOS_A_MILLI = 1e6;
    private static final double MOST_RATIO = 1.5;
    private static final double MOST_BLOCKED_MILLIS = 5;

    private final OrielServer server;
    private final Wall wall;
    private final Show show;
    private final ExecutorService stepper = Executors.newSingleThreadExecutor();
    private final List<FeedTap> taps = new ArrayList<>();
    private final List<Arrivals> arrivals = new ArrayList<>();

    private final List<Double> steadyMillis = new ArrayList<>();
    private final List<Double> shrinkMillis = new ArrayList<>();
    private final List<Long> steadySeconds = new ArrayList<>();
    private final List<Long> shrinkSeconds = new ArrayList<>();
    private int lost;

    private DeliveryDuringShrink(OrielServer server, Wall wall, Show show) {
        this.server = server;
        this.wall = wall;
        this.show = show;
    }

    /** Starts displays, a server and clients, and plays. */
    static List<Figure> measure(Workplace workplace, Extent extent) throws IOException, InterruptedException {
        try (Fleet watched = Fleet.start(workplace.children(), 1, Wall.photograph());
                Fleet filling = Fleet.start(workplace.children(), FILLERS, Wall.photograph());
                OrielServer server = OrielServer.start(
                        workplace,
                        command -> command,
                        Map.of(),
                        watched.displays().get(0) + "," + String.join(",", filling.displays()),
                        "--allow-simulation");
                Show show = Show.start(filling, FILLING);
                FeedTaps filler = FeedTaps.open(server.address(), 1, MOST_FPS)) {
            List<Figure> figures = new ArrayList<>();
            try (DeliveryDuringShrink delivery = new DeliveryDuringShrink(server, watched.wall(0), show)) {
                delivery.openTaps();
                figures.addAll(delivery.watchLoops(workplace, extent.rounds()));
            }
            try (DeliveryDuringShrink asked = new DeliveryDuringShrink(server, watched.wall(0), show)) {
                asked.openTaps();
                figures.addAll(asked.askLoops(workplace, extent.askedRounds()));
            }
            filler.requireOpen();
            return figures;
        }
    }

    private List<Figure> watchLoops(Workplace workplace, int rounds) throws IOException, InterruptedException {
        List<BlockedThread> loops = BlockedThread.watch(server.pid(), EVENT_LOOPS);
        try {
            play(workplace, "delivery", rounds);
            List<Figure> figures = new ArrayList<>(pictures());
            List<Figure> blocked = loops(
                    "blocked",
                    "an event loop blocked, without a collection of the whole heap, longest",
                    loops.stream().map(BlockedThread::waits).toList());
            blocked.forEach(figure -> figures.add(figure.atMost(MOST_BLOCKED_MILLIS)));
            return figures;
        } finally {
            loops.forEach(BlockedThread::close);
        }
    }

    private List<Figure> askLoops(Workplace workplace, int rounds) throws IOException, InterruptedException {
        try (LoopPinger one = LoopPinger.start(server.address());
                LoopPinger other = LoopPinger.start(server.address())) {
            play(workplace, "event loops", rounds);
            return loops(
                    "asked",
                    "an event loop busy, blocked or without a core, longest",
                    List.of(one.waits(), other.waits()));
        }
    }

    private void play(Workplace workplace, String what, int rounds) throws IOException, InterruptedException {
        for (int round = 1; round <= rounds; round++) {
            workplace.progress().accept(what + ", round " + round + " of " + rounds);
            play();
        }
    }

    private void openTaps() throws IOException {
        for (int client = 0; client < CLIENTS; client++) {
            Arrivals heard = new Arrivals();
            arrivals.add(heard);
            taps.add(FeedTap.open(server.address(), MOST_FPS, heard));
        }
    }

    @Override
    public void close() {
        stepper.shutdownNow();
        taps.forEach(FeedTap::close);
    }

    private void play() throws IOException, InterruptedException {
        hide(true);
        show.setInterval(FILLING);
        Filling.await(server);
        show.setInterval(STILL);
        hide(false);
        Thread.sleep(CALM.toMillis());
        long steady = System.nanoTime();
        note(changes(), steadyMillis);
        long start = System.nanoTime();
        Future<Void> step = stepper.submit(this::step);
        List<Change> changes = changes();
        finish(step);
        note(changes, shrinkMillis);
        steadySeconds.add(steady);
        shrinkSeconds.add(start);
        taps.forEach(FeedTap::requireOpen);
    }

    private void hide(boolean hidden) throws IOException {
        for (FeedTap tap : taps) {
            tap.hide(hidden);
        }
    }

    private @Nullable Void step() throws IOException, InterruptedException {
        server.simulate("RED", SIMULATED);
        Thread.sleep(AT_RED.toMillis());
        server.endSimulation();
        return null;
    }

    private static void finish(Future<Void> step) throws InterruptedException {
        try {
            step.get();
        } catch (ExecutionException e) {
            throw new BenchmarkFailedException("the step failed: " + e.getCause());
        }
    }

    /** Changes the screen for a second. */
    private List<Change> changes() {
        List<Change> changes = new ArrayList<>();
        long due = System.nanoTime();
        for (int change = 0; change < FPS; change++) {
            changes.add(new Change(ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()), System.nanoTime()));
            wall.showNext();
            due += INTERVAL_NANOS;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
        }
        return changes;
    }

    private void note(List<Change> changes, List<Double> millis) throws InterruptedException {
        Thread.sleep(LAST_ARRIVALS.toMillis());
        for (Arrivals heard : arrivals) {
            for (Change change : changes) {
                OptionalLong came = heard.firstSeenSince(change.micros());
                if (came.isPresent()) {
                    millis.add((came.getAsLong() - change.nanoTime()) / NANOS_A_MILLI);
                } else {
                    lost++;
                }
            }
        }
    }

    private List<Figure> pictures() {
        Samples steady = new Samples(steadyMillis);
        Samples shrink = new Samples(shrinkMillis);
        double ratio = shrink.percentile(99) / steady.percentile(99);
        return List.of(
                latency("steady", "in a steady second", steady),
                latency("shrink", "in the second after a step to RED and back", shrink),
                new Figure("delivery.ratio", "delivery, p99 after a step / steady", ratio, "", "").atMost(MOST_RATIO),
                new Figure("delivery.lost", "changes that a client did not see", lost, "", "").atMost(0));
    }

    private List<Figure> loops(String id, String name, List<Waits> loops) {
        return List.of(
                longest(id + ".steady", name + " in steady seconds", loops, steadySeconds),
                longest(id + ".shrink", name + " after a step", loops, shrinkSeconds));
    }

    private static Figure latency(String id, String when, Samples millis) {
        return new Figure(
                "delivery." + id,
                "change to picture, " + CLIENTS + " clients, " + when + ", p99",
                millis.percentile(99),
                "ms",
                format("n = %d, p50 %.1f, max %.1f", millis.count(), millis.median(), millis.max()));
    }

    private static Figure longest(String id, String name, List<Waits> loops, List<Long> starts) {
        Samples longest = new Samples(starts.stream()
                .flatMap(start -> loops.stream()
                        .map(waits -> waits.longest(start, start + TimeUnit.SECONDS.toNanos(1)) / NANOS_A_MILLI))
                .toList());
        return new Figure(
                "delivery." + id,
                name,
                longest.max(),
                "ms",
                format("%d loops and seconds, p50 of their longest %.1f", longest.count(), longest.median()));
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
