package dev.oriel.pressure.linux;

import static dev.oriel.pressure.PressureLevel.GREEN;
import static dev.oriel.pressure.PressureLevel.RED;
import static dev.oriel.pressure.PressureLevel.YELLOW;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.pressure.PressureProbe.Depth;
import dev.oriel.pressure.PressureReading;
import dev.oriel.pressure.PressureSensorSettings;
import dev.oriel.pressure.PressureThresholds;
import dev.oriel.pressure.SourceReading;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
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
        probe = probe(PressureThresholds.defaults());
    }

    @AfterEach
    void closeProbe() {
        probe.close();
    }

    private LinuxPressureProbe probe(PressureThresholds thresholds) {
        return LinuxPressureProbe.withoutNotices(
                PressureSensorSettings.defaults().withThresholds(thresholds),
                kernel.root(),
                Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
    }

    @Test
    void tellsWhatIsAvailableOfTheMachine() {
        kernel.memory(1_000, 150);
        SourceReading reading = source("memavailable");
        assertThat(reading.level()).isEqualTo(YELLOW);
        assertThat(reading.evidence()).isEqualTo("15.0 % available of 1000.0 MiB");
        assertThat(reading.marginBytes()).hasValue(50 * MIB);
        assertThat(reading.numbers())
                .containsExactly(
                        entry("availableBytes", 150 * MIB),
                        entry("totalBytes", 1_000 * MIB),
                        entry("fillBytesPerSecond", 0L));
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
        PressureReading reading = full();
        assertThat(reading.level()).contains(GREEN);
        assertThat(reading.sources()).extracting(SourceReading::name).containsExactly("memavailable", "heap");
        assertThat(reading.absent()).hasSize(5);
        assertThat(reading.absent().get(0)).startsWith("psi: no stalls can be read from");
        assertThat(reading.absent().get(1)).startsWith("cgroup: neither this process's group");
        assertThat(reading.absent().get(2)).startsWith("pagein: nothing can be read from");
        assertThat(reading.absent().get(3)).startsWith("rss: this process has no ceiling");
        assertThat(reading.absent().get(4)).startsWith("gpu: no graphics card tells");
    }

    /* GLib takes what caches files for used up: its fallback calls a healthy machine critical. */
    @Test
    void freeMemoryIsNotWhatIsAvailable() {
        kernel.file(
                "proc/meminfo",
                "MemTotal: 1000000 kB\nMemFree: 10000 kB\nMemAvailable: 900000 kB\nCached: 880000 kB\n");
        assertThat(source("memavailable").level()).isEqualTo(GREEN);
    }

    @Test
    void anOldKernelHasNoMemAvailable() {
        kernel.file("proc/meminfo", "MemTotal:  1024000 kB\nMemFree:  1000 kB\n");
        assertThat(full().absent()).anyMatch(line -> line.startsWith("memavailable: the kernel does not tell"));
    }

    @Test
    void emptyOrTruncatedTextCostsOneSourceOnly() {
        kernel.stalls(SYSTEM_STALLS, 0, 0);
        kernel.file("proc/meminfo", "MemTotal:       246840");
        PressureReading reading = full();
        assertThat(reading.sources()).extracting(SourceReading::name).containsExactly("psi", "heap");
        assertThat(reading.absent()).anyMatch(line -> line.startsWith("memavailable: ") && line.contains("MemTotal"));

        kernel.memory(1_000, 500).file(SYSTEM_STALLS, "").file("proc/self/cgroup", "4:mem");
        PressureReading second = full();
        assertThat(second.sources()).extracting(SourceReading::name).containsExactly("memavailable", "heap");
        assertThat(second.absent()).hasSize(5);
    }

    @Test
    void aMachineThatTellsNothingHasNoLevel(@TempDir Path empty) {
        try (LinuxPressureProbe blind =
                LinuxPressureProbe.withoutNotices(PressureSensorSettings.defaults(), empty, Clock.systemUTC())) {
            assertThat(blind.level()).isNull();
            blind.look(Depth.FULL, 0);
            assertThat(blind.level()).isNull();
            assertThat(blind.outlook(1)).isNull();
            assertThat(blind.marginBytes()).isEqualTo(Long.MAX_VALUE);
            assertThat(blind.reading().level()).isEmpty();
            assertThat(blind.reading().absent())
                    .hasSize(7)
                    .contains("heap: nothing else answers, and this alone tells nothing of the machine");
        }
    }

    @Test
    void looksThoughItsThreadIsInterrupted() {
        Thread.currentThread().interrupt();
        assertThat(source("memavailable").level()).isEqualTo(GREEN);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void foreseesWhereAFallLeads() {
        for (int look = 0; look < 5; look++) {
            kernel.memory(1_000, 300 - 10 * look);
            quick();
            advance(Duration.ofMillis(20));
        }
        assertThat(probe.level()).isEqualTo(GREEN);
        assertThat(probe.marginBytes()).isEqualTo(60 * MIB);
        assertThat(probe.outlook(Duration.ofMillis(100).toNanos())).isEqualTo(GREEN);
        assertThat(probe.outlook(Duration.ofMillis(250).toNanos())).isEqualTo(YELLOW);
        assertThat(probe.outlook(Duration.ofSeconds(5).toNanos())).isEqualTo(RED);
        assertThat(probe.reading().sources().get(0).numbers()).containsEntry("fillBytesPerSecond", 500 * MIB);
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
                        entry("stretchMicros", 5_000_000L),
                        entry("sharpSomeStallMicros", 500_000L));
    }

    @Test
    void stallsOfOthersDoNotCountWhileThereIsPlenty() {
        kernel.memory(1_000, 501).stalls(SYSTEM_STALLS, 0, 0).pagesBack(0, 0);
        full();
        advance(Duration.ofSeconds(1));
        kernel.stalls(SYSTEM_STALLS, 900_000, 900_000).pagesBack(0, 30_000);
        assertThat(full().level()).contains(GREEN);
        assertThat(source("psi").evidence())
                .isEqualTo(
                        "stalled some 90.0 %, full 90.0 % of the time, whole machine; it does not count while there is"
                                + " plenty");

        kernel.memory(1_000, 500);
        assertThat(full().level()).contains(RED);
        assertThat(source("pagein").level()).isEqualTo(RED);
    }

    @Test
    void nothingIsPlentyThatNobodyTells() {
        kernel.memory(1_000, 900).stalls(SYSTEM_STALLS, 0, 0);
        full();
        assertThat(probe.easeBytes()).isEqualTo(400 * MIB);
        advance(Duration.ofSeconds(1));
        kernel.file("proc/meminfo", "").stalls(SYSTEM_STALLS, 900_000, 900_000);
        assertThat(full().level()).contains(RED);
        assertThat(probe.easeBytes()).isZero();
    }

    @Test
    void aGroupThatCannotBeReadTakesNothingAwayFromTheOthers() {
        kernel.memberOfV1("/upper/own", "/")
                .v1Group("/upper", Long.toString(600 * MIB), 0, 0)
                .v1Group("/upper/own", Long.toString(500 * MIB), 490 * MIB, 0);
        kernel.file("sys/fs/cgroup/memory/upper/memory.usage_in_bytes", "much\n");
        assertThat(source("cgroup").level()).isEqualTo(RED);
    }

    @Test
    void stallsCountWhereTheOwnLimitLeavesLittle() {
        kernel.memory(1_000, 900).memberOfV1("/box", "/").v1Group("/box", Long.toString(100 * MIB), 51 * MIB, 0);
        kernel.stalls(SYSTEM_STALLS, 0, 0);
        full();
        advance(Duration.ofSeconds(1));
        kernel.stalls(SYSTEM_STALLS, 900_000, 900_000);
        assertThat(source("psi").level()).isEqualTo(RED);
    }

    @Test
    void stallsOfTheOwnGroupCountThoughThereIsPlenty() {
        String groupStalls = "sys/fs/cgroup/unified/mine/memory.pressure";
        kernel.memory(1_000, 900).memberOfBoth("/", "/mine");
        kernel.stalls(SYSTEM_STALLS, 0, 0).stalls(groupStalls, 0, 0);
        kernel.file("sys/fs/cgroup/unified/mine/cgroup.type", "domain\n");
        full();
        advance(Duration.ofSeconds(1));
        kernel.stalls(SYSTEM_STALLS, 900_000, 900_000).stalls(groupStalls, 100_000, 0);
        assertThat(source("psi").level()).isEqualTo(YELLOW);
        assertThat(source("psi").evidence()).endsWith("own group");
    }

    @Test
    void aStallThatBeginsHardIsNotWaitedOut() {
        kernel.stalls(SYSTEM_STALLS, 0, 0);
        for (int look = 0; look < 10; look++) {
            quick();
            full();
            advance(Duration.ofMillis(100));
        }
        kernel.stalls(SYSTEM_STALLS, 35_000, 0);
        quick();
        assertThat(probe.level()).isEqualTo(YELLOW);
        assertThat(probe.reading().sources().get(0).evidence())
                .isEqualTo("stalled some 3.5 %, full 0.0 % of the time, some 35.0 % of the last 100 ms, whole machine");
    }

    @Test
    void stallsOfTheOwnGroupCountIfTheyAreWorse() {
        String groupStalls = "sys/fs/cgroup/unified/mine/memory.pressure";
        kernel.memberOfBoth("/", "/mine").stalls(SYSTEM_STALLS, 0, 0).stalls(groupStalls, 0, 0);
        kernel.file("sys/fs/cgroup/unified/mine/cgroup.type", "domain\n");
        source("psi");
        advance(Duration.ofSeconds(1));
        kernel.stalls(groupStalls, 500_000, 500_000);
        assertThat(source("psi").level()).isEqualTo(RED);
        assertThat(source("psi").evidence()).endsWith("own group");
    }

    @Test
    void aGrowingStallStirsAndAHumDoesNot() {
        kernel.stalls(SYSTEM_STALLS, 1_000_000, 0);
        full();
        assertThat(probe.isStirring()).isFalse();
        advance(Duration.ofMillis(100));
        kernel.stalls(SYSTEM_STALLS, 1_000_600, 0);
        quick();
        assertThat(probe.isStirring()).isFalse();
        advance(Duration.ofMillis(100));
        kernel.stalls(SYSTEM_STALLS, 1_002_000, 0);
        quick();
        assertThat(probe.isStirring()).isTrue();
        full();
        assertThat(probe.isStirring()).as("at the same moment").isTrue();
        advance(Duration.ofMillis(100));
        quick();
        assertThat(probe.isStirring()).isFalse();
    }

    /* A level that rested on these averages stayed up for minutes after a stall, and sometimes for ever. */
    @Test
    void averagesAreNoLevel() {
        String text =
                "some avg10=99.00 avg60=80.00 avg300=70.00 total=5\nfull avg10=99.00 avg60=80.00 avg300=70.00 total=5\n";
        kernel.file(SYSTEM_STALLS, text);
        full();
        advance(Duration.ofSeconds(5));
        assertThat(source("psi").level()).isEqualTo(GREEN);
    }

    /* With psi=0 the file is there and cannot be opened; here a directory stands in for it. */
    @Test
    void stallsThatAreSwitchedOffAreMissing() {
        kernel.file(SYSTEM_STALLS + "/none", "");
        assertThat(full().absent()).anyMatch(line -> line.startsWith("psi: no stalls can be read from"));
        quick();
        assertThat(probe.level()).isEqualTo(GREEN);
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
                        entry("fillBytesPerSecond", 0L),
                        entry("usageBytes", 100 * MIB),
                        entry("chargedBytes", 390 * MIB),
                        entry("limitHitCount", 0L));
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
        assertThat(full().absent()).anyMatch(line -> line.startsWith("cgroup: neither"));
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

    @Test
    void theCloserLimitOfAProcessMovedIsFollowedByQuickLooksWithinASecond() {
        kernel.memberOfV1("/one", "/").v1Group("/one", Long.toString(100 * MIB), 1, 0);
        full();
        kernel.memberOfV1("/two", "/").v1Group("/two", Long.toString(100 * MIB), 99 * MIB, 0);
        quick();
        assertThat(probe.level()).isEqualTo(GREEN);
        advance(Duration.ofSeconds(1));
        quick();
        assertThat(probe.level()).isEqualTo(RED);
    }

    @Test
    void theProcessIsMeasuredAgainstItsCeiling() {
        kernel.file("proc/self/statm", "500000 26880 5000 1 0 20000 0\n");
        probe.close();
        probe = probe(PressureThresholds.defaults().withProcessCeilingBytes(100 * MIB));
        SourceReading reading = source("rss");
        assertThat(reading.level()).isEqualTo(GREEN);
        assertThat(reading.evidence()).isEqualTo("105.0 MiB resident, ceiling 100.0 MiB");
        assertThat(reading.numbers())
                .containsExactly(entry("residentBytes", 105 * MIB), entry("ceilingBytes", 100 * MIB));
        kernel.file("proc/self/statm", "500000 26881 5000 1 0 20000 0\n");
        quick();
        assertThat(probe.level()).isEqualTo(YELLOW);
        kernel.file("proc/self/statm", "500000 30721 5000 1 0 20000 0\n");
        quick();
        assertThat(probe.level()).isEqualTo(RED);
        assertThat(probe.marginBytes()).as("the margin of the machine").isEqualTo(300 * MIB);
    }

    @Test
    void thrashRaisesALevelThatLooksFine() {
        kernel.pagesBack(1_000_000, 50_000).stalls(SYSTEM_STALLS, 0, 0);
        assertThat(source("pagein").level()).isEqualTo(GREEN);
        advance(Duration.ofSeconds(5));
        kernel.pagesBack(1_010_000, 59_999);
        assertThat(source("pagein").level()).isEqualTo(GREEN);
        assertThat(probe.isStirring()).isTrue();
        advance(Duration.ofMillis(1_000));
        kernel.pagesBack(1_050_000, 62_000);
        quick();
        assertThat(probe.level()).isEqualTo(YELLOW);
        assertThat(probe.reading().level()).contains(YELLOW);
    }

    @Test
    void aFileReadOverAndOverIsNoThrash() {
        kernel.pagesBack(1_000_000, 50_000);
        full();
        advance(Duration.ofSeconds(5));
        kernel.pagesBack(9_000_000, 50_100);
        SourceReading reading = source("pagein");
        assertThat(reading.level()).isEqualTo(GREEN);
        assertThat(reading.numbers()).containsExactly(entry("backPages", 50_100L), entry("backPagesPerSecond", 20L));
    }

    @Test
    void kernelsThatDoNotTellFilesFromTheRestAreUnderstood() {
        kernel.file("proc/vmstat", "workingset_refault 9\nworkingset_activate 7\n");
        assertThat(source("pagein").numbers()).containsEntry("backPages", 7L);
        kernel.file("proc/vmstat", "nr_free_pages 9\n");
        assertThat(full().absent())
                .anyMatch(line -> line.startsWith("pagein: ") && line.contains("no workingset_activate"));
        quick();
        assertThat(probe.reading().absent()).anyMatch(line -> line.startsWith("pagein: "));
    }

    private PressureReading full() {
        probe.look(Depth.FULL, nanos);
        return probe.reading();
    }

    private void quick() {
        probe.look(Depth.QUICK, nanos);
    }

    private SourceReading source(String name) {
        PressureReading reading = full();
        return reading.sources().stream()
                .filter(source -> source.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("absent: " + reading.absent()));
    }

    private void advance(Duration duration) {
        nanos += duration.toNanos();
    }
}
