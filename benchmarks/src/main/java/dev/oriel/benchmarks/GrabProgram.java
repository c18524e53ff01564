package dev.oriel.benchmarks;

import dev.oriel.benchmarks.Programs.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The C program {@code grab.c}, which does the least that turns a whole screen into a JPEG. */
final class GrabProgram implements AutoCloseable {

    private static final String SOURCE = "benchmarks/src/main/c/grab.c";
    private static final Duration LONGEST_COMPILATION = Duration.ofSeconds(60);
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(5);
    private static final Pattern READY = Pattern.compile("^ready$");
    private static final Pattern SIZE = Pattern.compile("^(\\d+)$");

    private final Child child;

    private GrabProgram(Child child) {
        this.child = child;
    }

    /** What it takes to compile it. */
    static List<Program> needs() {
        return List.of(
                new Program("gcc", "gcc"),
                new Program("stdio.h", "libc6-dev"),
                new Program("X11/Xlib.h", "libx11-dev"),
                new Program("X11/extensions/XShm.h", "libxext-dev"),
                new Program("turbojpeg.h", "libturbojpeg0-dev"));
    }

    /** Compiles and starts it; the file is gone when it runs. */
    static GrabProgram start(Workplace workplace, VirtualScreen screen) throws IOException, InterruptedException {
        Path source = workplace.root().resolve(SOURCE);
        Path program = Files.createTempFile("oriel-benchmark", ".grab");
        try {
            workplace
                    .children()
                    .start(
                            "gcc",
                            Map.of(),
                            "gcc",
                            "-O2",
                            "-o",
                            program.toString(),
                            source.toString(),
                            "-lX11",
                            "-lXext",
                            "-lturbojpeg")
                    .awaitSuccess(LONGEST_COMPILATION);
            Child child = workplace.children().start("grab", Map.of(), program.toString(), screen.display());
            child.awaitLine(READY, LONGEST_ANSWER);
            return new GrabProgram(child);
        } finally {
            Files.delete(program);
        }
    }

    ProcessMeter meter() {
        return new ProcessMeter(child.pid());
    }

    /** Makes a JPEG of the screen; returns its size in bytes. */
    long grab() throws InterruptedException {
        child.tell("");
        return Long.parseLong(child.awaitText(SIZE, LONGEST_ANSWER));
    }

    @Override
    public void close() {
        child.close();
    }
}
