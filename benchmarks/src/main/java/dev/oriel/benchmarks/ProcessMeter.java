package dev.oriel.benchmarks;

import com.sun.jna.Native;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/* CPU time comes from the clock that the kernel keeps for each process: /proc tells it in ticks of 10 ms only. */
/** What a process costs, as the kernel counts it. */
final class ProcessMeter {

    /**
     * Memory of a process.
     *
     * @param residentMegabytes all its pages in memory
     * @param proportionalMegabytes the same, each page shared among those who use it
     */
    record Memory(double residentMegabytes, double proportionalMegabytes) {

        private static Memory of(long residentKilobytes, long proportionalKilobytes) {
            return new Memory(residentKilobytes / KILOBYTES_IN_MEGABYTE, proportionalKilobytes / KILOBYTES_IN_MEGABYTE);
        }
    }

    /** What of the C library is needed. */
    private static final class Libc {

        static {
            Native.register(Libc.class, "c");
        }

        static native int clock_getcpuclockid(int process, int[] clock);

        static native int clock_gettime(int clock, long[] secondsAndNanos);
    }

    private static final Pattern START_OF_MAPPING = Pattern.compile("^[0-9a-f]+-[0-9a-f]+ .*");
    private static final double KILOBYTES_IN_MEGABYTE = 1024;

    private final long pid;
    private final Path folder;

    ProcessMeter(long pid) {
        this.pid = pid;
        this.folder = Path.of("/proc", Long.toString(pid));
    }

    /** CPU time of all threads since the start, those that ended included. */
    double cpuMillis() {
        int[] clock = new int[1];
        long[] time = new long[2];
        if (Libc.clock_getcpuclockid((int) pid, clock) != 0 || Libc.clock_gettime(clock[0], time) != 0) {
            throw new BenchmarkFailedException("process " + pid + " has ended");
        }
        return time[0] * 1e3 + time[1] / 1e6;
    }

    Memory memory() throws IOException {
        String rollup = Files.readString(folder.resolve("smaps_rollup"));
        return Memory.of(kilobytes(rollup, "Rss"), kilobytes(rollup, "Pss"));
    }

    /** Its pages that come from no file, as the kernel finds them when it walks the page tables. */
    long anonymousBytes() throws IOException {
        return kilobytes(Files.readString(folder.resolve("smaps_rollup")), "Anonymous") * 1024;
    }

    /** The part of the memory that lies in mappings whose name contains a text. */
    Memory memory(String mapping) throws IOException {
        String maps = Files.readString(folder.resolve("smaps"));
        return Memory.of(kilobytes(maps, mapping, "Rss"), kilobytes(maps, mapping, "Pss"));
    }

    /** Reads a line such as {@code Rss:   1234 kB}. */
    static long kilobytes(String text, String name) {
        Matcher line = Pattern.compile("(?m)^" + name + ":\\s+(\\d+) kB$").matcher(text);
        if (!line.find()) {
            throw new BenchmarkFailedException("the kernel tells no " + name);
        }
        return Long.parseLong(line.group(1));
    }

    /** Adds up such lines below each mapping whose name contains a text. */
    static long kilobytes(String maps, String mapping, String name) {
        long sum = 0;
        boolean wanted = false;
        for (String line : maps.lines().toList()) {
            if (START_OF_MAPPING.matcher(line).matches()) {
                wanted = line.contains(mapping);
            } else if (wanted && line.startsWith(name + ":")) {
                sum += kilobytes(line, name);
            }
        }
        return sum;
    }
}
