package dev.oriel.benchmarks;

import dev.oriel.benchmarks.Programs.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The C program {@code hog.c}, which takes memory at a steady pace and is hardly larger than what it takes. */
final class HogProgram implements AutoCloseable {

    /** What it says before it takes the first page. */
    static final Pattern TAKING = Pattern.compile("^taking$");

    /** What it says when it has all, with the microseconds that this took. It says nothing if it is killed before. */
    static final Pattern TAKEN = Pattern.compile("^taken (\\d+)$");

    private static final String SOURCE = "benchmarks/src/main/c/hog.c";
    private static final Duration LONGEST_COMPILATION = Duration.ofSeconds(60);

    private final Workplace workplace;
    private final Path program;

    private HogProgram(Workplace workplace, Path program) {
        this.workplace = workplace;
        this.program = program;
    }

    /** What it takes to compile it. */
    static List<Program> needs() {
        return List.of(new Program("gcc", "gcc"), new Program("stdio.h", "libc6-dev"));
    }

    static HogProgram compile(Workplace workplace) throws IOException, InterruptedException {
        Path program = Files.createTempFile("oriel-benchmark", ".hog");
        String source = workplace.root().resolve(SOURCE).toString();
        workplace
                .children()
                .start("gcc", Map.of(), "gcc", "-O2", "-o", program.toString(), source)
                .awaitSuccess(LONGEST_COMPILATION);
        return new HogProgram(workplace, program);
    }

    /**
     * Starts it in a group.
     *
     * @param hold how long it keeps all, in whole seconds
     */
    Child start(MemoryGroup group, int megabytes, int megabytesPerSecond, Duration hold) throws IOException {
        return workplace
                .children()
                .start(
                        "hog",
                        Map.of(),
                        group.inside(
                                program.toString(),
                                Integer.toString(megabytes),
                                Integer.toString(megabytesPerSecond),
                                Long.toString(hold.toSeconds())));
    }

    /** Removes the compiled program. */
    @Override
    public void close() throws IOException {
        Files.delete(program);
    }
}
