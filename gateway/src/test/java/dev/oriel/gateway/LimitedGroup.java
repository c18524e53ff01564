package dev.oriel.gateway;

import dev.oriel.capture.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A memory control group of the test's own, below the one it runs in, on a machine where that can be made. */
final class LimitedGroup implements AutoCloseable {

    private final Path folder;

    private LimitedGroup(Path folder) {
        this.folder = folder;
    }

    /** Makes one with a limit; empty, with the reason printed, where a machine does not let us. */
    static Optional<LimitedGroup> make(long limitBytes) {
        try {
            Path parent = versionOneGroup();
            Path folder = Files.createDirectory(
                    parent.resolve("oriel-it-" + ProcessHandle.current().pid()));
            LimitedGroup group = new LimitedGroup(folder);
            try {
                group.write("memory.limit_in_bytes", Long.toString(limitBytes));
                return Optional.of(group);
            } catch (IOException e) {
                group.close();
                throw e;
            }
        } catch (IOException e) {
            System.out.println("No memory control group can be made here: " + e);
            return Optional.empty();
        }
    }

    private static Path versionOneGroup() throws IOException {
        String path = Files.readAllLines(Path.of("/proc/self/cgroup")).stream()
                .map(line -> line.split(":", 3))
                .filter(fields -> List.of(fields[1].split(",")).contains("memory"))
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

    private void write(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text);
    }

    /** A shell that enters the group and then becomes the command that follows. */
    List<String> enter() {
        return List.of("bash", "-c", "echo $$ > '" + folder.resolve("cgroup.procs") + "' && exec \"$@\"", "enter");
    }

    /** What is charged to the group now, cached files included. */
    long usageBytes() {
        return number("memory.usage_in_bytes");
    }

    /** The most that ever was. */
    long peakBytes() {
        return number("memory.max_usage_in_bytes");
    }

    /** How many processes the kernel has killed in the group. */
    long kills() {
        return Long.parseLong(read("memory.oom_control").replaceAll("(?s).*oom_kill (\\d+).*", "$1"));
    }

    private long number(String file) {
        return Long.parseLong(read(file).strip());
    }

    private String read(String file) {
        try {
            return Files.readString(folder.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a program in the group that takes so much memory and keeps it until it is ended. */
    Process hog(long bytes) throws IOException {
        return hog("head -c " + bytes + " /dev/zero; exec sleep 60");
    }

    /**
     * Starts a program in the group that takes memory by and by, keeps it for a while, and ends with status 0 unless it is
     * killed. It is no more than what it takes: the steps are counted from the start, so that one that was late is made up for.
     */
    Process hog(long megabytes, long megabytesPerSecond, Duration hold) throws IOException {
        return hog(String.join(
                "\n",
                "exec {nap}<> <(:)",
                "begin=${EPOCHREALTIME/./}",
                "for ((taken = 0; taken < " + megabytes + "; taken += 8)); do",
                "  head -c 8388608 /dev/zero",
                "  early=$((begin + (taken + 8) * 1000000 / " + megabytesPerSecond + " - ${EPOCHREALTIME/./}))",
                "  if ((early > 0)); then printf -v seconds '0.%06d' $early; read -t $seconds -u $nap; fi",
                "done",
                "exec sleep " + hold.toSeconds()));
    }

    private Process hog(String writer) throws IOException {
        /* tail keeps a line that does not end, and a writer that sleeps keeps it waiting. */
        String line = "echo $$ > '" + folder.resolve("cgroup.procs") + "'; { " + writer
                + "; } | tail -n 1; exit ${PIPESTATUS[1]}";
        return new ProcessBuilder("bash", "-c", line)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    static void end(Process hog) {
        List<ProcessHandle> children = hog.descendants().toList();
        children.forEach(ProcessHandle::destroyForcibly);
        hog.destroyForcibly();
        Eventually.until("the hog is gone", () -> children.stream().noneMatch(ProcessHandle::isAlive));
    }

    /** Takes the group apart; what was in it must have ended. */
    @Override
    public void close() {
        Eventually.until("the group is empty and gone", () -> {
            try {
                Files.deleteIfExists(folder);
                return true;
            } catch (IOException e) {
                return false;
            }
        });
        if (Files.exists(folder)) {
            throw new UncheckedIOException(new IOException("the group is still there: " + folder));
        }
    }
}
