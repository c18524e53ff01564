package dev.oriel.benchmarks;

import dev.oriel.benchmarks.ChangeLatency.Change;
import dev.oriel.benchmarks.Programs.Program;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** From the screen to the client: how long it takes, and what it costs. */
final class SpineBenchmark implements Benchmark {

    private static final int CHANGES = 150;
    private static final Duration IDLE = Duration.ofSeconds(30);

    @Override
    public String name() {
        return "spine";
    }

    @Override
    public String description() {
        return "change to frame, CPU of a frame and of a typed character, idle CPU, memory at GREEN and RED, start";
    }

    @Override
    public List<Program> programs() {
        return List.of(
                new Program("Xvfb", "xvfb"),
                new Program("xterm", "xterm"),
                new Program("xdotool", "xdotool"),
                new Program("ffmpeg", "ffmpeg"),
                new Program("cjpeg", "libjpeg-turbo-progs"));
    }

    @Override
    public Report run(Workplace workplace) throws IOException, InterruptedException {
        try (VirtualScreen screen = VirtualScreen.start(workplace.children())) {
            Map<String, String> machine = Machine.describe(workplace, screen);
            List<Figure> figures = new ArrayList<>();
            try (OrielServer server = OrielServer.start(workplace, screen.display(), "GREEN")) {
                FullFrames.Cost fullFrame = drawn(workplace, screen, server, figures);
                typedAndStill(workplace, screen, server, fullFrame, figures);
            }
            figures.addAll(MemoryAtLevels.measure(workplace, screen));
            figures.addAll(StartTime.measure(workplace, screen));
            return new Report(name(), machine, figures);
        }
    }

    private static FullFrames.Cost drawn(
            Workplace workplace, VirtualScreen screen, OrielServer server, List<Figure> figures)
            throws IOException, InterruptedException {
        try (Painter painter = new Painter(screen.display())) {
            try (FeedClient client = server.subscribe()) {
                figures.addAll(changes(workplace, painter, client));
            }
            FullFrames.Cost cost = FullFrames.measure(workplace, screen, server, painter);
            figures.add(cost.ours());
            figures.add(cost.ffmpeg());
            figures.add(Figure.ratio(
                    "cpu.fullFrame.ratio", "ours / ffmpeg", cost.ours(), cost.ffmpeg(), "below 1: ours is cheaper"));
            return cost;
        }
    }

    private static List<Figure> changes(Workplace workplace, Painter painter, Spectator spectator)
            throws IOException, InterruptedException {
        Change patch = Change.fill("patch", "200x200 px", painter, ChangeLatency.PATCH);
        Change screen = Change.fill("screen", "full screen", painter, ChangeLatency.SCREEN);
        ChangeLatency latency = new ChangeLatency(spectator);
        workplace.progress().accept("warming up");
        latency.measure(patch, CHANGES);
        latency.measure(screen, CHANGES);
        workplace.progress().accept("change to frame");
        List<Figure> figures = new ArrayList<>();
        figures.addAll(ChangeLatency.figures(patch, latency.measure(patch, CHANGES)));
        figures.addAll(ChangeLatency.figures(screen, latency.measure(screen, CHANGES)));
        return figures;
    }

    private static void typedAndStill(
            Workplace workplace,
            VirtualScreen screen,
            OrielServer server,
            FullFrames.Cost fullFrame,
            List<Figure> figures)
            throws IOException, InterruptedException {
        try (Typing typing = Typing.open(workplace, screen)) {
            try (FeedClient client = server.subscribe()) {
                Figure character = typing.measure("server", server.meter(), client::count);
                figures.add(character);
                figures.add(Figure.ratio(
                        "cpu.character.ratio",
                        "full frame / character",
                        fullFrame.ours(),
                        character,
                        "how far cost follows the change"));
                figures.add(IdleCost.measure(workplace, server, IDLE, "cpu.idle.subscribed", "one subscriber"));
            }
            figures.add(IdleCost.measure(workplace, server, IDLE, "cpu.idle.alone", "no subscriber"));
        }
    }
}
