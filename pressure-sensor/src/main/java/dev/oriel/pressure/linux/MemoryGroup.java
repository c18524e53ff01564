package dev.oriel.pressure.linux;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * A group of processes whose memory is counted.
 *
 * @param version how its files are named
 * @param directory where they are
 * @param path the group's place below the mount point, beginning with {@code /}
 */
record MemoryGroup(CgroupVersion version, Path directory, String path) {
    /* Version 1 writes "unlimited" as the largest number, rounded down to whole pages of whatever size. */
    private static final long UNLIMITED_FROM_BYTES = 1L << 60;

    /** The lower of the group's limits; empty if it has none. */
    OptionalLong limitBytes(KernelText text) throws IOException {
        long lowest = Long.MAX_VALUE;
        for (String name : version.limitFiles()) {
            lowest = Math.min(lowest, limitBytes(text, name));
        }
        return lowest >= UNLIMITED_FROM_BYTES ? OptionalLong.empty() : OptionalLong.of(lowest);
    }

    /** What the group cannot do without: all that is charged to it but for cached files nobody uses. */
    long workingSetBytes(KernelText text) throws IOException {
        long usage = text.read(directory.resolve(version.usageFile())).number();
        OptionalLong inactive = text.read(directory.resolve("memory.stat")).number(version.inactiveFileKey());
        if (inactive.isEmpty()) {
            throw text.malformed("no " + version.inactiveFileKey());
        }
        return Math.max(0, usage - inactive.getAsLong());
    }

    private long limitBytes(KernelText text, String name) throws IOException {
        try {
            text.read(directory.resolve(name));
        } catch (NoSuchFileException rootGroupOrNoController) {
            return Long.MAX_VALUE;
        }
        return text.is("max") ? Long.MAX_VALUE : text.number();
    }
}
