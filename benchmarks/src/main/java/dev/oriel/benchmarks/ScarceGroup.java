package dev.oriel.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    private static final Pattern READY = Pattern.compile("^ready$");
    private static final Pattern TAKEN = Pattern.compile("^taken$");

    private final MemoryGroup group;
    private final Child hog;

    /** Starts the hog in a group, which stays the caller's to close, later. */
    ScarceGroup(MemoryGroup group, Workplace workplace) throws IOException, InterruptedException {
        this.group = group;
        this.hog = startHog(workplace);
    }

    /**
     * Makes room for one.
     *
     * @throws BenchmarkFailedException with the reason if this machine has no such groups, does not let us, or has too
     *     little memory
     */
    static MemoryGroup makeRoom() throws IOException {
        long available = 1024 * ProcessMeter.kilobytes(Files.readString(Path.of("/proc/meminfo")), "MemAvailable");
        if (available < 2 * LIMIT_BYTES) {
            throw new BenchmarkFailedException("this machine has only " + available / MEGABYTE + " MB left");
        }
        return MemoryGroup.make(LIMIT_BYTES);
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
        return List.of(group.inside());
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
        long bite = Math.min(MOST_AT_ONCE, group.availableBytes() - LEFT_BYTES);
        if (bite > 0) {
            hog.tell(Long.toString(bite));
            hog.awaitLine(TAKEN, LONGEST_BITE);
        }
    }

    @Override
    public void release() {
        hog.close();
    }

    @Override
    public void close() {
        hog.close();
    }
}
