package dev.oriel.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A control group of our own with a limit on its memory, below the one that we run in. Version 1 of the controller. */
final class MemoryGroup implements AutoCloseable {

    private static final Pattern KILLS = Pattern.compile("(?m)^oom_kill (\\d+)$");

    private final ControlGroup group;

    private MemoryGroup(ControlGroup group) {
        this.group = group;
    }

    /**
     * Makes one.
     *
     * @throws BenchmarkFailedException if this machine does not let us
     */
    static MemoryGroup make(long limitBytes) {
        try {
            MemoryGroup made = new MemoryGroup(ControlGroup.makeWithMemory());
            made.write("memory.limit_in_bytes", limitBytes);
            return made;
        } catch (IOException e) {
            throw new BenchmarkFailedException("no memory control group can be made here: " + e);
        }
    }

    /** A command that enters the group and then becomes another one. */
    String[] inside(String... command) {
        return group.inside(command);
    }

    /** How many processes the kernel has killed for want of memory. */
    long kills() throws IOException {
        Matcher kills = KILLS.matcher(Files.readString(group.file("memory.oom_control")));
        if (!kills.find()) {
            throw new BenchmarkFailedException("this kernel does not tell how many it killed in a group");
        }
        return Long.parseLong(kills.group(1));
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
