package dev.oriel.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;

/** The C program {@code hog.c}, which takes memory at a steady pace and is hardly larger than what it takes. */
final class HogProgram implements AutoCloseable {

    /** What it says before it takes the first page. */
    static final Pattern TAKING = Pattern.compile("^taking$");

    /** What it says when it has all, with the microseconds that this took. It says nothing if it is killed before. */
    static final Pattern TAKEN = Pattern.compile("^taken (\\d+)$");

    private final Workplace workplace;
    private final CompiledProgram program;

    private HogProgram(Workplace workplace, CompiledProgram program) {
        this.workplace = workplace;
        this.program = program;
    }

    static HogProgram compile(Workplace workplace) throws IOException, InterruptedException {
        return new HogProgram(workplace, CompiledProgram.compile(workplace, "hog"));
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
                                program.path(),
                                Integer.toString(megabytes),
                                Integer.toString(megabytesPerSecond),
                                Long.toString(hold.toSeconds())));
    }

    /** Removes the compiled program. */
    @Override
    public void close() throws IOException {
        program.close();
    }
}
