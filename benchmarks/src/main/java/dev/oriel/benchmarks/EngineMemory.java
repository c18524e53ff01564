package dev.oriel.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/*
 * What a Java takes by itself differs from run to run by as much as a display takes. So an engine with one display and
 * one with all are given the same work, as many frames in all, and the difference is taken several times.
 */
/**
 * The memory that the engine takes for displays, beside the frames.
 *
 * <p>It is the difference in Pss between an engine with nine displays and one with one, less the difference in what the
 * frame memory holds resident, scaled from eight displays to nine. In it are the threads with their stacks, the connections, the
 * encoders with their buffers, what the engine keeps on the Java heap, and our half of the windows that pixels are read
 * through; the X server has the other half. Not in it is what one display or none takes just as well: the JVM, classes,
 * compiled code and libraries.
 */
final class EngineMemory {

    static final int DISPLAYS = 9;

    private static final int ROUNDS = 3;
    private static final int FRAMES = 20 * DISPLAYS;
    private static final Duration SETTLE = Duration.ofMillis(500);
    private static final String WINDOWS = "memfd:oriel-";
    private static final double MOST_MEGABYTES = 8;
    private static final int MEGABYTE = 1024 * 1024;

    /**
     * Memory of an engine in MiB.
     *
     * @param proportional all of it
     * @param frames in the frame memory
     * @param windows that pixels are read through
     */
    record Sample(double proportional, double frames, double windows) {

        double besideFrames() {
            return proportional - frames;
        }
    }

    private final Workplace workplace;
    private final Fleet fleet;

    private EngineMemory(Workplace workplace, Fleet fleet) {
        this.workplace = workplace;
        this.fleet = fleet;
    }

    /**
     * Measures.
     *
     * @param fleet of at least {@link #DISPLAYS}
     */
    static List<Figure> measure(Workplace workplace, Fleet fleet) throws IOException, InterruptedException {
        EngineMemory memory = new EngineMemory(workplace, fleet);
        List<Double> forAll = new ArrayList<>();
        List<Double> windows = new ArrayList<>();
        for (int round = 1; round <= ROUNDS; round++) {
            workplace.progress().accept("memory of " + DISPLAYS + " displays, round " + round + " of " + ROUNDS);
            Sample one = memory.sample(1);
            Sample all = memory.sample(DISPLAYS);
            forAll.add(forAllDisplays(one, all));
            windows.add(all.windows());
        }
        Samples megabytes = new Samples(forAll);
        String name = "memory of " + DISPLAYS + " displays";
        String rounds =
                String.format(Locale.ROOT, "%d rounds, %.1f to %.1f", ROUNDS, megabytes.percentile(1), megabytes.max());
        return List.of(
                new Figure("memory.displays", name + ", beside frames", megabytes.median(), "MiB", rounds)
                        .atMost(MOST_MEGABYTES),
                new Figure(
                        "memory.windows",
                        name + ", windows in that",
                        new Samples(windows).median(),
                        "MiB",
                        "Pss: the X server has the other half"));
    }

    /** From one display and from all, what all take. */
    static double forAllDisplays(Sample one, Sample all) {
        return (all.besideFrames() - one.besideFrames()) * DISPLAYS / (DISPLAYS - 1);
    }

    private Sample sample(int displays) throws IOException, InterruptedException {
        try (EngineProcess engine =
                EngineProcess.start(workplace, fleet.displays().subList(0, displays))) {
            engine.watch();
            engine.await(displays);
            for (int frame = displays; frame < FRAMES; frame++) {
                fleet.wall(frame % displays).showNext();
                engine.await(frame + 1);
            }
            Thread.sleep(SETTLE.toMillis());
            return new Sample(
                    engine.meter().memory().proportionalMegabytes(),
                    (double) engine.counters().of("frameMemoryBytes") / MEGABYTE,
                    engine.meter().memory(WINDOWS).proportionalMegabytes());
        }
    }
}
