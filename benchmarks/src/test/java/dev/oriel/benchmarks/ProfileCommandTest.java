package dev.oriel.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfileCommandTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream error = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    private int run(String... arguments) {
        return ProfileCommand.run(
                arguments,
                folder,
                Map.of("HOME", folder.resolve("home").toString(), "PATH", "/nowhere"),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(error, true, StandardCharsets.UTF_8));
    }

    private String error() {
        return error.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--seconds | 0 | 1 to 3600",
                "--seconds | 3601 | 1 to 3600",
                "--seconds | 2.5 | 1 to 3600",
                "--seconds | 99999999999 | 1 to 3600",
                "--displays | 0 | 1 to 16",
                "--displays | 99 | 1 to 16",
                "--levels | BLUE | GREEN, YELLOW and RED, each once, with commas",
                "--levels | GREEN,GREEN | GREEN, YELLOW and RED, each once, with commas",
                "--levels | GREEN, | GREEN, YELLOW and RED, each once, with commas",
                "--output | '' | the name of a folder"
            })
    void aWrongValueIsNamedWithWhatIsAllowed(String option, String value, String allowed) {
        assertThat(run(option, value)).isEqualTo(Main.WRONG_USAGE);
        assertThat(error())
                .isEqualTo(option + " is \"" + value + "\"; allowed: " + allowed + "; see 'oriel profile --help'\n");
    }

    @Test
    void anUnknownOptionIsNamed() {
        assertThat(run("--fast")).isEqualTo(Main.WRONG_USAGE);
        assertThat(error()).isEqualTo("Unknown option: '--fast'; see 'oriel profile --help'\n");
    }

    @Test
    void helpTellsEveryOption() {
        assertThat(run("--help")).isEqualTo(Main.OK);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("--seconds", "--displays", "--levels", "--output", "Status: 0");
    }

    @Test
    void aFolderThatCannotBeWrittenIsFoundBeforeAnythingIsMeasured() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertThat(run("--displays", "2", "--output", file.resolve("below").toString()))
                .isEqualTo(Main.FAILED);
        assertThat(error())
                .isEqualTo("cannot write to " + file.resolve("below")
                        + " (Not a directory); choose another folder with --output\n");
    }

    @Test
    void theFolderIsBelowHomeUnlessTold() throws IOException {
        Files.createFile(folder.resolve("home"));
        assertThat(run("--displays", "2")).isEqualTo(Main.FAILED);
        assertThat(error()).startsWith("cannot write to " + folder.resolve("home/.jarvis/profiling") + " (");
    }

    @Test
    void nothingIsWrittenIfNothingCouldBeMeasured() throws IOException {
        assertThat(run("--displays", "2")).isEqualTo(Main.FAILED);
        assertThat(error().lines())
                .last()
                .isEqualTo("nothing could be measured: not on this machine: Xvfb; on Debian: apt-get install xvfb");
        assertThat(folder.resolve("home/.jarvis/profiling")).isEmptyDirectory();
    }
}
