package dev.oriel.pressure.linux;

import java.nio.file.Path;

/**
 * A group of processes whose memory is counted.
 *
 * @param version how its files are named
 * @param directory where they are
 * @param path the group's place below the mount point, beginning with {@code /}
 */
record MemoryGroup(CgroupVersion version, Path directory, String path) {

    KernelFile file(String name) {
        return new KernelFile(directory.resolve(name));
    }
}
