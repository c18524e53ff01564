package dev.oriel.pressure.linux;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** A directory tree that looks like the kernel's files. */
public final class FakeKernel {
    private static final String V1_MOUNT =
            "35 31 0:32 %s /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory\n";
    private static final String V2_MOUNT = "41 31 0:38 %s %s rw,nosuid shared:9 - cgroup2 cgroup2 rw,nsdelegate\n";

    private final Path root;

    public FakeKernel(Path root) {
        this.root = root;
    }

    public Path root() {
        return root;
    }

    /** A machine with so much memory, no control groups and no stall information. */
    public FakeKernel machine(long totalMebibytes, long availableMebibytes) {
        file("proc/self/cgroup", "");
        file("proc/self/mountinfo", "22 27 0:21 / /proc rw,relatime - proc proc rw\n");
        return memory(totalMebibytes, availableMebibytes);
    }

    public FakeKernel memory(long totalMebibytes, long availableMebibytes) {
        return file(
                "proc/meminfo",
                String.format(
                        Locale.ROOT,
                        "MemTotal:       %d kB\nMemFree:             100 kB\nMemAvailable:   %d kB\n",
                        totalMebibytes * 1024,
                        availableMebibytes * 1024));
    }

    public FakeKernel stalls(String file, long someMicros, long fullMicros) {
        return file(file, """
                some avg10=0.00 avg60=0.00 avg300=0.00 total=%d
                full avg10=0.00 avg60=0.00 avg300=0.00 total=%d
                """.formatted(someMicros, fullMicros));
    }

    /** Puts the process into a group of a version 1 tree, of which the mount shows the part below a root. */
    public FakeKernel memberOfV1(String group, String mountRoot) {
        file("proc/self/cgroup", "9:name=systemd:/\n4:memory:" + group + "\n");
        return file("proc/self/mountinfo", V1_MOUNT.formatted(mountRoot));
    }

    public FakeKernel memberOfV2(String group, String mountRoot) {
        file("proc/self/cgroup", "0::" + group + "\n");
        return file("proc/self/mountinfo", V2_MOUNT.formatted(mountRoot, "/sys/fs/cgroup"));
    }

    /** Memory is counted in version 1, beside a version 2 tree that only tells stalls. */
    public FakeKernel memberOfBoth(String v1Group, String v2Group) {
        file("proc/self/cgroup", "4:memory:" + v1Group + "\n0::" + v2Group + "\n");
        return file("proc/self/mountinfo", V1_MOUNT.formatted("/") + V2_MOUNT.formatted("/", "/sys/fs/cgroup/unified"));
    }

    public FakeKernel v1Group(String path, String limit, long usageBytes, long inactiveFileBytes) {
        String directory = "sys/fs/cgroup/memory" + path;
        file(directory + "/memory.limit_in_bytes", limit + "\n");
        file(directory + "/memory.usage_in_bytes", usageBytes + "\n");
        file(directory + "/memory.failcnt", "0\n");
        return file(
                directory + "/memory.stat",
                "cache 1\ninactive_file 7\ntotal_inactive_file " + inactiveFileBytes + "\n");
    }

    public FakeKernel v2Group(String path, String max, String high, long usageBytes, long inactiveFileBytes) {
        String directory = "sys/fs/cgroup" + path;
        file(directory + "/memory.max", max + "\n");
        file(directory + "/memory.high", high + "\n");
        file(directory + "/memory.current", usageBytes + "\n");
        file(directory + "/cgroup.type", "domain\n");
        v2Events(path, 0, 0, 0);
        return file(directory + "/memory.stat", "anon 5\nfile 6\ninactive_file " + inactiveFileBytes + "\n");
    }

    /** How often the limit of a version 1 group was hit. */
    public FakeKernel v1Hits(String path, long count) {
        return file("sys/fs/cgroup/memory" + path + "/memory.failcnt", count + "\n");
    }

    public FakeKernel v2Events(String path, long high, long max, long oom) {
        return file("sys/fs/cgroup" + path + "/memory.events.local", """
                low 0
                high %d
                max %d
                oom %d
                oom_kill 0
                oom_group_kill 0
                """.formatted(high, max, oom));
    }

    /** Pages that came back: all of them, and those that came back too soon. */
    public FakeKernel pagesBack(long all, long tooSoon) {
        return file("proc/vmstat", """
                nr_free_pages 5000000
                workingset_nodes 28122
                workingset_refault_anon 0
                workingset_refault_file %d
                workingset_activate_anon 0
                workingset_activate_file %d
                workingset_restore_anon 0
                workingset_restore_file 0
                pgmajfault 101773
                """.formatted(all, tooSoon));
    }

    /** Writes a file in place: whoever has it open reads the new text. */
    public FakeKernel file(String path, String text) {
        try {
            Path file = root.resolve(path);
            Files.createDirectories(file.resolve("..").normalize());
            Files.writeString(file, text);
            return this;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
