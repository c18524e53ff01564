package dev.oriel.pressure.linux;

import static dev.oriel.pressure.PressureLevel.GREEN;
import static dev.oriel.pressure.PressureLevel.RED;
import static dev.oriel.pressure.PressureLevel.YELLOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.pressure.HeadroomThresholds;
import dev.oriel.pressure.PressureLevel;
import dev.oriel.pressure.PressureProbe.Depth;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One group near its limit, seen by quick looks 20 ms apart. */
class GroupLimitTest {
    private static final long MIB = 1L << 20;
    private static final long MILLI = 1_000_000;
    private static final long FORECAST = 250 * MILLI;
    private static final String LIMIT = Long.toString(1_000 * MIB);

    private FakeKernel kernel;
    private GroupLimit v1;
    private GroupLimit v2;
    private long nanos;

    @BeforeEach
    void create(@TempDir Path root) {
        kernel = new FakeKernel(root).v1Group("/box", LIMIT, 0, 0).v2Group("/box", LIMIT, "max", 0, 0);
        v1 = limit(CgroupVersion.V1, root.resolve("sys/fs/cgroup/memory/box"));
        v2 = limit(CgroupVersion.V2, root.resolve("sys/fs/cgroup/box"));
    }

    private static GroupLimit limit(CgroupVersion version, Path directory) {
        MemoryGroup group = new MemoryGroup(version, directory, "/box");
        return new GroupLimit(group, HeadroomThresholds.defaults(), FORECAST, new KernelText());
    }

    @AfterEach
    void close() throws IOException {
        v1.close();
        v2.close();
    }

    private PressureLevel seen(GroupLimit group, Depth depth) throws IOException {
        nanos += 20 * MILLI;
        group.look(2_000 * MIB, depth, nanos);
        return group.level();
    }

    private PressureLevel charge(long usageMebibytes, long inactiveMebibytes) throws IOException {
        kernel.v1Group("/box", LIMIT, usageMebibytes * MIB, inactiveMebibytes * MIB);
        return seen(v1, Depth.QUICK);
    }

    @Test
    void memoryThatTakesThePlaceOfCachedFilesIsNotHidden() throws IOException {
        kernel.v1Group("/box", LIMIT, 950 * MIB, 800 * MIB);
        assertThat(seen(v1, Depth.FULL)).isEqualTo(GREEN);
        assertThat(charge(950, 100)).isEqualTo(YELLOW);
        assertThat(charge(950, 10)).isEqualTo(RED);
        assertThat(charge(950, 800)).isEqualTo(GREEN);
    }

    @Test
    void aFileThatIsReadFillsTheGroupAndForeseesNothing() throws IOException {
        kernel.v1Group("/box", LIMIT, 100 * MIB, 0);
        seen(v1, Depth.FULL);
        for (int cached = 0; cached <= 900; cached += 20) {
            assertThat(charge(100 + cached, cached)).isEqualTo(GREEN);
            assertThat(v1.outlook(FORECAST)).as("with %d MiB cached", cached).isEqualTo(GREEN);
        }
        kernel.v1Hits("/box", 900);
        assertThat(seen(v1, Depth.QUICK)).isEqualTo(GREEN);
    }

    @Test
    void aHogIsForeseenThoughCachedFilesFillTheGroup() throws IOException {
        kernel.v1Group("/box", LIMIT, 1_000 * MIB, 900 * MIB);
        seen(v1, Depth.FULL);
        PressureLevel outlook = GREEN;
        int taken = 0;
        while (outlook == GREEN) {
            taken += 10;
            assertThat(charge(1_000, 900 - taken))
                    .as("with %d MiB taken", taken)
                    .isEqualTo(GREEN);
            outlook = v1.outlook(FORECAST);
        }
        // 700 MiB are left until YELLOW; at 500 MiB/s a quarter of a second makes 125 MiB.
        assertThat(taken).isBetween(575, 600);
    }

    @Test
    void whileItIsFarItsMarginCountsAllThatIsCharged() throws IOException {
        kernel.v1Group("/box", LIMIT, 500 * MIB, 400 * MIB);
        seen(v1, Depth.FULL);
        assertThat(v1.marginBytes()).isEqualTo(700 * MIB);
        assertThat(charge(510, 0)).isEqualTo(GREEN);
        assertThat(v1.marginBytes()).isEqualTo(290 * MIB);
    }

