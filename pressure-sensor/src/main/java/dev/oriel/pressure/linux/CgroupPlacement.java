package dev.oriel.pressure.linux;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a process stands in the trees of groups. Its membership is read every time, for it can be moved; the table of
 * mounts, which can be long, only when it has been.
 */
final class CgroupPlacement {
    private final Path root;
    private final Path process;
    private String membership = "";
    private @Nullable Groups groups;

    /**
     * Places a process.
     *
     * @param root the directory that stands for {@code /}
     * @param process the process's directory, such as {@code /proc/self}
     */
    CgroupPlacement(Path root, Path process) {
        this.root = root;
        this.process = process;
    }

    Groups groups(KernelText text) throws IOException, SourceAbsentException {
        try {
            String now = text.read(process.resolve("cgroup")).toString();
            if (groups == null || !now.equals(membership)) {
                groups = locate(CgroupMembership.parse(now), text);
                membership = now;
            }
            return groups;
        } catch (NoSuchFileException missing) {
            throw new SourceAbsentException("there is no " + missing.getFile());
        }
    }

    private Groups locate(CgroupMembership member, KernelText text) throws IOException {
        CgroupMounts mounts =
                CgroupMounts.parse(text.read(process.resolve("mountinfo")).toString(), root);
        List<MemoryGroup> memory = lineage(CgroupVersion.V1, mounts.memory(), member.memoryPath());
        List<MemoryGroup> unified = lineage(CgroupVersion.V2, mounts.unified(), member.unifiedPath());
        List<MemoryGroup> counted =
                Stream.of(memory, unified).flatMap(List::stream).toList();
        return new Groups(
                counted, unified.stream().reduce((upper, lower) -> lower).map(MemoryGroup::directory));
    }

    /* The group and all its ancestors as far as they can be seen, from the top: each may have a limit of its own. */
    private static List<MemoryGroup> lineage(CgroupVersion version, List<CgroupMount> mounts, Optional<String> member) {
        if (member.isEmpty() || mounts.isEmpty()) {
            return List.of();
        }
        String path = member.get();
        CgroupMount mount = mounts.stream()
                .filter(candidate -> candidate.covers(path))
                .findFirst()
                .orElse(mounts.get(0));
        return mount.lineage(path).stream()
                .map(directory ->
                        new MemoryGroup(version, directory, "/" + mount.point().relativize(directory)))
                .toList();
    }

    /**
     * The groups of a process.
     *
     * @param counted those that may limit memory, of either version
     * @param unified the directory of its own group in the version 2 tree
     */
    record Groups(List<MemoryGroup> counted, Optional<Path> unified) {}
}
