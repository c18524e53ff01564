package dev.oriel.benchmarks;

import java.io.IOException;
import java.util.List;

/** Something that can be measured, under a name. */
interface Benchmark {

    /** What it is called on the command line. */
    String name();

    /** What it measures, in one line. */
    String description();

    /** What of it can be measured alone, in the order in which it is measured; empty if it is one thing. */
    default List<String> parts() {
        return List.of();
    }

    /**
     * The same, but for what else it measures.
     *
     * @param parts some of its {@link #parts()}
     */
    default Benchmark limitedTo(List<String> parts) {
        throw new IllegalArgumentException(name() + " has no parts");
    }

    /** What it starts besides Oriel. */
    List<Programs.Program> programs();

    /**
     * Measures.
     *
     * @throws BenchmarkFailedException if a figure cannot be had
     */
    Report run(Workplace workplace) throws IOException, InterruptedException;
}
