package dev.oriel.pressure.linux;

import static dev.oriel.pressure.PressureLevel.GREEN;
import static dev.oriel.pressure.PressureLevel.RED;
import static dev.oriel.pressure.PressureLevel.YELLOW;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.pressure.PressureReading;
import dev.oriel.pressure.PressureSensorSettings;
import dev.oriel.pressure.SourceReading;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinuxPressureProbeTest {
    private static final long MIB = 1L << 20;
    private static final String V1_UNLIMITED = "9223372036854771712";
    private static final String SYSTEM_STALLS = "proc/pressure/memory";

    private long nanos;
    private FakeKernel kernel;
    private LinuxPressureProbe probe;

    @BeforeEach
    void createProbe(@TempDir Path root) {
        kernel = new FakeKernel(root).machine(1_000, 500);
        probe = new LinuxPressureProbe(
                PressureSensorSettings.defaults(), root, () -> nanos, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
    }

    @Test
    void tellsWhatIsAvailableOfTheMachine() {
        kernel.memory(1_000, 150);
        SourceReading reading = source("memavailable");
        assertThat(reading.level()).isEqualTo(YELLOW);
        assertThat(reading.evidence()).isEqualTo("15.0 % available of 1000.0 MiB");
        assertThat(reading.marginBytes()).hasValue(50 * MIB);
        assertThat(reading.numbers())
                .containsExactly(entry("availableBytes", 150 * MIB), entry("totalBytes", 1_000 * MIB));
    }

    @Test
    void readsTheMemoryOfARealMachine() {
        kernel.file("proc/meminfo", """
                MemTotal:       24684092 kB
                MemFree:        24345600 kB
                MemAvailable:   24343860 kB
                Buffers:             776 kB
                HugePages_Total:       0
                """);
        assertThat(source("memavailable").evidence()).isEqualTo("98.6 % available of 23.5 GiB");
    }

    @Test
    void aMissingSourceIsNamedWithItsReason() {
        PressureReading reading = probe.probe();
        assertThat(reading.level()).contains(GREEN);
        assertThat(reading.sources()).extracting(SourceReading::name).containsExactly("memavailable");
        assertThat(reading.absent()).hasSize(2);
        assertThat(reading.absent().get(0)).startsWith("psi: no stalls can be read from");
        assertThat(reading.absent().get(1)).startsWith("cgroup: neither this process's group");
    }

    @Test
    void anOldKernelHasNoMemAvailable() {
        kernel.file("proc/meminfo", "MemTotal:  1024000 kB\nMemFree:  1000 kB\n");
        assertThat(probe.probe().absent()).anyMatch(line -> line.startsWith("memavailable: the kernel does not tell"));
    }

    @Test
    void emptyOrTruncatedTextCostsOneSourceOnly() {
        kernel.stalls(SYSTEM_STALLS, 0, 0);
        kernel.file("proc/meminfo", "MemTotal:       246840");
        PressureReading reading = probe.probe();
        assertThat(reading.sources()).extracting(SourceReading::name).containsExactly("psi");
        assertThat(reading.absent()).anyMatch(line -> line.startsWith("memavailable: ") && line.contains("MemTotal"));

        kernel.memory(1_000, 500).file(SYSTEM_STALLS, "").file("proc/self/cgroup", "4:mem");
        PressureReading second = probe.probe();
        assertThat(second.sources()).extracting(SourceReading::name).containsExactly("memavailable");
        assertThat(second.absent()).hasSize(2);
    }

    @Test
    void aMachineThatTellsNothingHasNoLevel(@TempDir Path empty) {
        LinuxPressureProbe blind =
                new LinuxPressureProbe(PressureSensorSettings.defaults(), empty, () -> 0, Clock.systemUTC());
        assertThat(blind.probe().level()).isEmpty();
        assertThat(blind.probe().absent()).hasSize(3);
    }

    @Test
    void stallsAreJudgedFromTheSecondLookOn() {
        kernel.stalls(SYSTEM_STALLS, 7_000_000, 7_000_000);
        assertThat(source("psi").level()).isEqualTo(GREEN);
        advance(Duration.ofSeconds(5));
        kernel.stalls(SYSTEM_STALLS, 7_500_000, 7_000_000);
        SourceReading reading = source("psi");
        assertThat(reading.level()).isEqualTo(YELLOW);
        assertThat(reading.evidence()).isEqualTo("stalled some 10.0 %, full 0.0 % of the time, whole machine");
        assertThat(reading.numbers())
                .containsExactly(
                        entry("someMicros", 7_500_000L),
                        entry("fullMicros", 7_000_000L),
                        entry("someStallMicros", 500_000L),
                        entry("fullStallMicros", 0L),
                        entry("stretchMicros", 5_000_000L));
    }

    @Test
    void stallsOfTheOwnGroupCountIfTheyAreWorse() {
        String groupStalls = "sys/fs/cgroup/unified/mine/memory.pressure";
        kernel.memberOfBoth("/", "/mine").stalls(SYSTEM_STALLS, 0, 0).stalls(groupStalls, 0, 0);
        source("psi");
        advance(Duration.ofSeconds(1));
        kernel.stalls(groupStalls, 500_000, 500_000);
        assertThat(source("psi").level()).isEqualTo(RED);
        assertThat(source("psi").evidence()).endsWith("own group");
    }

    @Test
    void cachedFilesThatNobodyUsesAreNotUsage() {
        kernel.memberOfV1("/box", "/").v1Group("/box", Long.toString(400 * MIB), 390 * MIB, 290 * MIB);
        SourceReading reading = source("cgroup");
        assertThat(reading.level()).isEqualTo(GREEN);
        assertThat(reading.evidence()).isEqualTo("75.0 % left of 400.0 MiB in /box");
        assertThat(reading.numbers())
                .containsExactly(
                        entry("availableBytes", 300 * MIB),
                        entry("limitBytes", 400 * MIB),
                        entry("usageBytes", 100 * MIB));
    }

    @Test
    void theTightestAncestorCountsWithItsOwnUsage() {
        kernel.memberOfV1("/outer/inner", "/")
                .v1Group("", V1_UNLIMITED, 900 * MIB, 0)
                .v1Group("/outer", Long.toString(500 * MIB), 470 * MIB, 0)
                .v1Group("/outer/inner", Long.toString(100 * MIB), 10 * MIB, 0);
        SourceReading reading = source("cgroup");
        assertThat(reading.level()).isEqualTo(RED);
        assertThat(reading.numbers()).containsEntry("limitBytes", 500 * MIB).containsEntry("usageBytes", 470 * MIB);
        assertThat(reading.evidence()).endsWith("in /outer");
    }

    @Test
    void unlimitedOrMoreThanTheMachineHasIsNoLimit() {
        kernel.memberOfV1("/box", "/").v1Group("", V1_UNLIMITED, 1, 0).v1Group("/box", "1048576001", 1, 0);
        assertThat(probe.probe().absent()).anyMatch(line -> line.startsWith("cgroup: neither"));
    }

    @Test
    void version2HasAHighMarkBelowItsMaximum() {
        kernel.memberOfV2("/app.slice/oriel.service", "/")
                .v2Group("/app.slice", "max", "max", 800 * MIB, 0)
                .v2Group(
                        "/app.slice/oriel.service",
                        Long.toString(400 * MIB),
                        Long.toString(200 * MIB),
                        190 * MIB,
                        20 * MIB);
        SourceReading reading = source("cgroup");
        assertThat(reading.level()).isEqualTo(YELLOW);
        assertThat(reading.numbers()).containsEntry("limitBytes", 200 * MIB).containsEntry("usageBytes", 170 * MIB);
    }

    @Test
    void aHybridMachineCountsMemoryInVersion1() {
        kernel.memberOfBoth("/box", "/").v1Group("/box", Long.toString(400 * MIB), 380 * MIB, 0);
        kernel.stalls("sys/fs/cgroup/unified/memory.pressure", 0, 0);
        assertThat(source("cgroup").level()).isEqualTo(RED);
    }

    @Test
    void aContainerSeesItsGroupAtTheMountPoint() {
        kernel.memberOfV2("/", "/").v2Group("", Long.toString(100 * MIB), "max", 95 * MIB, 0);
        assertThat(source("cgroup").level()).isEqualTo(RED);
    }

    @Test
    void aContainerWithoutANamespaceIsToldAPathOutsideItsMount() {
        kernel.memberOfV1("/docker/abc/sub", "/docker/abc").v1Group("/sub", Long.toString(100 * MIB), 95 * MIB, 0);
        assertThat(source("cgroup").evidence()).endsWith("in /sub");
        kernel.memberOfV1("/elsewhere/abc", "/docker/abc").v1Group("", Long.toString(50 * MIB), 49 * MIB, 0);
        assertThat(source("cgroup").evidence()).endsWith("in /");
    }

    @Test
    void aPathThatLeavesTheMountEndsAtTheMountPoint() {
        kernel.memberOfV2("/../../other", "/").v2Group("", Long.toString(100 * MIB), "max", 95 * MIB, 0);
        assertThat(source("cgroup").evidence()).endsWith("in /");
    }

    @Test
    void followsAProcessThatIsMovedToAnotherGroup() {
        kernel.memberOfV1("/one", "/").v1Group("/one", Long.toString(100 * MIB), 1, 0);
        assertThat(source("cgroup").evidence()).endsWith("in /one");
        kernel.memberOfV1("/two", "/").v1Group("/two", Long.toString(100 * MIB), 1, 0);
        assertThat(source("cgroup").evidence()).endsWith("in /two");
    }

    private SourceReading source(String name) {
        PressureReading reading = probe.probe();
        return reading.sources().stream()
                .filter(source -> source.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("absent: " + reading.absent()));
    }

    private void advance(Duration duration) {
        nanos += duration.toNanos();
    }
}
