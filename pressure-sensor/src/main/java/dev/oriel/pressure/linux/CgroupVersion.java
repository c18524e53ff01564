package dev.oriel.pressure.linux;

import java.util.List;

/** How a version of control groups names its files. */
enum CgroupVersion {
    V1(List.of("memory.limit_in_bytes"), "memory.usage_in_bytes", "total_inactive_file"),
    /* Above memory.high a group is slowed down, above memory.max it is killed: both are walls to stay away from. */
    V2(List.of("memory.max", "memory.high"), "memory.current", "inactive_file");

    private final List<String> limitFiles;
    private final String usageFile;
    private final String inactiveFileKey;

    CgroupVersion(List<String> limitFiles, String usageFile, String inactiveFileKey) {
        this.limitFiles = limitFiles;
        this.usageFile = usageFile;
        this.inactiveFileKey = inactiveFileKey;
    }

    List<String> limitFiles() {
        return limitFiles;
    }

    String usageFile() {
        return usageFile;
    }

    /** The line of {@code memory.stat} with the cached file pages that nobody uses, descendants included. */
    String inactiveFileKey() {
        return inactiveFileKey;
    }
}
