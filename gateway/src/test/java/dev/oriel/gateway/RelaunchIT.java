package dev.oriel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** {@code java -jar} without an option, which gives itself those of {@code ./oriel}. */
@EnabledOnOs(OS.LINUX)
final class RelaunchIT {

    private static final Map<String, String> DEMO = Map.of("ORIEL_SOURCE", "demo", "ORIEL_TEST", "Größe");

    private record Ended(int status, String output, String errors) {}

    @Test
    void thePlainProgramRunsAsTheLauncherRunsIt() throws IOException {
        try (OrielProcess plain = OrielProcess.java(DEMO);
                OrielProcess launched = OrielProcess.serve(DEMO)) {
            List<String> options = options(plain.pid());

            assertThat(options).contains("-XX:+UseSerialGC", "-Xmx64m");
            assertThat(options)
                    .filteredOn(option -> option.startsWith("-XX:SharedArchiveFile="))
                    .hasSize(1);
            assertThat(mappings(plain.pid(), ".jsa")).isEqualTo(mappings(launched.pid(), ".jsa"));
            assertThat(environment(plain.pid(), "MALLOC_")).isEqualTo(environment(launched.pid(), "MALLOC_"));
            assertThat(environment(plain.pid(), "ORIEL_")).isEqualTo(environment(launched.pid(), "ORIEL_"));
            assertThat(jars(plain.pid())).isEqualTo(jars(launched.pid())).doesNotHaveDuplicates();
            assertThat(plain.get("/api/spaces").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void itStopsAsTheLauncherDoes() {
        try (OrielProcess plain = OrielProcess.java(DEMO);
                OrielProcess launched = OrielProcess.serve(DEMO)) {
            plain.stop();
            launched.stop();

            assertThat(plain.exitStatus()).isEqualTo(launched.exitStatus()).isEqualTo(143);
        }
    }

    @Test
    void whoGivesAnOptionGetsNoOther() throws IOException {
        try (OrielProcess own = OrielProcess.java(DEMO, "-Xmx100m")) {
            assertThat(options(own.pid())).containsExactly("-Xmx100m");
        }
        try (OrielProcess own = OrielProcess.java(Map.of("ORIEL_SOURCE", "demo", "JAVA_TOOL_OPTIONS", "-Xmx100m"))) {
            assertThat(options(own.pid())).isEmpty();
        }
    }

    @Test
    void argumentsOutputAndStatusAreWhatTheyWere() throws IOException {
        List<String> plain = OrielProcess.java();
        List<String> own = OrielProcess.java("-Da=b");
        for (List<String> arguments : List.of(
                List.of("--version"),
                List.<String>of(),
                List.of("serve", "--oriel-port", "Größe 1"),
                List.of("serve", "", "--no such option"))) {
            Ended expected = run(own, arguments);

            assertThat(run(plain, arguments)).as("%s", arguments).isEqualTo(expected);
            assertThat(expected.output() + expected.errors()).isNotBlank();
        }
    }

    private static Ended run(List<String> java, List<String> arguments) throws IOException {
        List<String> words = new ArrayList<>(java);
        words.addAll(arguments);
        File errors = File.createTempFile("oriel-it", ".err");
        try {
            Process process = new ProcessBuilder(words).redirectError(errors).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Ended(process.waitFor(), output, Files.readString(errors.toPath()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        } finally {
            Files.delete(errors.toPath());
        }
    }

    /** The words between the name of Java and {@code -jar}. */
    private static List<String> options(long process) throws IOException {
        List<String> words = words(process, "cmdline");
        return words.subList(1, words.indexOf("-jar"));
    }

    private static List<String> environment(long process, String prefix) throws IOException {
        return words(process, "environ").stream()
                .filter(word -> word.startsWith(prefix))
                .sorted()
                .toList();
    }

    private static List<String> words(long process, String file) throws IOException {
        return List.of(Files.readString(folder(process).resolve(file)).split("\0"));
    }

    private static List<String> mappings(long process, String end) throws IOException {
        return Files.readAllLines(folder(process).resolve("maps")).stream()
                .filter(line -> line.endsWith(end))
                .map(line -> line.substring(line.indexOf('/')))
                .toList();
    }

    private static List<String> jars(long process) throws IOException {
        try (Stream<Path> descriptors = Files.list(folder(process).resolve("fd"))) {
            return descriptors
                    .map(RelaunchIT::target)
                    .filter(target -> target.endsWith(".jar") || target.endsWith("/lib/modules"))
                    .sorted()
                    .toList();
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path folder(long process) {
        return Path.of("/proc", Long.toString(process));
    }
}
