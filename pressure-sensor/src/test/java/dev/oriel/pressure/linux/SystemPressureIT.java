package dev.oriel.pressure.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.oriel.pressure.HeadroomThresholds;
import dev.oriel.pressure.PressureLevel;
import dev.oriel.pressure.PressureReading;
import dev.oriel.pressure.PressureSensor;
import dev.oriel.pressure.PressureSensorSettings;
import dev.oriel.pressure.PressureSensors;
import dev.oriel.pressure.PressureStatus;
import dev.oriel.pressure.SourceReading;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Asks the kernel under this test. */
@EnabledOnOs(OS.LINUX)
class SystemPressureIT {
    private static final long MIB = 1L << 20;
    private static final Path ROOT = Path.of("/");
    private static final Path V1_MEMORY = Path.of("/sys/fs/cgroup/memory");
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");

    @Test
    void thisMachineAnswers() {
        PressureReading reading = PressureSensors.probe(PressureSensorSettings.defaults());
        assertThat(reading.level()).isPresent();
        assertThat(reading.sources().size() + reading.absent().size()).isEqualTo(3);
        assertThat(reading.sources()).anySatisfy(source -> {
            assertThat(source.name()).isEqualTo("memavailable");
            assertThat(source.numbers().get("availableBytes"))
                    .isBetween(1L, source.numbers().get("totalBytes"));
        });
    }

    @Test
    void theSensorLooksOnADaemonThreadThatEndsWithIt() {
        Thread thread;
        try (PressureSensor sensor = PressureSensors.system(PressureSensorSettings.defaults())) {
            thread = sensor.statuses()
                    .next()
                    .map(PressureStatus::level)
                    .map(level -> Thread.getAllStackTraces().keySet().stream()
                            .filter(candidate -> candidate.getName().equals("oriel-pressure"))
                            .findFirst()
                            .orElseThrow())
                    .block(Duration.ofSeconds(10));
        }
        assertThat(thread).isNotNull();
        assertThat(thread.isDaemon()).isTrue();
        assertThat(thread).satisfies(ended -> {
            ended.join(10_000);
            assertThat(ended.isAlive()).isFalse();
        });
    }

    @Test
    void seesTheLimitAndTheUsageOfARealGroup() throws Exception {
        Path group = V1_MEMORY.resolve("oriel-it-" + UUID.randomUUID());
        assumeTrue(Files.isWritable(V1_MEMORY), "no memory cgroup of version 1 can be made in " + V1_MEMORY);
        assumeTrue(Files.isWritable(SHARED_MEMORY), "no shared memory can be used up in " + SHARED_MEMORY);
        Path hog = Files.createTempFile(SHARED_MEMORY, "oriel-it-", "");
        Files.createDirectory(group);
        try {
            Files.writeString(group.resolve("memory.limit_in_bytes"), Long.toString(200 * MIB));
            seesGroup(group, hog);
        } finally {
            Files.delete(hog);
            Files.delete(group);
        }
    }

    /* The child enters the group, uses up memory there, says so and waits for its input to end. */
    private static void seesGroup(Path group, Path hog) throws IOException, InterruptedException {
        Process child = new ProcessBuilder(
                        "sh",
                        "-c",
                        "echo $$ > \"$1/cgroup.procs\" && head -c 104857600 /dev/zero > \"$2\" && echo ready && read end",
                        "sh",
                        group.toString(),
                        hog.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader said = child.inputReader()) {
            assertThat(said.readLine()).isEqualTo("ready");
            assertSeen(group, Path.of("/proc", Long.toString(child.pid())));
        } finally {
            child.destroyForcibly();
            child.waitFor();
        }
    }

    private static void assertSeen(Path group, Path process) throws IOException {
        CgroupSource source = new CgroupSource(
                HeadroomThresholds.defaults(), ROOT, new CgroupPlacement(ROOT, process), new KernelText());
        SourceReading reading;
        try {
            reading = source.read();
        } catch (SourceAbsentException absent) {
            throw new AssertionError(absent);
        }
        assertThat(reading.evidence()).endsWith("in /" + group.getFileName());
        assertThat(reading.level()).isEqualTo(PressureLevel.GREEN);
        assertThat(reading.numbers()).containsEntry("limitBytes", 200 * MIB);
        assertThat(reading.numbers().get("usageBytes")).isBetween(100 * MIB, 120 * MIB);
    }
}
