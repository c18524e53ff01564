package dev.oriel.benchmarks;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The frame cache and nothing else, as a program of its own. The arguments say what is measured of it; the last line on
 * standard output is {@code result} with numbers, as {@code name=number}.
 */
public final class CacheProbe {

    private CacheProbe() {}

    /**
     * Measures once.
     *
     * @param arguments {@code overshoot}, {@code residency}, {@code resize FRAMES|TYPING ROUNDS} or {@code latest WRITERS}
     * @throws Exception if it cannot be measured
     */
    public static void main(String[] arguments) throws Exception {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Map<String, Long> result = measure(List.of(arguments));
        out.println("result "
                + result.entrySet().stream()
                        .map(number -> number.getKey() + "=" + number.getValue())
                        .collect(Collectors.joining(" ")));
    }

    private static Map<String, Long> measure(List<String> arguments) throws Exception {
        return switch (arguments.get(0)) {
            case "overshoot" -> new OvershootProbe().measure();
            case "residency" -> new ResidencyProbe().measure();
            case "resize" ->
                new ResizeProbe(ResizeProbe.Content.valueOf(arguments.get(1)), Integer.parseInt(arguments.get(2)))
                        .measure();
            case "latest" -> new LatestProbe(Integer.parseInt(arguments.get(1))).measure();
            default -> throw new IllegalArgumentException("what is " + arguments + "?");
        };
    }
}
