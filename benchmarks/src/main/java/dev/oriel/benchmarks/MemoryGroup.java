package dev.oriel.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A control group of our own with a limit on its memory, below the one that we run in. Version 1 of the controller. */
final class MemoryGroup implements AutoCloseable {

    private static final Pattern KILLS = Pattern.compile("(?m)^oom_kill (\\d+)$");
    private static final Duration LONGEST_END = Duration.ofSeconds(5);
    private static final Duration GLANCE = Duration.ofMillis(20);

    private final Path folder;
    private final Thread removal = new Thread(this::remove, "group-end");

    private MemoryGroup(Path folder) {
        this.folder = folder;
    }

    /**
     * Makes one.
     *
     * @throws BenchmarkFailedException if this machine does not let us
     */
    static MemoryGroup make(long limitBytes) {
        try {
            Path folder =
                    own().resolve("oriel-benchmark-" + ProcessHandle.current().pid());
            Files.createDirectory(folder);
            MemoryGroup group = new MemoryGroup(folder);
            Runtime.getRuntime().addShutdownHook(group.removal);
            group.write("memory.limit_in_bytes", limitBytes);
            return group;
        } catch (IOException e) {
            throw new BenchmarkFailedException("no memory control group can be made here: " + e);
        }
    }

    private static Path own() throws IOException {
        String path = Files.readAllLines(Path.of("/proc/self/cgroup")).stream()
                .map(line -> line.split(":", 3))
                .filter(fields -> List.of(fields[1].split(",")).contains("memory"))
                .map(fields -> fields[2].substring(1))
                .findFirst()
                .orElseThrow(() -> new IOException("there is no version 1 memory controller"));
        Path mount = Files.readAllLines(Path.of("/proc/self/mountinfo")).stream()
                .filter(line -> line.matches(".* - cgroup \\S+ (\\S+,)?memory(,\\S+)?"))
                .map(line -> Path.of(line.split(" ")[4]))
                .findFirst()
                .orElseThrow(() -> new IOException("the memory controller is not mounted"));
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

    /** How many processes the kernel has killed for want of memory. */
    long kills() throws IOException {
        Matcher kills = KILLS.matcher(Files.readString(folder.resolve("memory.oom_control")));
        if (!kills.find()) {
            throw new BenchmarkFailedException("this kernel does not tell how many it killed in a group");
        }
        return Long.parseLong(kills.group(1));
    }

    /** The most that was charged since {@link #forgetPeak}, cached files included. */
    long peakBytes() throws IOException {
        return Long.parseLong(
                Files.readString(folder.resolve("memory.max_usage_in_bytes")).strip());
    }

    void forgetPeak() throws IOException {
        write("memory.max_usage_in_bytes", 0);
    }

    private void write(String file, long number) throws IOException {
        Files.writeString(folder.resolve(file), Long.toString(number));
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
