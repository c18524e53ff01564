package dev.oriel.benchmarks;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/*
 * What the server gives back while it turns YELLOW would keep it from RED. So the hog looks what is left each time and
 * takes a part of it, as long as more is left than a machine needs to go on.
 */
/** A memory control group with a limit (version 1), below our own, in which the server runs beside a hog. */
final class ScarceGroup implements ScarceMemory {

    private static final long MEGABYTE = 1024 * 1024;
    private static final long LIMIT_BYTES = 1536 * MEGABYTE;
    private static final long LEFT_BYTES = LIMIT_BYTES / 20;
    private static final long MOST_AT_ONCE = 128 * MEGABYTE;
    private static final Duration LONGEST_BITE = Duration.ofSeconds(10);
    private static final Duration LONGEST_END = Duration.ofSeconds(5);
    private static final Duration GLANCE = Duration.ofMillis(50);
    private static final Pattern READY = Pattern.compile("^ready$");
    private static final Pattern TAKEN = Pattern.compile("^taken$");

    private final Path folder;
    private final Child hog;

    /**
     * Makes the group.
     *
     * @throws IOException with the reason if this machine has no such groups, does not let us, or has too little memory
     */
    ScarceGroup(Workplace workplace) throws IOException, InterruptedException {
        long available = 1024 * ProcessMeter.kilobytes(Files.readString(Path.of("/proc/meminfo")), "MemAvailable");
        if (available < 2 * LIMIT_BYTES) {
            throw new IOException("this machine has only " + available / MEGABYTE + " MB left");
        }
        folder = ownGroup().resolve("oriel-profile-" + ProcessHandle.current().pid());
        try {
            Files.createDirectory(folder);
        } catch (FileSystemException e) {
            throw new IOException("no memory control group can be made: " + e, e);
        }
        try {
            write("memory.limit_in_bytes", Long.toString(LIMIT_BYTES));
            hog = startHog(workplace);
        } catch (IOException | InterruptedException | RuntimeException e) {
            Files.deleteIfExists(folder);
            throw e;
        }
    }

    private static Path ownGroup() throws IOException {
        String path = Files.readAllLines(Path.of("/proc/self/cgroup")).stream()
                .map(line -> line.split(":", 3))
                .filter(fields -> Arrays.asList(fields[1].split(",")).contains("memory"))
                .map(fields -> fields[2])
                .findFirst()
                .orElseThrow(() -> new IOException("there is no version 1 memory controller"));
        Path mount = Files.readAllLines(Path.of("/proc/self/mountinfo")).stream()
                .filter(line -> line.contains(" - cgroup ") && line.matches(".*[ ,]memory([ ,].*)?$"))
                .map(line -> Path.of(line.split(" ")[4]))
                .findFirst()
                .orElseThrow(() -> new IOException("the memory controller is not mounted"));
        Path own = mount.resolve(path.substring(1));
        return Files.isDirectory(own) ? own : mount;
    }

    private Child startHog(Workplace workplace) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(before());
        command.addAll(OwnJava.PLAIN.java(workplace));
        command.addAll(List.of(
                "-Xmx32m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                MemoryHog.class.getName()));
        Child started = workplace.children().start("the memory hog", Map.of(), command.toArray(String[]::new));
        started.awaitLine(READY, LONGEST_BITE);
        return started;
    }

    private void write(String file, String text) throws IOException {
        try {
            Files.writeString(folder.resolve(file), text);
        } catch (IOException e) {
            throw new IOException("the memory control group takes no limit: " + e, e);
        }
    }

    @Override
    public String kind() {
        return "cgroup";
    }

    @Override
    public String how() {
        return "the server and a hog ran in a memory control group of " + LIMIT_BYTES / MEGABYTE
                + " MB, and the hog took what was left";
    }

    /** A shell that enters the group and then becomes the command that follows. */
    @Override
    public List<String> before() {
        return List.of("bash", "-c", "echo $$ > '" + folder.resolve("cgroup.procs") + "' && exec \"$@\"", "enter");
    }

    @Override
    public List<String> serverOptions() {
        return List.of();
    }

    @Override
    public boolean isTimed() {
        return true;
    }

    @Override
    public void squeeze() throws IOException, InterruptedException {
        long bite = Math.min(MOST_AT_ONCE, availableBytes() - LEFT_BYTES);
        if (bite > 0) {
            hog.tell(Long.toString(bite));
            hog.awaitLine(TAKEN, LONGEST_BITE);
        }
    }

    /** Pages of files can be had back, those of shared memory cannot: they do not count as files here. */
    private long availableBytes() throws IOException {
        long used = Long.parseLong(
                Files.readString(folder.resolve("memory.usage_in_bytes")).strip());
        String stat = Files.readString(folder.resolve("memory.stat"));
        return LIMIT_BYTES - used + number(stat, "total_inactive_file") + number(stat, "total_active_file");
    }

    private static long number(String stat, String name) {
        Matcher line = Pattern.compile("(?m)^" + name + " (\\d+)$").matcher(stat);
        if (!line.find()) {
            throw new BenchmarkFailedException("the memory control group tells no " + name);
        }
        return Long.parseLong(line.group(1));
    }

    @Override
    public void release() {
        hog.close();
    }

    @Override
    public void close() throws IOException {
        hog.close();
        try {
            remove();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What has ended is gone from the group a moment later. */
    private void remove() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + LONGEST_END.toNanos();
        while (Files.exists(folder)) {
            try {
                Files.delete(folder);
            } catch (FileSystemException e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
                Thread.sleep(GLANCE.toMillis());
            }
        }
    }
}
