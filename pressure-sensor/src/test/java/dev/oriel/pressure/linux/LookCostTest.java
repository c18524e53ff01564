package dev.oriel.pressure.linux;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.oriel.pressure.PressureProbe.Depth;
import dev.oriel.pressure.PressureSensorSettings;
import dev.oriel.pressure.PressureThresholds;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A look leaves nothing behind for the collector. */
class LookCostTest {
    /* What a first look sets up and what a collection of the heap costs is not in every round. */
    private static final int ROUNDS = 50;
    private static final int LOOKS = 500;
    private static final long MIB = 1L << 20;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final PressureSensorSettings settings = PressureSensorSettings.defaults()
            .withThresholds(PressureThresholds.defaults().withProcessCeilingBytes(1_000 * MIB));

    @Test
    @EnabledOnOs(OS.LINUX)
    void quickLooksAtThisMachineAllocateNothing() {
        assertNothingIsAllocated(Path.of("/"), Depth.QUICK);
    }

    @Test
    void looksAtALimitedGroupUnderPressureAllocateNothing(@TempDir Path root) {
        new FakeKernel(root)
                .machine(2_000, 300)
                .memberOfV2("/app", "/")
                .v2Group("", Long.toString(900 * MIB), "max", 850 * MIB, 100 * MIB)
                .v2Group("/app", "max", Long.toString(500 * MIB), 490 * MIB, 10 * MIB)
                .stalls("proc/pressure/memory", 5, 5)
                .stalls("sys/fs/cgroup/app/memory.pressure", 5, 5)
                .pagesBack(5, 5)
                .file("proc/self/statm", "1000 500 100 1 0 10 0\n");
        assertNothingIsAllocated(root, Depth.QUICK);
        assertNothingIsAllocated(root, Depth.FULL);
    }

    private void assertNothingIsAllocated(Path root, Depth depth) {
        try (LinuxPressureProbe probe = LinuxPressureProbe.withoutNotices(settings, root, Clock.systemUTC())) {
            probe.look(Depth.FULL, 0);
            long least = Long.MAX_VALUE;
            for (int round = 0; round < ROUNDS && least > 0; round++) {
                long before = allocatedBytes();
                looks(probe, depth, LOOKS);
                least = Math.min(least, allocatedBytes() - before);
            }
            assertThat(least).as("%s looks at %s", depth, root).isZero();
        }
    }

    private long allocatedBytes() {
        return threads.getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    /* What is asked after each look is asked too. */
    private static void looks(LinuxPressureProbe probe, Depth depth, int count) {
        for (int look = 1; look <= count; look++) {
            probe.look(depth, TimeUnit.MILLISECONDS.toNanos(20L * look));
            probe.level();
            probe.outlook(TimeUnit.MILLISECONDS.toNanos(250));
            probe.outlook(TimeUnit.SECONDS.toNanos(5));
            probe.marginBytes();
            probe.isStirring();
        }
    }
}
