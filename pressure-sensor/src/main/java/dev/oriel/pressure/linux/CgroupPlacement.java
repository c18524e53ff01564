package dev.oriel.pressure.linux;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.oriel.pressure.PressureProbe.Depth;
import dev.oriel.pressure.SourceAbsentException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a process stands in the trees of groups. Its membership is read again and again, for it can be moved; the table
 * of mounts, which can be long, only when it has been.
 */
final class CgroupPlacement implements Closeable {
    /* Quick looks leave the membership alone for so long: it costs half as much as all that they look at. */
    private static final long TRUSTED_NANOS = SECONDS.toNanos(1);

    private final Path root;
    private final Path process;
    private final KernelText text;
    private final KernelFile membershipFile;
    private byte[] membership = {};
    private long checkedAtNanos;
    private int moves;
    private @Nullable Groups groups;
    private @Nullable Path unifiedDirectory;
    private @Nullable IOException failure;
    private @Nullable SourceAbsentException absence;

    /**
     * Places a process.
     *
     * @param root the directory that stands for {@code /}
     * @param process the process's directory, such as {@code /proc/self}
     */
    CgroupPlacement(Path root, Path process, KernelText text) {
        this.root = root;
        this.process = process;
        this.text = text;
        membershipFile = new KernelFile(process.resolve("cgroup"));
    }

    /** Looks whether the process has been moved. */
    void look(Depth depth, long nowNanos) {
        if (depth == Depth.QUICK && groups != null && nowNanos - checkedAtNanos < TRUSTED_NANOS) {
            return;
        }
        checkedAtNanos = nowNanos;
        failure = null;
        absence = null;
        try {
            membershipFile.read(text);
            if (groups == null || !text.is(membership)) {
                membership = text.toBytes();
                groups = locate(CgroupMembership.parse(new String(membership, StandardCharsets.UTF_8)));
                unifiedDirectory = groups.unified().orElse(null);
                moves++;
            }
        } catch (NoSuchFileException missing) {
            forget();
            absence = new SourceAbsentException("there is no " + missing.getFile());
        } catch (IOException broken) {
            forget();
            failure = broken;
        }
    }

    private void forget() {
        groups = null;
        unifiedDirectory = null;
    }

    /** How often the groups have been found anew: whoever remembers the number sees whether they are the same. */
    int moves() {
        return moves;
    }

    /** The groups at the last look. */
    Groups groups() throws IOException, SourceAbsentException {
        if (absence != null) {
            throw absence;
        }
        if (failure != null) {
            throw failure;
        }
        if (groups == null) {
            throw new IllegalStateException("nobody looked");
        }
        return groups;
    }

    /** The directory of the process's own group in the version 2 tree; null if it is in none that can be seen. */
    @Nullable
    Path unifiedDirectory() {
        return unifiedDirectory;
    }

    @Override
    public void close() throws IOException {
        membershipFile.close();
    }

    private Groups locate(CgroupMembership member) throws IOException {
        CgroupMounts mounts =
                CgroupMounts.parse(text.read(process.resolve("mountinfo")).toString(), root);
        List<MemoryGroup> memory = lineage(CgroupVersion.V1, mounts.memory(), member.memoryPath());
        List<MemoryGroup> unified = lineage(CgroupVersion.V2, mounts.unified(), member.unifiedPath());
        return new Groups(
                Stream.of(memory, unified).flatMap(List::stream).toList(),
                unified.stream().reduce((upper, lower) -> lower).map(MemoryGroup::directory));
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
     * @param counted those that may limit memory, of either version, each tree from the top
     * @param unified the directory of its own group in the version 2 tree
     */
    record Groups(List<MemoryGroup> counted, Optional<Path> unified) {}
}
