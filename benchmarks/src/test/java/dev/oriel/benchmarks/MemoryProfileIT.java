package dev.oriel.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code ./oriel profile} as a user starts it, on displays of its own. */
class MemoryProfileIT {

    private static final Duration LONGEST = Duration.ofSeconds(150);
    private static final Duration LONGEST_END = Duration.ofSeconds(20);
    private static final Duration GLANCE = Duration.ofMillis(100);

    @TempDir
    private Path folder;

    private Process process;
    private Path out;
    private Path error;

    @BeforeEach
    void nameOutputs() {
        out = folder.resolve("out.txt");
        error = folder.resolve("error.txt");
    }

    private void start(String... options) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(Checkout.root().resolve("oriel").toString(), "profile"));
        command.addAll(List.of(options));
        command.addAll(List.of("--output", folder.resolve("reports").toString()));
        process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(error.toFile())
                .start();
    }

    private int awaitEnd(Duration longest) throws IOException, InterruptedException {
        assertThat(process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS))
                .as(() -> "the end; it said: " + text(error))
                .isTrue();
        return process.exitValue();
    }

    private void awaitPart(String name) throws InterruptedException {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        while (!text(error).contains(name)) {
            assertThat(System.nanoTime())
                    .as(() -> name + "; it said: " + text(error))
                    .isLessThan(deadline);
            Thread.sleep(GLANCE.toMillis());
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path only(String suffix) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("reports"))) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .reduce((one, other) -> {
                        throw new AssertionError("two files: " + one + ", " + other);
                    })
                    .orElseThrow();
        }
    }

    private JsonNode report() throws IOException {
        JsonNode report = JsonMapper.shared().readTree(Files.readString(only(".json")));
        assertThat(SchemaCheck.problems(MemoryProfileReportTest.schema(), report))
                .isEmpty();
        return report;
    }

    private List<ProcessHandle> programs(String name) {
        return process.descendants()
                .filter(program -> program.info().command().orElse("").endsWith("/" + name))
                .toList();
    }

    /** What was started goes with it, whatever a test found. */
    @AfterEach
    void endAll() throws InterruptedException {
        List<ProcessHandle> programs = process.descendants().toList();
        process.destroy();
        if (!process.waitFor(LONGEST_END.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly();
            programs.forEach(ProcessHandle::destroyForcibly);
        }
        assertThat(programs).noneMatch(ProcessHandle::isAlive);
    }

    @Test
    void measuresEachPhaseUnderEachLevelAndAStep() throws IOException, InterruptedException {
        start("--seconds", "2", "--displays", "2", "--levels", "GREEN,RED");
        int status = awaitEnd(LONGEST);
        JsonNode report = report();

        assertThat(report.path("complete").asBoolean()).as(text(error)).isTrue();
        // Which targets are met is up to the machine; that the status says so is not.
        assertThat(status).isEqualTo(report.path("passed").asBoolean() ? 0 : 1);
        assertThat(report.path("setup").path("displays").size()).isEqualTo(2);
        assertThat(report.path("levels")
                        .valueStream()
                        .map(level -> level.path("level").asString()))
                .containsExactly("GREEN", "RED");
        for (JsonNode level : report.path("levels")) {
            assertThat(level.path("phases")
                            .valueStream()
                            .map(phase -> phase.path("name").asString() + " "
                                    + phase.path("samples").size() + " "
                                    + phase.path("complete").asBoolean()))
                    .containsExactly("baseline 2 true", "vision 3 true", "semanticCache 3 true");
            for (JsonNode phase : level.path("phases")) {
                assertThat(phase.at("/server/resident/peakBytes").asLong()).isGreaterThan(20L << 20);
            }
            JsonNode semantic = level.path("phases").get(2);
            assertThat(semantic.at("/semanticCache/asked").asInt()).isPositive();
            assertThat(semantic.at("/semanticCache/chargedBytes").asLong())
                    .isBetween(1L, semantic.at("/semanticCache/budgetBytes").asLong());
            assertThat(semantic.at("/total/resident/startBytes").asLong())
                    .isEqualTo(semantic.at("/server/resident/startBytes").asLong()
                            + semantic.at("/agent/resident/startBytes").asLong());
            assertThat(level.at("/accuracy/passed").asBoolean())
                    .as(level.path("accuracy").toString())
                    .isTrue();
        }
        JsonNode green = report.at("/levels/0");
        assertThat(green.at("/phases/1/feed/spaces").asInt()).isEqualTo(2);
        assertThat(green.at("/phases/1/cache/chargedBytes").asLong()).isGreaterThan(1L << 20);
        assertThat(green.at("/accuracy/compared").size()).isEqualTo(2);
        assertThat(report.at("/pressureStep/passed").asBoolean())
                .as(report.path("pressureStep").toString())
                .isTrue();
        assertThat(report.path("targets").size()).isEqualTo(6);

        assertThat(text(out))
                .contains(
                        "pressure step: passed",
                        only(".json").toString(),
                        only(".html").toString());
        assertThat(Files.readString(only(".html"))).contains("chart-green", "chart-red", "</html>");
        assertThat(text(error)).contains("GREEN vision 0/2 s, ").contains(" left");
    }

    @Test
    void aDisplayThatDiesIsNamedAndWhatWasMeasuredIsKept() throws IOException, InterruptedException {
        start("--seconds", "20", "--displays", "2", "--levels", "GREEN,YELLOW");
        awaitPart("GREEN vision");
        Thread.sleep(2 * Duration.ofSeconds(1).toMillis());
        programs("Xvfb").get(0).destroyForcibly();

        assertThat(awaitEnd(LONGEST_END)).isEqualTo(1);
        JsonNode report = report();
        assertThat(report.path("complete").asBoolean()).isFalse();
        // The painter may notice it first, or the server.
        assertThat(report.path("incompleteBecause").asString()).matches("(?i)display :\\d+ is (gone|lost: .+)");
        assertThat(report.at("/levels/0/phases/0/complete").asBoolean()).isTrue();
        assertThat(report.at("/levels/0/phases/1/name").asString()).isEqualTo("vision");
        assertThat(report.at("/levels/0/phases/1/complete").asBoolean()).isFalse();
        assertThat(report.at("/levels/0/phases/1/samples").size()).isPositive();
        assertThat(text(out)).contains("INCOMPLETE: ");
        assertThat(Files.readString(only(".html"))).contains("INCOMPLETE: ", "chart-green");
    }

    @Test
    void whatWasMeasuredIsKeptWhenItIsStopped() throws IOException, InterruptedException {
        start("--seconds", "20", "--displays", "1", "--levels", "RED");
        awaitPart("RED vision");
        process.destroy();
        awaitEnd(LONGEST_END);

        JsonNode report = report();
        assertThat(report.path("incompleteBecause").asString()).isEqualTo("it was stopped");
        assertThat(report.at("/levels/0/phases/0/complete").asBoolean()).isTrue();
    }
}
