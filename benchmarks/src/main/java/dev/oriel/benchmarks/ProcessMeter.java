package dev.oriel.benchmarks;

import com.sun.jna.Native;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a process costs, as the kernel counts it. */
final class ProcessMeter {

    /**
     * Memory of a process.
     *
     * @param residentMegabytes all its pages in memory
     * @param proportionalMegabytes the same, each page shared among those who use it
     */
    record Memory(double residentMegabytes, double proportionalMegabytes) {}

    /** What of the C library is needed. */
    private static final class Libc {

        static final int CLOCK_TICKS_PER_SECOND = 2;

        static {
            Native.register(Libc.class, "c");
        }

        static native long sysconf(int name);
    }

    private static final int USER_TICKS = 11;
    private static final int SYSTEM_TICKS = 12;
    private static final double KILOBYTES_IN_MEGABYTE = 1024;

    private final Path folder;
    private final double millisPerTick = 1000.0 / Libc.sysconf(Libc.CLOCK_TICKS_PER_SECOND);

    ProcessMeter(long pid) {
        this.folder = Path.of("/proc", Long.toString(pid));
    }

    /** CPU time of all threads since the start, those that ended included. */
    double cpuMillis() throws IOException {
        return ticks(Files.readString(folder.resolve("stat"))) * millisPerTick;
    }

    Memory memory() throws IOException {
        String text = Files.readString(folder.resolve("smaps_rollup"));
        return new Memory(
                kilobytes(text, "Rss") / KILOBYTES_IN_MEGABYTE, kilobytes(text, "Pss") / KILOBYTES_IN_MEGABYTE);
    }

    /** Reads {@code stat}. The name of the process may hold spaces and brackets, so fields count from its end. */
    static long ticks(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[SYSTEM_TICKS]);
    }

    /** Reads a line such as {@code Rss:   1234 kB}. */
    static long kilobytes(String text, String name) {
        Matcher line = Pattern.compile("(?m)^" + name + ":\\s+(\\d+) kB$").matcher(text);
        if (!line.find()) {
            throw new BenchmarkFailedException("the kernel tells no " + name);
        }
        return Long.parseLong(line.group(1));
    }
}
