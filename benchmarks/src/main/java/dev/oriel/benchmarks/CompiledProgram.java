package dev.oriel.benchmarks;

import dev.oriel.benchmarks.Programs.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** One of our programs in C that needs nothing but the C library. */
final class CompiledProgram implements AutoCloseable {

    private static final String SOURCES = "benchmarks/src/main/c";
    private static final Duration LONGEST_COMPILATION = Duration.ofSeconds(60);

    private final Path program;

    private CompiledProgram(Path program) {
        this.program = program;
    }

    /** What it takes to compile one. */
    static List<Program> needs() {
        return List.of(new Program("gcc", "gcc"), new Program("stdio.h", "libc6-dev"));
    }

    /** Compiles one, given by the name of its source without the ending. */
    static CompiledProgram compile(Workplace workplace, String name) throws IOException, InterruptedException {
        Path program = Files.createTempFile("oriel-benchmark", "." + name);
        String source = workplace.root().resolve(SOURCES).resolve(name + ".c").toString();
        workplace
                .children()
                .start("gcc", Map.of(), "gcc", "-O2", "-o", program.toString(), source)
                .awaitSuccess(LONGEST_COMPILATION);
        return new CompiledProgram(program);
    }

    /** What to start. */
    String path() {
        return program.toString();
    }

    /** Removes it. */
    @Override
    public void close() throws IOException {
        Files.delete(program);
    }
}
