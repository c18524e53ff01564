package dev.oriel.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream error = new ByteArrayOutputStream();

    @TempDir
    private Path empty;

    private int run(String... arguments) {
        return Main.run(
                List.of(arguments),
                empty,
                empty.toString(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(error, true, StandardCharsets.UTF_8));
    }

    @Test
    void listsTheBenchmarksWithoutAName() {
        assertThat(run()).isEqualTo(Main.OK);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("spine  ", "capture  ", "cache  ", "analysis  ", "sessions  ", "survive  ", "pressure  ")
                .hasLineCount(7);
    }

    @Test
    void saysWhichNamesThereAre() {
        assertThat(run("spin")).isEqualTo(Main.WRONG_USAGE);
        assertThat(error)
                .hasToString(
                        "there is no benchmark \"spin\"; allowed: spine, capture, cache, analysis, sessions, survive,"
                                + " pressure"
                                + System.lineSeparator());
    }

    @Test
    void refusesOptionsThatItDoesNotKnow() {
        assertThat(run("spine", "--json")).isEqualTo(Main.WRONG_USAGE);
        assertThat(run("spine", "--xml", "file")).isEqualTo(Main.WRONG_USAGE);
        assertThat(error.toString(StandardCharsets.UTF_8))
                .contains("\"--xml file\" is not understood; allowed: --json FILE");
    }

    @Test
    void refusesPartsThatABenchmarkDoesNotHave() {
        assertThat(run("spine", "start")).isEqualTo(Main.WRONG_USAGE);
        assertThat(run("pressure", "stall", "stal", "--json", "file")).isEqualTo(Main.WRONG_USAGE);
        assertThat(error)
                .hasToString("spine has no part \"start\"; it is measured as a whole" + System.lineSeparator()
                        + "pressure has no part \"stal\"; allowed: release, stall, sensor, rss, flips, delivery"
                        + System.lineSeparator());
    }

    @Test
    void refusesPartsBehindOptions() {
        assertThat(run("pressure", "--json", "file", "stall")).isEqualTo(Main.WRONG_USAGE);
        assertThat(error.toString(StandardCharsets.UTF_8))
                .contains("\"--json file stall\" is not understood; allowed: --json FILE");
    }

    @Test
    void needsWhatThePartsNeed() {
        assertThat(run("pressure", "sensor")).isEqualTo(Main.FAILED);
        assertThat(error.toString(StandardCharsets.UTF_8)).contains("Xvfb").doesNotContain("gcc");
        assertThat(run("pressure", "sensor", "stall")).isEqualTo(Main.FAILED);
        assertThat(error.toString(StandardCharsets.UTF_8)).contains("gcc");
    }

    @Test
    void namesEachMissingProgramAndItsPackage() {
        assertThat(run("spine")).isEqualTo(Main.FAILED);
        assertThat(error.toString(StandardCharsets.UTF_8))
                .contains("not on this machine: Xvfb, ", "cjpeg; on Debian: apt-get install xvfb ")
                .hasLineCount(1);
    }
}
