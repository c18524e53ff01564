package dev.oriel.benchmarks;

import java.io.IOException;
import java.util.List;

/** Something that can be measured, under a name. */
interface Benchmark {

    /** What it is called on the command line. */
    String name();

    /** What it measures, in one line. */
    String description();

    /** What it starts besides Oriel. */
    List<Programs.Program> programs();

    /**
     * Measures.
     *
     * @throws BenchmarkFailedException if a figure cannot be had
     */
    Report run(Workplace workplace) throws IOException, InterruptedException;
}
