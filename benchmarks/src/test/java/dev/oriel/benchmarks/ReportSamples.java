package dev.oriel.benchmarks;

import dev.oriel.benchmarks.MemoryProfileReport.Accuracy;
import dev.oriel.benchmarks.MemoryProfileReport.Cache;
import dev.oriel.benchmarks.MemoryProfileReport.ComparedPicture;
import dev.oriel.benchmarks.MemoryProfileReport.Feed;
import dev.oriel.benchmarks.MemoryProfileReport.LeftOutPicture;
import dev.oriel.benchmarks.MemoryProfileReport.Level;
import dev.oriel.benchmarks.MemoryProfileReport.Phase;
import dev.oriel.benchmarks.MemoryProfileReport.PressureStep;
import dev.oriel.benchmarks.MemoryProfileReport.Sample;
import dev.oriel.benchmarks.MemoryProfileReport.SemanticCache;
import dev.oriel.benchmarks.MemoryProfileReport.Setup;
import dev.oriel.pressure.PressureLevel;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Profiles that were not measured. */
final class ReportSamples {

    static final long MEGABYTE = 1024 * 1024;

    private ReportSamples() {}

    static ProcessBytes megabytes(long resident) {
        return new ProcessBytes(resident * MEGABYTE, (resident - 10) * MEGABYTE);
    }

    /** A phase of the server alone that had these megabytes resident, second by second. */
    static Phase phase(String name, long... resident) {
        PhaseLog log = new PhaseLog(name);
        for (int second = 0; second < resident.length; second++) {
            log.add(new Sample(second, megabytes(resident[second]), Optional.empty()));
        }
        log.cache(new Cache(500 * MEGABYTE, 400 * MEGABYTE, 410 * MEGABYTE, 90));
        log.feed(new Feed(12, 3400, 2));
        log.complete();
        return log.phase().orElseThrow();
    }

    /** A phase with an agent. */
    static Phase phaseWithAgent(long server, long agent) {
        PhaseLog log = new PhaseLog("semanticCache");
        log.add(new Sample(5, megabytes(server), Optional.of(megabytes(agent))));
        log.add(new Sample(6, megabytes(server), Optional.of(megabytes(agent + 1))));
        log.semanticCache(new SemanticCache(62 * MEGABYTE, 61 * MEGABYTE, 300, 420, 80, 20, 20, 300));
        log.complete();
        return log.phase().orElseThrow();
    }

    static PressureStep step(boolean passed, long residentAfter) {
        Cache cache = new Cache(50 * MEGABYTE, 49 * MEGABYTE, 49 * MEGABYTE, 9);
        return new PressureStep(
                "cgroup",
                "a group of <1536> MB & a hog",
                passed,
                passed ? Optional.empty() : Optional.of("the level did not turn RED within 30 s"),
                megabytes(500),
                Optional.of(700L),
                List.of(
                        new PressureStep.After(0, megabytes(300), cache),
                        new PressureStep.After(2000, megabytes(residentAfter), cache)),
                Optional.of(5000L));
    }

    static Accuracy accuracy(boolean equal) {
        return new Accuracy(
                "compared",
                8,
                equal,
                List.of(new ComparedPicture(
                        "x11-1", "optimized", 1920, 1080, equal, Optional.of(2.5), Optional.of(32.0))),
                List.of(new LeftOutPicture("x11-2", "it is stale")));
    }

    /** A whole report. */
    static MemoryProfileReport complete() {
        List<Level> levels = List.of(new Level(
                PressureLevel.GREEN,
                List.of(phase("baseline", 70, 80), phase("vision", 90, 500, 480), phaseWithAgent(510, 150)),
                Optional.of(accuracy(true))));
        return report(levels, Optional.of(step(true, 90)), Optional.empty());
    }

    /** A report that ended in its first phase. */
    static MemoryProfileReport cutShort() {
        PhaseLog log = new PhaseLog("baseline");
        log.add(new Sample(0, megabytes(70), Optional.empty()));
        List<Level> levels =
                List.of(new Level(PressureLevel.RED, List.of(log.phase().orElseThrow()), Optional.empty()));
        return report(levels, Optional.empty(), Optional.of("display :7 is gone"));
    }

    private static MemoryProfileReport report(
            List<Level> levels, Optional<PressureStep> step, Optional<String> problem) {
        return new MemoryProfileReport(
                MemoryProfileReport.FORMAT,
                Instant.EPOCH,
                Instant.EPOCH.plusSeconds(60),
                problem.isEmpty(),
                problem,
                problem.isEmpty(),
                Map.of("cpu", "a <fast> one"),
                new Setup(
                        2,
                        levels.stream().map(Level::level).toList(),
                        Audience.SUBSCRIBERS,
                        "own displays",
                        List.of(":1", ":2")),
                levels,
                step,
                ProfileTargets.validate(levels, step));
    }
}
