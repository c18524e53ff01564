package dev.oriel.benchmarks;

import dev.oriel.benchmarks.MemoryProfileReport.Accuracy;
import dev.oriel.benchmarks.MemoryProfileReport.Feed;
import dev.oriel.benchmarks.MemoryProfileReport.Level;
import dev.oriel.benchmarks.MemoryProfileReport.Phase;
import dev.oriel.benchmarks.MemoryProfileReport.PressureStep;
import dev.oriel.benchmarks.MemoryProfileReport.Sample;
import dev.oriel.benchmarks.MemoryProfileReport.Setup;
import dev.oriel.benchmarks.MemoryProfileReport.Target;
import dev.oriel.pressure.PressureLevel;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Measures the memory of a server: under each level, while nobody looks, while many look at all spaces, and while an agent
 * asks about each picture besides. Then lets memory get scarce. What was measured is kept whatever happens.
 */
final class MemoryProfile {

    /**
     * What is asked for.
     *
     * @param seconds of the two phases that do something
     * @param displays how many to start; empty for what is there
     */
    record Plan(int seconds, OptionalInt displays, List<PressureLevel> levels) {

        int baselineSeconds() {
            return Math.max(1, Math.min(MOST_BASELINE_SECONDS, seconds / 2));
        }

        int fillSeconds() {
            return Math.min(seconds, MOST_FILL_SECONDS);
        }

        /** As far as it can be known before. */
        int allSeconds() {
            int level = 2 * START_SECONDS + baselineSeconds() + 2 * seconds + CHECK_SECONDS;
            return START_SECONDS + levels.size() * level + fillSeconds() + STEP_SECONDS;
        }
    }

    private static final int MOST_BASELINE_SECONDS = 10;
    private static final int MOST_FILL_SECONDS = 60;
    private static final int START_SECONDS = 3;
    private static final int CHECK_SECONDS = 4;
    private static final int STEP_SECONDS = 20;
    private static final int AGENT_SHARE = 8;
    private static final long MEGABYTE = 1024 * 1024;
    private static final Duration TIME_TO_SETTLE = Duration.ofSeconds(1);

    private static final class LevelLog {

        private final PressureLevel level;
        private final long startNanos = System.nanoTime();
        private final List<PhaseLog> phases = new ArrayList<>();
        private Optional<Accuracy> accuracy = Optional.empty();

        LevelLog(PressureLevel level) {
            this.level = level;
        }

        PhaseLog begin(String phase) {
            PhaseLog log = new PhaseLog(phase);
            phases.add(log);
            return log;
        }

        double seconds() {
            return Math.round((System.nanoTime() - startNanos) / 1e6) / 1e3;
        }

        Level level() {
            List<Phase> measured = phases.stream()
                    .map(PhaseLog::phase)
                    .flatMap(Optional::stream)
                    .toList();
            return new Level(level, measured, accuracy);
        }
    }

    private final Workplace workplace;
    private final Map<String, String> environment;
    private final Plan plan;
    private final ProgressLine progress;
    private final StopSignal stop;
    private final Clock clock;
    private final Consumer<MemoryProfileReport> keeper;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Instant startedAt;
    private final Map<String, String> machine;
    private final List<LevelLog> levels = new ArrayList<>();
    private Optional<PressureStep> pressureStep = Optional.empty();
    private @Nullable ProfileScene scene;

