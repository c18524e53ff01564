package dev.oriel.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** A control group of our own below the one that we run in, in one of the trees of groups that there are. */
final class ControlGroup implements AutoCloseable {

    private static final Duration LONGEST_END = Duration.ofSeconds(5);
    private static final Duration GLANCE = Duration.ofMillis(20);

    private final Path folder;
    private final Thread removal = new Thread(this::remove, "group-end");

    private ControlGroup(Path folder) {
        this.folder = folder;
    }

    /** Makes one below the group whose memory is counted, version 1 of the controller. */
    static ControlGroup makeWithMemory() throws IOException {
        return make(
                controllers -> List.of(controllers.split(",")).contains("memory"),
                ".* - cgroup \\S+ (\\S+,)?memory(,\\S+)?",
                "the version 1 memory controller");
    }

    /** Makes one in the tree of version 2, which tells the stalls of each group whatever controllers it has. */
    static ControlGroup makeUnified() throws IOException {
        return make(String::isEmpty, ".* - cgroup2 .*", "the tree of version 2");
    }

    private static ControlGroup make(Predicate<String> controllers, String mount, String what) throws IOException {
        Path folder = own(controllers, mount, what)
                .resolve("oriel-benchmark-" + ProcessHandle.current().pid());
        return make(folder);
    }

    private static ControlGroup make(Path folder) throws IOException {
        Files.createDirectory(folder);
        ControlGroup group = new ControlGroup(folder);
        Runtime.getRuntime().addShutdownHook(group.removal);
        return group;
    }

    /** Makes one below this one, to be closed first. */
    ControlGroup makeBelow() throws IOException {
        return make(folder.resolve("below"));
    }

    private static Path own(Predicate<String> controllers, String mountPattern, String what) throws IOException {
        String path = Files.readAllLines(Path.of("/proc/self/cgroup")).stream()
                .map(line -> line.split(":", 3))
                .filter(fields -> controllers.test(fields[1]))
                .map(fields -> fields[2].substring(1))
                .findFirst()
                .orElseThrow(() -> new IOException(what + " does not exist"));
        Path mount = Files.readAllLines(Path.of("/proc/self/mountinfo")).stream()
                .filter(line -> line.matches(mountPattern))
                .map(line -> Path.of(line.split(" ")[4]))
                .findFirst()
                .orElseThrow(() -> new IOException(what + " is not mounted"));
        /* A container may be told a path that its mount does not have. */
        return Files.isDirectory(mount.resolve(path)) ? mount.resolve(path) : mount;
    }

    /** A command that enters the group and then becomes another one. */
    String[] inside(String... command) {
        List<String> words = new ArrayList<>(
                List.of("bash", "-c", "echo $$ > '" + folder.resolve("cgroup.procs") + "' && exec \"$@\"", "inside"));
        words.addAll(List.of(command));
        return words.toArray(String[]::new);
    }

    /** One of the group's files. */
    Path file(String name) {
        return folder.resolve(name);
    }

    /* What was in it may take a moment to be gone. */
    private void remove() {
        long deadline = System.nanoTime() + LONGEST_END.toNanos();
        while (!folder.toFile().delete() && System.nanoTime() < deadline) {
            try {
                Thread.sleep(GLANCE.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Takes the group apart; what was in it must have been ended. */
    @Override
    public void close() {
        remove();
        if (Files.exists(folder)) {
            throw new BenchmarkFailedException("the group is still there: " + folder);
        }
        Runtime.getRuntime().removeShutdownHook(removal);
    }
}
