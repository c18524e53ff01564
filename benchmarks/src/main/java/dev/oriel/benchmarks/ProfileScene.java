package dev.oriel.benchmarks;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a profiled server looks at.
 *
 * @param kind displays of our own, displays that are there, or the demo
 * @param displays as in {@code $DISPLAY}, each; none for the demo
 * @param serverOptions that make the server look at it
 * @param moving the displays of our own
 * @param altered why pictures may differ from the screen on purpose; empty if they do not
 */
record ProfileScene(
        Kind kind,
        List<String> displays,
        List<String> serverOptions,
        Optional<MovingDisplays> moving,
        Optional<String> altered)
        implements AutoCloseable {

    /** Where the pictures come from. */
    enum Kind {
        OWN_DISPLAYS("own displays"),
        DISPLAYS("displays"),
        DEMO("demo");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }

    private static final List<Programs.Program> DISPLAY_SERVER = List.of(new Programs.Program("Xvfb", "xvfb"));

    /**
     * Opens what was asked for.
     *
     * @param own how many displays to start; empty for what is there
     * @throws BenchmarkFailedException if displays are to be started and there is no program for it
     */
    static ProfileScene open(Children children, Map<String, String> environment, OptionalInt own)
            throws IOException, InterruptedException {
        Optional<String> altered = List.of("ORIEL_REDACT", "ORIEL_POINTER").stream()
                .filter(name -> !List.of("", "false")
                        .contains(environment.getOrDefault(name, "").strip().toLowerCase(Locale.ROOT)))
                .map(name -> name + " is set, so that pictures differ from the screen on purpose")
                .findFirst();
        if (own.isPresent()) {
            new Programs(environment.getOrDefault("PATH", "")).require(DISPLAY_SERVER);
            MovingDisplays moving = MovingDisplays.start(children, own.getAsInt());
            List<String> options =
                    List.of("--oriel-source", "x11", "--oriel-displays", String.join(",", moving.names()));
            return new ProfileScene(Kind.OWN_DISPLAYS, moving.names(), options, Optional.of(moving), altered);
        }
        List<String> there = displaysThere(environment);
        Kind kind = there.isEmpty() ? Kind.DEMO : Kind.DISPLAYS;
        return new ProfileScene(kind, there, List.of(), Optional.empty(), altered);
    }

    /** As the server chooses. */
    private static List<String> displaysThere(Map<String, String> environment) {
        if (environment
                .getOrDefault("ORIEL_SOURCE", "")
                .strip()
                .toLowerCase(Locale.ROOT)
                .equals("demo")) {
            return List.of();
        }
        String named = environment.getOrDefault("ORIEL_DISPLAYS", "");
        String names = named.isBlank() ? environment.getOrDefault("DISPLAY", "") : named;
        return Arrays.stream(names.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    /** In words. */
    String description() {
        return switch (kind) {
            case OWN_DISPLAYS -> displays.size() + " displays of its own";
            case DISPLAYS -> "the displays " + String.join(", ", displays);
            case DEMO -> "the demo, as there is no display";
        };
    }

    /** The display that a space lies on, by the space's id. */
    Optional<String> displayOf(String space) {
        return displays.stream()
                .filter(display -> space.equals(spaceOf(display)) || space.startsWith(spaceOf(display) + "-"))
                .findFirst();
    }

    private static String spaceOf(String display) {
        return "x11-" + display.replaceFirst("\\.0$", "").replaceFirst("^:", "").replaceAll("[^A-Za-z0-9.-]", "_");
    }

    /** Displays of our own begin to change; others do as they like. */
    void move() {
        moving.ifPresent(MovingDisplays::move);
    }

    /** Displays of our own stand still once this returns. */
    void hold() throws InterruptedException {
        if (moving.isPresent()) {
            moving.get().hold();
        }
    }

    /**
     * Checks that the displays of our own are there.
     *
     * @throws BenchmarkFailedException with the name of one that is gone
     */
    void requireWhole() {
        moving.flatMap(MovingDisplays::failure).ifPresent(failure -> {
            throw new BenchmarkFailedException(failure);
        });
    }

    @Override
    public void close() {
        moving.ifPresent(MovingDisplays::close);
    }
}
