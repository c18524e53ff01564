package dev.oriel.benchmarks;

import dev.oriel.benchmarks.MemoryProfileReport.Level;
import dev.oriel.benchmarks.MemoryProfileReport.Phase;
import dev.oriel.benchmarks.MemoryProfileReport.PressureStep;
import dev.oriel.benchmarks.MemoryProfileReport.Target;
import dev.oriel.pressure.PressureLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What memory may be taken. The limits of a level are for the process of the server, and its peak counts. The limit for
 * all together is for server and agent, in which pages that both use count once, as there would be one process without us.
 */
enum ProfileTargets {
    /** What the system that was replaced promised. */
    SEED("seed", 800, 400, 100),
    /** What Oriel promises. */
    ORIEL("oriel", 600, 300, 100);

    private static final long MEGABYTE = 1024 * 1024;

    /** How soon after a step the process has to be that small. */
    static final long MILLIS_AFTER_STEP = 2000;

    private final String label;
    private final long greenMegabytes;
    private final long yellowMegabytes;
    private final long redMegabytes;

    ProfileTargets(String label, long greenMegabytes, long yellowMegabytes, long redMegabytes) {
        this.label = label;
        this.greenMegabytes = greenMegabytes;
        this.yellowMegabytes = yellowMegabytes;
        this.redMegabytes = redMegabytes;
    }

    String label() {
        return label;
    }

    long limitBytes(PressureLevel level) {
        return MEGABYTE
                * switch (level) {
                    case GREEN -> greenMegabytes;
                    case YELLOW -> yellowMegabytes;
                    case RED -> redMegabytes;
                };
    }

    /** Holds what was measured against all targets that it says something about. */
    static List<Target> validate(List<Level> levels, Optional<PressureStep> step) {
        List<Target> targets = new ArrayList<>();
        for (Level level : levels) {
            long peak = level.phases().stream()
                    .mapToLong(phase -> phase.server().resident().peakBytes())
                    .max()
                    .orElse(0);
            for (ProfileTargets set : values()) {
                if (peak > 0) {
                    targets.add(set.target(level.level(), "peak RSS of the server", peak));
                }
            }
        }
        levels.stream()
                .flatMap(level -> level.phases().stream())
                .map(Phase::total)
                .flatMap(Optional::stream)
                .mapToLong(total -> total.proportional().peakBytes())
                .max()
                .ifPresent(peak -> {
                    long limit = SEED.limitBytes(PressureLevel.GREEN);
                    targets.add(new Target(
                            SEED.label,
                            Optional.empty(),
                            "peak PSS of server and agent together",
                            limit,
                            peak,
                            peak <= limit));
                });
        step.flatMap(ProfileTargets::lastInTime)
                .ifPresent(after -> targets.add(ORIEL.target(
                        PressureLevel.RED,
                        "RSS of the server " + after.millis() + " ms after GREEN turned RED",
                        after.server().residentBytes())));
        return targets;
    }

    private static Optional<PressureStep.After> lastInTime(PressureStep step) {
        return step.after().stream()
                .filter(after -> after.millis() <= MILLIS_AFTER_STEP)
                .reduce((one, later) -> later);
    }

    private Target target(PressureLevel level, String what, long measured) {
        long limit = limitBytes(level);
        return new Target(label, Optional.of(level), what, limit, measured, measured <= limit);
    }
}
