package dev.oriel.benchmarks;

import dev.oriel.benchmarks.MemoryProfileReport.Cache;
import dev.oriel.benchmarks.MemoryProfileReport.PressureStep;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Whether a full server at GREEN gives way when memory gets scarce, and comes back when it is there again. */
final class PressureStepCheck {

    private static final Duration LONGEST_START = Duration.ofSeconds(15);
    private static final Duration LONGEST_TO_GREEN = Duration.ofSeconds(60);
    private static final Duration LONGEST_TO_RED = Duration.ofSeconds(30);
    private static final Duration TIME_TO_START = Duration.ofSeconds(3);
    private static final Duration GLANCE = Duration.ofMillis(20);
    private static final List<Long> MILLIS_AFTER = List.of(0L, 100L, 1000L, ProfileTargets.MILLIS_AFTER_STEP);

    private final Workplace workplace;
    private final HttpClient http;
    private final Map<String, String> environment;
    private final ProfileScene scene;
    private final ProgressLine progress;
    private final StopSignal stop;

    PressureStepCheck(
            Workplace workplace,
            HttpClient http,
            Map<String, String> environment,
            ProfileScene scene,
            ProgressLine progress,
            StopSignal stop) {
        this.workplace = workplace;
        this.http = http;
        this.environment = environment;
        this.scene = scene;
        this.progress = progress;
        this.stop = stop;
    }

    /** The machine is short of memory by itself, so that no step can be seen. */
    private static final class NotGreenException extends Exception {

        private static final long serialVersionUID = 1L;

        NotGreenException(String message) {
            super(message);
        }
    }

    /**
     * Does it once: really where this machine allows it, and otherwise by a script.
     *
     * @param fillSeconds how long the cache fills before
     */
    PressureStep run(int fillSeconds) throws IOException, InterruptedException {
        MemoryGroup room;
        try {
            room = ScarceGroup.makeRoom();
        } catch (BenchmarkFailedException e) {
            return runScripted(fillSeconds, String.valueOf(e.getMessage()));
        }
        try (room;
                ScarceGroup group = new ScarceGroup(room, workplace)) {
            return run(fillSeconds, group);
        } catch (NotGreenException e) {
            return runScripted(fillSeconds, String.valueOf(e.getMessage()));
        }
    }

    /**
     * Only says to the server that memory is scarce.
     *
     * @param why it is not made so
     */
    PressureStep runScripted(int fillSeconds, String why) throws IOException, InterruptedException {
        try (ScarceMemory scarce = new ScriptedScarcity(TIME_TO_START.plusSeconds(fillSeconds), why)) {
            return run(fillSeconds, scarce);
        } catch (NotGreenException e) {
            throw new BenchmarkFailedException("a script that begins with GREEN is not followed: " + e.getMessage());
        }
    }

    private PressureStep run(int fillSeconds, ScarceMemory scarce)
            throws IOException, InterruptedException, NotGreenException {
        try (ProfiledServer server =
                        ProfiledServer.start(workplace, http, environment, scarce.before(), options(scarce));
                Audience audience = Audience.open(server)) {
            if (!awaitLevel(server, "GREEN", LONGEST_START, () -> {})) {
                throw new NotGreenException(levelOf(server));
            }
            scene.move();
            ServerWatch watch = new ServerWatch(server, scene);
            fill(fillSeconds, watch, audience);
            PressureStep step = step(server, scarce);
            watch.requireWhole();
            scene.hold();
            return step;
        }
    }

    /** In words, with what it rests on. */
    private static String levelOf(ProfiledServer server) throws InterruptedException {
        JsonNode pressure = server.pressure();
        return "the level is " + pressure.path("level").asString()
                + pressure.path("sources")
                        .valueStream()
                        .map(source -> source.path("name").asString() + " "
                                + source.path("level").asString() + " ("
                                + source.path("evidence").asString() + ")")
                        .collect(Collectors.joining(", ", ": ", ""));
    }

    private List<String> options(ScarceMemory scarce) {
        List<String> options = new ArrayList<>(scene.serverOptions());
        options.addAll(scarce.serverOptions());
        return options;
    }

    private void fill(int seconds, ServerWatch watch, Audience audience) throws InterruptedException {
        long start = System.nanoTime();
        for (int second = 1; second <= seconds; second++) {
            stop.awaitTime(start + Duration.ofSeconds(second).toNanos());
            watch.requireWhole();
            audience.requireConnected();
            progress.tick(second, watch.server().memory());
        }
    }

    private PressureStep step(ProfiledServer server, ScarceMemory scarce) throws IOException, InterruptedException {
        ProcessBytes before = server.memory();
        long budgetBefore = cacheOf(server).budgetBytes();
        long start = System.nanoTime();
        boolean red = awaitLevel(server, "RED", LONGEST_TO_RED, scarce::squeeze);
        long turned = System.nanoTime();
        List<PressureStep.After> after = new ArrayList<>();
        if (red) {
            for (long millis : MILLIS_AFTER) {
                stop.awaitTime(turned + Duration.ofMillis(millis).toNanos());
                after.add(new PressureStep.After(millis, server.memory(), cacheOf(server)));
            }
        }
        long released = System.nanoTime();
        scarce.release();
        boolean back = red && awaitLevel(server, "GREEN", LONGEST_TO_GREEN, () -> {});
        Optional<Long> toRed = red && scarce.isTimed() ? Optional.of((turned - start) / 1_000_000) : Optional.empty();
        Optional<Long> toGreen =
                back && scarce.isTimed() ? Optional.of((System.nanoTime() - released) / 1_000_000) : Optional.empty();
        Optional<String> problem = problem(server, red, back, budgetBefore, after);
        return new PressureStep(scarce.kind(), scarce.how(), problem.isEmpty(), problem, before, toRed, after, toGreen);
    }

    private static Optional<String> problem(
            ProfiledServer server, boolean red, boolean back, long budgetBefore, List<PressureStep.After> after)
            throws InterruptedException {
        if (!red) {
            return Optional.of("RED did not come within " + LONGEST_TO_RED.toSeconds() + " s, " + levelOf(server));
        }
        Cache cache = after.get(after.size() - 1).cache();
        if (cache.budgetBytes() >= budgetBefore || cache.chargedBytes() > cache.budgetBytes()) {
            return Optional.of("the cache did not give way: it has " + cache.chargedBytes()
                    + " bytes under a budget of " + cache.budgetBytes() + ", which was " + budgetBefore);
        }
        return back
                ? Optional.empty()
                : Optional.of(
                        "GREEN did not come again within " + LONGEST_TO_GREEN.toSeconds() + " s, " + levelOf(server));
    }

    /** What is done while a level is waited for. */
    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private boolean awaitLevel(ProfiledServer server, String level, Duration longest, Work work)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + longest.toNanos();
        while (!server.pressure().path("level").asString().equals(level)) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            work.run();
            stop.pause(GLANCE);
        }
        return true;
    }

    /** What the server says of its cache. */
    static Cache cacheOf(ProfiledServer server) throws InterruptedException {
        JsonNode cache = server.cache();
        return new Cache(
                cache.path("budgetBytes").asLong(),
                cache.path("chargedBytes").asLong(),
                cache.path("residentBytes").asLong(),
                cache.path("frames").asInt());
    }
}
