package dev.oriel.benchmarks;

import dev.oriel.benchmarks.Programs.Program;
import dev.oriel.benchmarks.simulator.Session;
import dev.oriel.benchmarks.simulator.SessionFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Records anew what the cache benchmark plays, and puts it into the source tree. */
final class SessionsBenchmark implements Benchmark {

    private static final double KIBIBYTE = 1024;

    @Override
    public String name() {
        return "sessions";
    }

    @Override
    public String description() {
        return "records anew the screens that the cache benchmark plays, into benchmarks/src/main/resources";
    }

    @Override
    public List<Program> programs() {
        return List.of(
                new Program("Xvfb", "xvfb"),
                new Program("xterm", "xterm"),
                new Program("xdotool", "xdotool"),
                new Program("less", "less"),
                new Program("awk", "mawk"),
                new Program("cjpeg", "libjpeg-turbo-progs"));
    }

    @Override
    public Report run(Workplace workplace) throws IOException, InterruptedException {
        List<Session> sessions = Sessions.record(workplace);
        Path file = Sessions.file(workplace);
        Files.createDirectories(file.getParent());
        try (OutputStream target = Files.newOutputStream(file)) {
            SessionFile.write(sessions, target);
        }
        List<Figure> figures = new ArrayList<>();
        figures.add(new Figure("sessions.bytes", "the file", Files.size(file) / KIBIBYTE, "KiB", file.toString()));
        for (Session session : sessions) {
            double stored = 0;
            for (int bytes : session.bytes()) {
                stored += bytes;
            }
            figures.add(new Figure(
                    "sessions." + session.name(),
                    session.name() + ", different stripes",
                    stored / KIBIBYTE,
                    "KiB",
                    session.changes().size() + " pictures in " + session.millis() / 1000 + " s, two qualities"));
        }
        try (VirtualScreen screen = VirtualScreen.start(workplace.children())) {
            return new Report(name(), Machine.describe(workplace, screen), figures);
        }
    }
}
