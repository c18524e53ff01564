package dev.oriel.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What one thread of a process costs, as the kernel counts it. */
final class ThreadMeter {

    /* The kernel keeps so many letters of a name. */
    private static final int LONGEST_NAME = 15;
    private static final Pattern WAITS = Pattern.compile("(?m)^voluntary_ctxt_switches:\\s+(\\d+)$");

    private final Path folder;

    private ThreadMeter(Path folder) {
        this.folder = folder;
    }

    /**
     * Finds a thread by its name.
     *
     * @throws BenchmarkFailedException if there is none
     */
    static ThreadMeter find(long pid, String name) throws IOException {
        return new ThreadMeter(folders(pid, name).get(0));
    }

    /**
     * Finds threads by their name, or so much of it as the kernel keeps.
     *
     * @return where the kernel tells of them; at least one
     * @throws BenchmarkFailedException if there is none
     */
    static List<Path> folders(long pid, String name) throws IOException {
        String known = name.substring(0, Math.min(name.length(), LONGEST_NAME));
        List<Path> found = new ArrayList<>();
        try (Stream<Path> tasks = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            List<Path> all = tasks.toList();
            for (Path task : all) {
                if (nameOf(task).equals(known)) {
                    found.add(task);
                }
            }
        }
        if (found.isEmpty()) {
            throw new BenchmarkFailedException("process " + pid + " has no thread \"" + name + "\"");
        }
        return found;
    }

    /* A thread that ends while one looks has none. */
    private static String nameOf(Path task) throws IOException {
        try {
            return Files.readString(task.resolve("comm")).strip();
        } catch (NoSuchFileException ended) {
            return "";
        }
    }

    /** CPU time since its start. */
    double cpuMillis() throws IOException {
        return cpuMillis(Files.readString(folder.resolve("schedstat")));
    }

    /** Reads nanoseconds on a CPU, nanoseconds waited for one, and how often it was given one. */
    static double cpuMillis(String schedstat) {
        return Long.parseLong(schedstat.split(" ")[0]) / 1e6;
    }

    /** How often it has waited for something. */
    long waits() throws IOException {
        return waits(Files.readString(folder.resolve("status")));
    }

    static long waits(String status) {
        Matcher waits = WAITS.matcher(status);
        if (!waits.find()) {
            throw new BenchmarkFailedException("the kernel does not tell how often a thread waited");
        }
        return Long.parseLong(waits.group(1));
    }
}