    @Test
    void aLimitChangedLiveCountsAtTheNextQuickLook() throws IOException {
        kernel.v1Group("/box", LIMIT, 500 * MIB, 200 * MIB);
        assertThat(seen(v1, Depth.FULL)).isEqualTo(GREEN);
        kernel.v1Group("/box", Long.toString(310 * MIB), 500 * MIB, 200 * MIB);
        assertThat(seen(v1, Depth.QUICK)).isEqualTo(RED);
        assertThat(v1.reading("cgroup").numbers()).containsEntry("limitBytes", 310 * MIB);
        assertThat(v1.outlook(FORECAST)).isEqualTo(RED);
        kernel.v1Group("/box", "9223372036854771712", 500 * MIB, 200 * MIB);
        seen(v1, Depth.QUICK);
        assertThat(v1.isLimited()).isFalse();
        kernel.v1Group("/box", LIMIT, 500 * MIB, 200 * MIB);
        assertThat(seen(v1, Depth.QUICK)).isEqualTo(GREEN);
    }

    @Test
    void aBurstBetweenTwoLooksIsSeenByTheHitsItLeft() throws IOException {
        kernel.v1Group("/box", LIMIT, 300 * MIB, 0);
        seen(v1, Depth.FULL);
        kernel.v1Hits("/box", 12);
        assertThat(seen(v1, Depth.QUICK)).isEqualTo(RED);
        assertThat(v1.reading("cgroup").evidence()).endsWith("in /box, and hit of late");
        nanos += 900 * MILLI;
        assertThat(seen(v1, Depth.QUICK)).isEqualTo(RED);
        nanos += 100 * MILLI;
        assertThat(seen(v1, Depth.QUICK)).isEqualTo(GREEN);
    }

    @Test
    void version2TellsTheWallsApart() throws IOException {
        kernel.v2Group("/box", LIMIT, "max", 300 * MIB, 0).v2Events("/box", 5, 5, 5);
        assertThat(seen(v2, Depth.FULL)).isEqualTo(GREEN);
        kernel.v2Events("/box", 6, 5, 5);
        assertThat(seen(v2, Depth.QUICK)).isEqualTo(YELLOW);
        kernel.v2Events("/box", 6, 6, 5);
        assertThat(seen(v2, Depth.QUICK)).isEqualTo(RED);
        nanos += 2_000 * MILLI;
        assertThat(seen(v2, Depth.QUICK)).isEqualTo(GREEN);
    }

    @Test
    void aGroupInWhichTheKernelLooksForAVictimIsRedWhateverElse() throws IOException {
        kernel.v2Group("/box", LIMIT, "max", 990 * MIB, 900 * MIB);
        assertThat(seen(v2, Depth.FULL)).isEqualTo(GREEN);
        kernel.v2Events("/box", 0, 9, 0);
        assertThat(seen(v2, Depth.QUICK)).as("the kernel takes from the cache").isEqualTo(GREEN);
        kernel.v2Events("/box", 0, 9, 1);
        assertThat(seen(v2, Depth.QUICK)).isEqualTo(RED);
    }

    @Test
    void theHighMarkIsAWallOfItsOwn() throws IOException {
        kernel.v2Group("/box", LIMIT, Long.toString(400 * MIB), 350 * MIB, 0);
        assertThat(seen(v2, Depth.FULL)).isEqualTo(YELLOW);
        kernel.v2Group("/box", "max", "max", 350 * MIB, 0);
        seen(v2, Depth.QUICK);
        assertThat(v2.isLimited()).isFalse();
    }

    @Test
    void eventsThatTheKernelDoesNotCountAreNoFault(@TempDir Path root) throws IOException {
        Path bare = root.resolve("sys/fs/cgroup/bare");
        new FakeKernel(root)
                .file("sys/fs/cgroup/bare/memory.max", LIMIT + "\n")
                .file("sys/fs/cgroup/bare/memory.current", "1\n")
                .file("sys/fs/cgroup/bare/memory.stat", "inactive_file 0\n");
        try (GroupLimit limit = limit(CgroupVersion.V2, bare)) {
            assertThat(seen(limit, Depth.FULL)).isEqualTo(GREEN);
            assertThat(seen(limit, Depth.QUICK)).isEqualTo(GREEN);
            assertThat(limit.isLimited()).isTrue();
        }
    }
}
