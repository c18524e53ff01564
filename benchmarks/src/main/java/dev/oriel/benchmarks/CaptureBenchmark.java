package dev.oriel.benchmarks;

import dev.oriel.benchmarks.ChangeLatency.Change;
import dev.oriel.benchmarks.Programs.Program;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The engine alone: what a frame costs beside programs that do the same, how soon it is there, and what rest costs. */
final class CaptureBenchmark implements Benchmark {

    private static final int IDLE_DISPLAYS = 16;
    private static final int WARM_UP_CHANGES = 200;
    private static final int CHANGES = 150;
    private static final double MOST_MILLIS_OF_PATCH = 2;
    private static final double MOST_MILLIS_OF_SCREEN = 9;
    private static final double MOST_OF_FULL_FRAME = 0.05;

    @Override
    public String name() {
        return "capture";
    }

    @Override
    public String description() {
        return "the engine alone: CPU of a frame beside ffmpeg and C, change to frame, a film; 16 idle displays; memory";
    }

    @Override
    public List<Program> programs() {
        List<Program> programs = new ArrayList<>(List.of(
                new Program("Xvfb", "xvfb"),
                new Program("xterm", "xterm"),
                new Program("xdotool", "xdotool"),
                new Program("ffmpeg", "ffmpeg"),
                new Program("cjpeg", "libjpeg-turbo-progs")));
        programs.addAll(GrabProgram.needs());
        return programs;
    }

    @Override
    public Report run(Workplace workplace) throws IOException, InterruptedException {
        Map<String, String> machine;
        List<Figure> figures = new ArrayList<>();
        try (VirtualScreen screen = VirtualScreen.start(workplace.children());
                EngineProcess engine = EngineProcess.start(workplace, List.of(screen.display()))) {
            machine = Machine.describe(workplace, screen);
            List<Figure> fullFrames = FullFrameRounds.measure(workplace, screen, engine);
            figures.addAll(fullFrames);
            engine.watch();
            List<Figure> drawn = drawn(workplace, screen, engine);
            figures.addAll(typed(workplace, screen, engine, fullFrames.get(0)));
            figures.addAll(drawn);
        }
        try (Fleet fleet = Fleet.start(workplace.children(), IDLE_DISPLAYS)) {
            figures.addAll(IdleFleet.measure(workplace, fleet));
            figures.addAll(EngineMemory.measure(workplace, fleet));
        }
        return new Report(name(), machine, figures);
    }

    private static List<Figure> drawn(Workplace workplace, VirtualScreen screen, EngineProcess engine)
            throws IOException, InterruptedException {
        try (Painter painter = new Painter(screen.display())) {
            List<Figure> figures = new ArrayList<>(changes(workplace, painter, new EngineSpectator(engine)));
            figures.addAll(Film.measure(workplace, painter, engine));
            return figures;
        }
    }

    private static List<Figure> changes(Workplace workplace, Painter painter, Spectator spectator)
            throws IOException, InterruptedException {
        workplace.progress().accept("change to frame");
        Wall wall = new Wall(painter, Wall.windows());
        Change picture = Change.picture("screen", "full screen of text", wall);
        Change patch = Change.fill("patch", "200x200 px", painter, ChangeLatency.PATCH);
        ChangeLatency latency = new ChangeLatency(spectator);
        latency.measure(picture, WARM_UP_CHANGES);
        latency.measure(patch, WARM_UP_CHANGES);
        List<Figure> small = ChangeLatency.figures(patch, latency.measure(patch, CHANGES));
        List<Figure> full = ChangeLatency.figures(picture, latency.measure(picture, CHANGES));
        return List.of(
                small.get(0).atMost(MOST_MILLIS_OF_PATCH),
                small.get(1),
                full.get(0).atMost(MOST_MILLIS_OF_SCREEN),
                full.get(1));
    }

    private static List<Figure> typed(Workplace workplace, VirtualScreen screen, EngineProcess engine, Figure fullFrame)
            throws IOException, InterruptedException {
        try (Typing typing = Typing.open(workplace, screen)) {
            Figure character = typing.measure("engine", engine.meter(), engine::count);
            return List.of(
                    character,
                    Figure.ratio("cpu.character.ratio", "character / full frame", character, fullFrame, "")
                            .atMost(MOST_OF_FULL_FRAME));
        }
    }
}
