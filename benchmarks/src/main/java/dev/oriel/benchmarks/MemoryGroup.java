package dev.oriel.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A control group of our own with a limit on its memory, below the one that we run in. Version 1 of the controller. */
final class MemoryGroup implements AutoCloseable {

    private final ControlGroup group;
    private final long limitBytes;

    private MemoryGroup(ControlGroup group, long limitBytes) {
        this.group = group;
        this.limitBytes = limitBytes;
    }

    /**
     * Makes one.
     *
     * @throws BenchmarkFailedException if this machine does not let us
     */
    static MemoryGroup make(long limitBytes) {
        try {
            return limited(ControlGroup.makeWithMemory(), limitBytes);
        } catch (IOException e) {
            throw new BenchmarkFailedException("no memory control group can be made here: " + e);
        }
    }

    private static MemoryGroup limited(ControlGroup group, long limitBytes) throws IOException {
        MemoryGroup made = new MemoryGroup(group, limitBytes);
        try {
            made.write("memory.limit_in_bytes", limitBytes);
            return made;
        } catch (IOException e) {
            made.close();
            throw e;
        }
    }

    /** A command that enters the group and then becomes another one. */
    String[] inside(String... command) {
        return group.inside(command);
    }

    /** How many processes the kernel has killed for want of memory. */
    long kills() throws IOException {
        return number("memory.oom_control", "oom_kill");
    }

    /** What is left of the limit. Pages of files can be had back, those of shared memory cannot: they are no files here. */
    long availableBytes() throws IOException {
        long used = Long.parseLong(
                Files.readString(group.file("memory.usage_in_bytes")).strip());
        return limitBytes
                - used
                + number("memory.stat", "total_inactive_file")
                + number("memory.stat", "total_active_file");
    }

    private long number(String file, String name) throws IOException {
        Matcher line = Pattern.compile("(?m)^" + name + " (\\d+)$").matcher(Files.readString(group.file(file)));
        if (!line.find()) {
            throw new BenchmarkFailedException("the kernel tells no " + name + " of a memory control group");
        }
        return Long.parseLong(line.group(1));
    }

    /** The most that was charged since {@link #forgetPeak}, cached files included. */
    long peakBytes() throws IOException {
        return Long.parseLong(
                Files.readString(group.file("memory.max_usage_in_bytes")).strip());
    }

    void forgetPeak() throws IOException {
        write("memory.max_usage_in_bytes", 0);
    }

    private void write(String file, long number) throws IOException {
        Files.writeString(group.file(file), Long.toString(number));
    }

    /** Takes the group apart; what was in it must have been ended. */
    @Override
    public void close() {
        group.close();
    }
}
