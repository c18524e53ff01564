package dev.oriel.gateway;

import dev.oriel.pressure.PressureLevel;
import dev.oriel.pressure.PressureSensor;
import dev.oriel.pressure.PressureSensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Levels at given times, to try things out: a file with a line such as {@code 10 RED} for each, the seconds since the
 * start and the level; of two with the same time the later line comes later. Empty lines and those that begin with {@code #} do not count.
 */
final class PressureScript {

    private record Step(Duration at, PressureLevel level) {

        Mono<PressureLevel> after(Duration before) {
            return Mono.delay(at.minus(before)).thenReturn(level);
        }
    }

    private PressureScript() {}

    /**
     * A sensor that says what the text asks for.
     *
     * @param text a level, or the path of a script
     * @throws SettingsException if it is neither
     */
    static PressureSensor sensor(String text) {
        Optional<PressureLevel> level = PressureLevel.parse(text);
        return level.map(PressureSensors::fixed).orElseGet(() -> PressureSensors.of(levels(steps(text))));
    }

    /** Each at its time, those of the same time in the order of their lines. */
    private static Flux<PressureLevel> levels(List<Step> steps) {
        List<Step> inOrder =
                steps.stream().sorted(Comparator.comparing(Step::at)).toList();
        return Flux.range(0, inOrder.size())
                .concatMap(
                        index -> inOrder.get(index)
                                .after(
                                        index == 0
                                                ? Duration.ZERO
                                                : inOrder.get(index - 1).at()),
                        0)
                .concatWith(Mono.never());
    }

    private static List<Step> steps(String file) {
        try {
            List<Step> steps = new ArrayList<>();
            int number = 0;
            for (String line : Files.readAllLines(Path.of(file))) {
                number++;
                if (!line.isBlank() && !line.strip().startsWith("#")) {
                    steps.add(step(line.strip(), file, number));
                }
            }
            if (steps.isEmpty()) {
                throw wrong(file + " has no line; allowed: lines such as \"10 RED\"");
            }
            return steps;
        } catch (IOException | InvalidPathException e) {
            throw wrong("--pressure is \"" + file
                    + "\"; allowed: GREEN, YELLOW, RED, or a file that can be read with lines such as \"10 RED\"");
        }
    }

    private static SettingsException wrong(String problem) {
        return new SettingsException(List.of(problem));
    }

    private static Step step(String line, String file, int number) {
        String[] words = line.split("\\s+");
        Optional<PressureLevel> level = words.length == 2 ? PressureLevel.parse(words[1]) : Optional.empty();
        if (level.isEmpty() || !words[0].matches("\\d{1,6}(\\.\\d{1,3})?")) {
            throw wrong(file + " line " + number + " is \"" + line
                    + "\"; allowed: seconds and a level, such as \"10 RED\"");
        }
        return new Step(Duration.ofMillis((long) (Double.parseDouble(words[0]) * 1000)), level.get());
    }
}
