package dev.oriel.pressure.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A group of processes with limited memory below the one of this test, and a shell inside that does as it is told. The
 * test that wants one is skipped where none can be made.
 */
final class RealGroup implements AutoCloseable {
    private final Path memory;
    private final @Nullable Path unified;
    private final Process shell;
    private final Writer commands;
    private final BufferedReader answers;

    private RealGroup(Path memory, @Nullable Path unified) throws IOException {
        this.memory = memory;
        this.unified = unified;
        shell = new ProcessBuilder("bash")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        commands = shell.outputWriter();
        answers = shell.inputReader();
        Files.writeString(memory.resolve("cgroup.procs"), Long.toString(shell.pid()));
        if (unified != null) {
            Files.writeString(unified.resolve("cgroup.procs"), Long.toString(shell.pid()));
        }
    }

    /** Limits memory, in a version 1 tree. */
    static RealGroup memory(long limitBytes) throws IOException {
        return make(limitBytes, false);
    }

    /** Limits memory in a version 1 tree, and counts stalls in the version 2 tree beside it. */
    static RealGroup memoryAndStalls(long limitBytes) throws IOException {
        return make(limitBytes, true);
    }

    private static RealGroup make(long limitBytes, boolean withStalls) throws IOException {
        CgroupMounts mounts = CgroupMounts.parse(Files.readString(Path.of("/proc/self/mountinfo")), Path.of("/"));
        CgroupMembership member = CgroupMembership.parse(Files.readString(Path.of("/proc/self/cgroup")));
        Path parent = own(mounts.memory(), member.memoryPath());
        Path stalls = own(mounts.unified(), member.unifiedPath());
        assumeTrue(parent != null, "no group of version 1 can be made here");
        assumeTrue(!withStalls || stalls != null, "no group of version 2 can be made here");
        String name = "oriel-it-" + ProcessHandle.current().pid() + "-" + System.nanoTime();
        Path memory = Files.createDirectory(parent.resolve(name));
        Path unified = withStalls ? Files.createDirectory(stalls.resolve(name)) : null;
        Files.writeString(memory.resolve("memory.limit_in_bytes"), Long.toString(limitBytes));
        return new RealGroup(memory, unified);
    }

    private static @Nullable Path own(List<CgroupMount> mounts, Optional<String> member) {
        return mounts.stream()
                .flatMap(mount -> mount.lineage(member.orElse("/")).stream())
                .reduce((upper, lower) -> lower)
                .filter(Files::isWritable)
                .orElse(null);
    }

    MemoryGroup memory() {
        return new MemoryGroup(CgroupVersion.V1, memory, "/" + memory.getFileName());
    }

    Path unified() {
        return ownUnified().orElseThrow();
    }

    /** The directory in the version 2 tree; empty if the group is in version 1 only. */
    Optional<Path> ownUnified() {
        return Optional.ofNullable(unified);
    }

    /** Runs a command in the group and waits for its end. */
    @Nullable
    Void run(String command) throws IOException {
        commands.write(command + "; echo done\n");
        commands.flush();
        assertThat(answers.readLine()).isEqualTo("done");
        return null;
    }

    long number(String file) {
        try {
            return Long.parseLong(Files.readString(memory.resolve(file)).strip());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** For how long some task in the group has stood still. */
    long stalledMicros() throws IOException {
        String some = Files.readAllLines(unified().resolve("memory.pressure")).get(0);
        return Long.parseLong(some.substring(some.indexOf("total=") + "total=".length()));
    }

    /** Ends the shell, which leaves the group empty. */
    void leave() throws IOException, InterruptedException {
        commands.close();
        assertThat(shell.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    @Override
    public void close() throws IOException {
        shell.destroyForcibly().onExit().join();
        remove(memory);
        if (unified != null) {
            remove(unified);
        }
    }

    /* What has ended may still be on its way out. */
    private static void remove(Path group) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (Files.readString(group.resolve("cgroup.procs")).length() > 0 && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        Files.delete(group);
    }
}
