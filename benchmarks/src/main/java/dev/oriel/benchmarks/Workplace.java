package dev.oriel.benchmarks;

import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * What a benchmark works with.
 *
 * @param root the folder in which {@code oriel} lies
 * @param children starts programs, and ends them whatever happens
 * @param progress is told what is being measured
 */
record Workplace(Path root, Children children, Consumer<String> progress) {}
