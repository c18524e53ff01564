package dev.oriel.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The command line of the benchmarks: a name, which parts of it, and where the report goes as JSON besides. */
public final class Main {

    static final int OK = 0;
    static final int FAILED = 1;
    static final int WRONG_USAGE = 2;

    private static final List<Benchmark> BENCHMARKS = List.of(
            new SpineBenchmark(),
            new CaptureBenchmark(),
            new CacheBenchmark(),
            new AnalysisBenchmark(),
            new SessionsBenchmark(),
            new SurvivalBenchmark(),
            new PressureBenchmark());

    private static final String JSON = "--json";

    private Main() {}

    /**
     * Runs a benchmark and ends the process: status 0 is success, 1 a failure at work, 2 a wrong command line. Without
     * arguments the benchmarks are listed.
     *
     * @param arguments {@code NAME [PART...] [--json FILE]}
     */
    public static void main(String[] arguments) {
        Path root = Path.of(System.getProperty("oriel.root", "."));
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        PrintStream error = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(List.of(arguments), root, System.getenv().getOrDefault("PATH", ""), out, error));
    }

    static int run(List<String> arguments, Path root, String searchPath, PrintStream out, PrintStream error) {
        if (arguments.isEmpty()) {
            BENCHMARKS.forEach(benchmark -> out.println(benchmark.name() + "  " + benchmark.description()));
            return OK;
        }
        Optional<Benchmark> named = BENCHMARKS.stream()
                .filter(benchmark -> benchmark.name().equals(arguments.get(0)))
                .findFirst();
        if (named.isEmpty()) {
            error.println("there is no benchmark \"" + arguments.get(0) + "\"; allowed: " + names());
            return WRONG_USAGE;
        }
        List<String> words = arguments.subList(1, arguments.size());
        List<String> parts =
                words.stream().takeWhile(word -> !word.startsWith("-")).toList();
        List<String> options = words.subList(parts.size(), words.size());
        if (!named.get().parts().containsAll(parts)) {
            error.println(unknownParts(named.get(), parts));
            return WRONG_USAGE;
        }
        if (!options.isEmpty() && (options.size() != 2 || !options.get(0).equals(JSON))) {
            error.println("\"" + String.join(" ", options) + "\" is not understood; allowed: " + JSON + " FILE");
            return WRONG_USAGE;
        }
        Benchmark chosen = parts.isEmpty() ? named.get() : named.get().limitedTo(parts);
        try {
            new Programs(searchPath).require(chosen.programs());
            Report report = measure(chosen, root, error);
            out.print(report.text());
            if (!options.isEmpty()) {
                Files.writeString(Path.of(options.get(1)), report.json());
            }
            return OK;
        } catch (BenchmarkFailedException | IOException e) {
            error.println(chosen.name() + " failed: " + (e.getMessage() == null ? e : e.getMessage()));
            return FAILED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return FAILED;
        }
    }

    private static Report measure(Benchmark benchmark, Path root, PrintStream error)
            throws IOException, InterruptedException {
        try (Children children = new Children()) {
            Runtime.getRuntime().addShutdownHook(new Thread(children::close, "children-end"));
            return benchmark.run(new Workplace(root.toAbsolutePath(), children, error::println));
        }
    }

    private static String names() {
        return BENCHMARKS.stream().map(Benchmark::name).collect(Collectors.joining(", "));
    }

    private static String unknownParts(Benchmark benchmark, List<String> parts) {
        String unknown = parts.stream()
                .filter(part -> !benchmark.parts().contains(part))
                .map(part -> "\"" + part + "\"")
                .collect(Collectors.joining(", "));
        String allowed = benchmark.parts().isEmpty()
                ? "it is measured as a whole"
                : "allowed: " + String.join(", ", benchmark.parts());
        return benchmark.name() + " has no part " + unknown + "; " + allowed;
    }
}
