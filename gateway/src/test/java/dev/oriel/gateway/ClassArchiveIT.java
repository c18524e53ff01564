package dev.oriel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The archive of classes that {@code ./oriel} makes and starts with. */
@EnabledOnOs(OS.LINUX)
final class ClassArchiveIT {

    private static final Path LAUNCHER = OrielProcess.launcher();

    @Test
    void theServerRunsFromIt() throws IOException {
        try (OrielProcess oriel = OrielProcess.serve(Map.of("ORIEL_SOURCE", "demo"))) {
            Path archive = archiveOf(oriel.pid());

            assertThat(archive).hasParent(LAUNCHER.resolveSibling("gateway/target"));
            assertThat(oriel.get("/api/spaces").statusCode()).isEqualTo(200);
        }
    }

    /** A rehearsal that no longer says what the server understands would leave out most classes of the feed. */
    @Test
    void theFeedRunsFromItToo(@TempDir Path folder) throws IOException {
        Path loaded = folder.resolve("loaded");
        try (OrielProcess oriel = OrielProcess.serve(
                        Map.of("ORIEL_SOURCE", "demo", "ORIEL_JAVA_OPTIONS", "-Xlog:class+load:file=" + loaded));
                FeedClient client = oriel.watch("?spaces=*")) {
            client.frame(any -> true);
        }

        assertThat(Files.readAllLines(loaded))
                .filteredOn(line -> line.contains(FeedSession.class.getName() + " source:"))
                .singleElement()
                .asString()
                .endsWith("source: shared objects file");
        assertThat(Files.readAllLines(loaded))
                .filteredOn(line -> line.contains(" dev.oriel.") && !line.contains("$$Lambda"))
                .filteredOn(line -> !line.endsWith("shared objects file"))
                .hasSizeLessThan(10);
    }

    /** When memory is short there is no time to look for classes. */
    @Test
    void theAnswerToPressureRunsFromItToo(@TempDir Path folder) throws IOException {
        Path loaded = folder.resolve("loaded");
        Path levels = Files.writeString(folder.resolve("levels"), "0 GREEN\n1 RED\n");
        try (OrielProcess oriel = OrielProcess.serve(
                        Map.of("ORIEL_SOURCE", "demo", "ORIEL_JAVA_OPTIONS", "-Xlog:class+load:file=" + loaded),
                        "--pressure",
                        levels.toString());
                FeedClient client = oriel.watch("?spaces=*")) {
            client.text("transition", told -> told.toString().contains("\"heap\""));
        }

        for (String one : List.of(
                FeedMessage.Change.class.getName(), JavaHeap.class.getName(), "org.slf4j.helpers.MessageFormatter")) {
            assertThat(Files.readAllLines(loaded))
                    .filteredOn(line -> line.contains(one + " source:"))
                    .as(one)
                    .singleElement()
                    .asString()
                    .endsWith("source: shared objects file");
        }
    }

    @Test
    void oneOlderThanTheProgramIsMadeAnew() throws IOException {
        try (OrielProcess oriel = OrielProcess.serve(Map.of("ORIEL_SOURCE", "demo"))) {
            Path archive = archiveOf(oriel.pid());
            Files.setLastModifiedTime(archive, FileTime.from(Instant.EPOCH));

            assertThat(run(LAUNCHER.toString(), "--version")).startsWith("oriel ");

            assertThat(Files.getLastModifiedTime(archive).toInstant()).isAfter(Instant.EPOCH);
            assertThat(archive).isNotEmptyFile();
        }
    }

    @Test
    void oneThatDoesNotFitIsNoObstacle(@TempDir Path folder) throws IOException {
        Path broken = Files.writeString(folder.resolve("broken.jsa"), "this is no archive");
        String java = LAUNCHER.resolveSibling("scripts/java").toString();

        for (Path archive : new Path[] {broken, folder.resolve("missing.jsa")}) {
            assertThat(run(
                            java,
                            "-XX:SharedArchiveFile=" + archive,
                            "-Xlog:cds=off",
                            "-jar",
                            OrielProcess.jar().toString(),
                            "--version"))
                    .startsWith("oriel ");
        }
    }

    private static Path archiveOf(long process) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(process), "maps")).stream()
                .filter(mapping -> mapping.endsWith(".jsa"))
                .map(mapping -> Path.of(mapping.substring(mapping.indexOf('/'))))
                .findFirst()
                .orElseThrow();
    }

    private static String run(String... words) throws IOException {
        Process process = new ProcessBuilder(words)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
