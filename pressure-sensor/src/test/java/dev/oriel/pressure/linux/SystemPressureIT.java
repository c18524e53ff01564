package dev.oriel.pressure.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.oriel.pressure.HeadroomThresholds;
import dev.oriel.pressure.PressureLevel;
import dev.oriel.pressure.PressureProbe.Depth;
import dev.oriel.pressure.PressureReading;
import dev.oriel.pressure.PressureSensor;
import dev.oriel.pressure.PressureSensorSettings;
import dev.oriel.pressure.PressureSensors;
import dev.oriel.pressure.PressureStatus;
import dev.oriel.pressure.PressureThresholds;
import dev.oriel.pressure.SourceAbsentException;
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
        assertThat(reading.sources().size() + reading.absent().size()).isEqualTo(7);
        assertThat(reading.sources()).anySatisfy(source -> {
            assertThat(source.name()).isEqualTo("memavailable");
            assertThat(source.numbers().get("availableBytes"))
                    .isBetween(1L, source.numbers().get("totalBytes"));
        });
    }

    @Test
    void thisProcessIsMeasuredAsTheKernelDoes() throws Exception {
        PressureReading reading = PressureSensors.probe(PressureSensorSettings.defaults()
                .withThresholds(PressureThresholds.defaults().withProcessCeilingBytes(MIB)));
        long resident =
                1024 * new KernelText().read(Path.of("/proc/self/smaps_rollup")).number("Rss:");
        assertThat(reading.sources())
                .filteredOn(source -> source.name().equals("rss"))
                .singleElement()
                .satisfies(source -> {
                    assertThat(source.level()).isEqualTo(PressureLevel.RED);
                    assertThat(source.numbers().get("residentBytes")).isBetween(resident * 9 / 10, resident * 11 / 10);
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
        KernelText text = new KernelText();
        try (CgroupPlacement placement = new CgroupPlacement(ROOT, process, text);
                CgroupSource source =
                        new CgroupSource(HeadroomThresholds.defaults(), 0, placement, () -> Long.MAX_VALUE, text)) {
            look(placement, source, Depth.FULL, 0);
            SourceReading reading = source.reading();
            assertThat(reading.evidence()).endsWith("in /" + group.getFileName());
            assertThat(reading.level()).isEqualTo(PressureLevel.GREEN);
            assertThat(reading.numbers()).containsEntry("limitBytes", 200 * MIB);
            assertThat(reading.numbers().get("usageBytes")).isBetween(100 * MIB, 120 * MIB);
            assertLimitIsFollowed(group, placement, source);
        }
    }

    /* The limit is changed under an open file: the next quick look has it. */
    private static void assertLimitIsFollowed(Path group, CgroupPlacement placement, CgroupSource source)
            throws IOException {
        Files.writeString(group.resolve("memory.limit_in_bytes"), Long.toString(125 * MIB));
        look(placement, source, Depth.QUICK, 100_000_000);
        assertThat(source.level()).isEqualTo(PressureLevel.YELLOW);
        Files.writeString(group.resolve("memory.limit_in_bytes"), "-1");
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> look(placement, source, Depth.QUICK, 200_000_000))
                .withMessageContaining("has a limit");
        Files.writeString(group.resolve("memory.limit_in_bytes"), Long.toString(110 * MIB));
        look(placement, source, Depth.QUICK, 300_000_000);
        assertThat(source.level()).isEqualTo(PressureLevel.RED);
    }

    private static void look(CgroupPlacement placement, CgroupSource source, Depth depth, long nowNanos)
            throws IOException {
        placement.look(depth, nowNanos);
        try {
            source.look(depth, nowNanos);
        } catch (SourceAbsentException absent) {
            throw new AssertionError(absent);
        }
    }
}