    /**
     * Prepares to measure.
     *
     * @param environment of this process, which servers inherit
     * @param stop ends the measurement early
     * @param keeper is handed what there is now and then, so that a sudden end loses little
     */
    MemoryProfile(
            Workplace workplace,
            Map<String, String> environment,
            Plan plan,
            ProgressLine progress,
            StopSignal stop,
            Clock clock,
            Consumer<MemoryProfileReport> keeper)
            throws IOException {
        this.workplace = workplace;
        this.environment = environment;
        this.plan = plan;
        this.progress = progress;
        this.stop = stop;
        this.clock = clock;
        this.keeper = keeper;
        this.startedAt = now();
        this.machine = Machine.describe();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    /** Measures all, or as much as there is until something goes wrong. */
    MemoryProfileReport run() throws InterruptedException {
        Optional<String> problem = Optional.empty();
        progress.begin("start", START_SECONDS);
        try (ProfileScene opened = ProfileScene.open(workplace.children(), environment, plan.displays())) {
            scene = opened;
            for (PressureLevel level : plan.levels()) {
                measure(level, opened);
                keeper.accept(report(Optional.of("it is still running")));
            }
            progress.begin("pressure step", plan.fillSeconds() + STEP_SECONDS);
            pressureStep = Optional.of(new PressureStepCheck(workplace, http, environment, opened, progress, stop)
                    .run(plan.fillSeconds()));
        } catch (BenchmarkFailedException | IOException e) {
            problem = Optional.of(Objects.requireNonNullElse(e.getMessage(), e.toString()));
        }
        progress.clear();
        // Who ends us from a terminal ends our programs too, and that may be noticed first.
        return report(stop.isRequested() ? Optional.of(StopSignal.REASON) : problem);
    }

    private void measure(PressureLevel level, ProfileScene shown) throws IOException, InterruptedException {
        LevelLog log = new LevelLog(level);
        levels.add(log);
        progress.begin(level + " start", START_SECONDS);
        List<String> options = new ArrayList<>(shown.serverOptions());
        options.addAll(List.of("--pressure", level.name()));
        try (ProfiledServer server = ProfiledServer.start(workplace, http, environment, List.of(), options)) {
            Measurement alone = new Measurement(log, new ServerWatch(server, shown), null, null);
            alone.run("baseline", plan.baselineSeconds());
            try (Audience audience = Audience.open(server)) {
                shown.move();
                new Measurement(log, alone.watch, audience, null).run("vision", plan.seconds());
                progress.begin(level + " agent", START_SECONDS);
                long budget =
                        server.pressure().path("plan").path("cacheMegabytes").asLong() * MEGABYTE;
                try (AgentProcess agent = AgentProcess.start(workplace, server, budget / AGENT_SHARE)) {
                    Measurement asked = new Measurement(log, alone.watch, audience, agent);
                    agent.ask();
                    asked.run("semanticCache", plan.seconds());
                }
                progress.begin(level + " pictures", CHECK_SECONDS);
                shown.hold();
                stop.pause(TIME_TO_SETTLE);
                log.accuracy = Optional.of(PictureCheck.of(shown, server));
            }
        }
    }

    /** One look each second at what takes part. */
    private final class Measurement {

        private final LevelLog log;
        private final ServerWatch watch;
        private final @Nullable Audience audience;
        private final @Nullable AgentProcess agent;

        Measurement(LevelLog log, ServerWatch watch, @Nullable Audience audience, @Nullable AgentProcess agent) {
            this.log = log;
            this.watch = watch;
            this.audience = audience;
            this.agent = agent;
        }

        void run(String name, int seconds) throws InterruptedException {
            progress.begin(log.level + " " + name, seconds);
            PhaseLog phase = log.begin(name);
            Feed before = received(new Feed(0, 0, 0));
            long start = System.nanoTime();
            for (int second = 0; second <= seconds; second++) {
                stop.awaitTime(start + Duration.ofSeconds(second).toNanos());
                look(phase, second, before);
            }
            phase.complete();
        }

        private void look(PhaseLog phase, int second, Feed before) throws InterruptedException {
            ProcessBytes server = watch.server().memory();
            Optional<ProcessBytes> asker = agent == null ? Optional.empty() : Optional.of(agent.memory());
            phase.add(new Sample(log.seconds(), server, asker));
            phase.feed(received(before));
            progress.tick(second, server);
            phase.cache(PressureStepCheck.cacheOf(watch.server()));
            if (agent != null) {
                phase.semanticCache(agent.cache());
            }
            watch.requireWhole();
            if (audience != null) {
                audience.requireConnected();
            }
        }

        private Feed received(Feed before) {
            return audience == null
                    ? before
                    : new Feed(
                            audience.frames() - before.frames(), audience.bytes() - before.bytes(), audience.spaces());
        }
    }

    private MemoryProfileReport report(Optional<String> problem) {
        List<Level> measured = levels.stream()
                .map(LevelLog::level)
                .filter(level -> !level.phases().isEmpty())
                .toList();
        List<Target> targets = ProfileTargets.validate(measured, pressureStep);
        boolean passed = problem.isEmpty()
                && targets.stream().allMatch(Target::met)
                && measured.stream().allMatch(level -> level.accuracy().stream().allMatch(Accuracy::passed))
                && pressureStep.stream().allMatch(PressureStep::passed);
        ProfileScene shown = scene;
        return new MemoryProfileReport(
                MemoryProfileReport.FORMAT,
                startedAt,
                now(),
                problem.isEmpty(),
                problem,
                passed,
                machine,
                new Setup(
                        plan.seconds(),
                        plan.levels(),
                        Audience.SUBSCRIBERS,
                        shown == null ? "none" : shown.kind().label(),
                        shown == null ? List.of() : shown.displays()),
                measured,
                pressureStep,
                targets);
    }
}
