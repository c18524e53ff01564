package dev.oriel.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/*
 * Each round has pictures of its own, which the three programs are shown one after the other, each picture once: nobody
 * can answer with something kept from a picture seen before. While the others work, our engine rests and sees nothing.
 * All are shown pictures at the same pace, so that their caches are equally cold.
 */
/**
 * The CPU time of a frame in which everything changed, each program in turn: our engine, a C program that does nothing
 * but read and encode, and ffmpeg. What the display does for them counts for none.
 */
final class FullFrameRounds {

    private static final int WARM_UP_FRAMES = 400;
    private static final int ROUNDS = 3;
    private static final int PICTURES = 24;
    private static final Duration INTERVAL = Duration.ofMillis(1000 / Ffmpeg.FRAMES_A_SECOND);

    private static final double MOST_OF_FFMPEG = 0.25;
    private static final double MOST_OF_C = 1.3;

    private final Workplace workplace;
    private final VirtualScreen screen;
    private final EngineProcess engine;
    private final List<Double> ours = new ArrayList<>();
    private final List<Double> grabs = new ArrayList<>();
    private final List<Double> ffmpegs = new ArrayList<>();
    private Counters done = new Counters(Map.of());
    private long grabbedBytes;

    private FullFrameRounds(Workplace workplace, VirtualScreen screen, EngineProcess engine) {
        this.workplace = workplace;
        this.screen = screen;
        this.engine = engine;
    }

    /**
     * Measures. The engine rests before and after.
     *
     * @return our own figure first
     */
    static List<Figure> measure(Workplace workplace, VirtualScreen screen, EngineProcess engine)
            throws IOException, InterruptedException {
        FullFrameRounds rounds = new FullFrameRounds(workplace, screen, engine);
        workplace.progress().accept("warming up");
        rounds.warmUp();
        try (GrabProgram grab = GrabProgram.start(workplace, screen)) {
            for (int round = 1; round <= ROUNDS; round++) {
                workplace.progress().accept("CPU of a full frame, round " + round + " of " + ROUNDS);
                rounds.run(round, grab);
            }
        }
        return rounds.figures();
    }

    private void warmUp() throws InterruptedException {
        try (Painter painter = new Painter(screen.display())) {
            Wall wall = new Wall(painter, Wall.windows());
            watch();
            for (int frame = 0; frame < WARM_UP_FRAMES; frame++) {
                long next = engine.count() + 1;
                wall.showNext();
                engine.await(next);
            }
            engine.rest();
        }
    }

    private void watch() throws InterruptedException {
        long next = engine.count() + 1;
        engine.watch();
        engine.await(next);
    }

    private void run(int round, GrabProgram grab) throws IOException, InterruptedException {
        try (Painter painter = new Painter(screen.display())) {
            int[] pictures = new int[PICTURES];
            for (int index = 0; index < PICTURES; index++) {
                pictures[index] = painter.keep(
                        Pictures.windows(1 + round * PICTURES + index, VirtualScreen.WIDTH, VirtualScreen.HEIGHT));
            }
            ours.add(ours(painter, pictures));
            grabs.add(grabbed(grab, painter, pictures));
            ffmpegs.add(ffmpeg(painter, pictures));
        }
    }

    private double ours(Painter painter, int[] pictures) throws InterruptedException {
        watch();
        Counters before = engine.counters();
        double cpu = engine.meter().cpuMillis();
        for (int picture : pictures) {
            painter.show(picture);
            Thread.sleep(INTERVAL.toMillis());
        }
        cpu = engine.meter().cpuMillis() - cpu;
        done = engine.counters().since(before);
        engine.rest();
        if (done.of("emitted") < pictures.length) {
            throw new BenchmarkFailedException(
                    "of " + pictures.length + " pictures the engine made only " + done.of("emitted") + " frames");
        }
        return cpu / pictures.length;
    }

    private double grabbed(GrabProgram grab, Painter painter, int[] pictures) throws InterruptedException {
        grab.grab();
        grabbedBytes = 0;
        double cpu = grab.meter().cpuMillis();
        for (int picture : pictures) {
            painter.show(picture);
            painter.sync();
            grabbedBytes += grab.grab();
            Thread.sleep(INTERVAL.toMillis());
        }
        return (grab.meter().cpuMillis() - cpu) / pictures.length;
    }

    /*
     * It looks at its own pace, so it may see a picture twice or not at all; what it counts are frames. The count begins
     * after the first, so the start does not count.
     */
    private double ffmpeg(Painter painter, int[] pictures) throws IOException, InterruptedException {
        try (Ffmpeg ffmpeg = Ffmpeg.start(workplace, screen)) {
            long first = ffmpeg.awaitCount();
            while (first == 0) {
                first = ffmpeg.awaitCount();
            }
            double cpu = ffmpeg.meter().cpuMillis();
            for (int picture : pictures) {
                painter.show(picture);
                Thread.sleep(INTERVAL.toMillis());
            }
            long last = ffmpeg.awaitCount();
            return (ffmpeg.meter().cpuMillis() - cpu) / (last - first);
        }
    }

    private List<Figure> figures() {
        String perFrame = done.of("jpegBytes") / done.of("emitted") / 1024 + " KiB a frame, "
                + done.of("stripesEncoded") / PICTURES + " stripes a picture";
        Figure engineAlone = figure("engine", "engine alone", ours, perFrame);
        Figure c = figure("c", "C program", grabs, grabbedBytes / PICTURES / 1024 + " KiB a frame, in one call");
        Figure ffmpeg = figure("ffmpeg", "ffmpeg", ffmpegs, "one thread, -q:v 3");
        return List.of(
                engineAlone,
                c,
                ffmpeg,
                Figure.ratio("cpu.fullFrame.toFfmpeg", "engine / ffmpeg", engineAlone, ffmpeg, "")
                        .atMost(MOST_OF_FFMPEG),
                Figure.ratio("cpu.fullFrame.toC", "engine / C program", engineAlone, c, "")
                        .atMost(MOST_OF_C));
    }

    private static Figure figure(String id, String who, List<Double> rounds, String detail) {
        Samples millis = new Samples(rounds);
        String how = String.format(
                Locale.ROOT,
                "%d rounds of %d new pictures, %.1f to %.1f; %s",
                ROUNDS,
                PICTURES,
                millis.percentile(1),
                millis.max(),
                detail);
        return new Figure("cpu.fullFrame." + id, "CPU of a full frame, " + who, millis.median(), "ms", how);
    }
}
