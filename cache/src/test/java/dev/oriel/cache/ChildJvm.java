package dev.oriel.cache;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A small Java process of its own, for what must not happen to the one that runs the tests. */
final class ChildJvm {

    /** What the Java machine itself may take meanwhile: it ends if it gets nothing. */
    private static final int MALLOC_BYTES = 32 << 20;

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private ChildJvm() {}

    /**
     * Runs a program to its end.
     *
     * @param before a shell command that sets the scene, say a limit
     * @param heapMebibytes the size of its Java heap
     * @param main the program
     * @return its exit status and what it printed
     */
    static Result run(String before, int heapMebibytes, Class<?> main) throws IOException, InterruptedException {
        Path output = Files.createTempFile("oriel-child", ".txt");
        try {
            Process process = new ProcessBuilder(command(before, heapMebibytes, main))
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            return new Result(process.exitValue(), Files.readString(output));
        } finally {
            Files.delete(output);
        }
    }

    /** Nothing in it grows by itself, as far as options can say so: it is the cache that has to get into need. */
    private static List<String> command(String before, int heapMebibytes, Class<?> main) {
        List<String> command = new ArrayList<>(List.of("bash", "-c", before + "; exec \"$@\"", "bash"));
        command.addAll(List.of(
                "env",
                "MALLOC_ARENA_MAX=1",
                "MALLOC_TOP_PAD_=" + MALLOC_BYTES,
                "MALLOC_TRIM_THRESHOLD_=" + MALLOC_BYTES,
                "MALLOC_MMAP_THRESHOLD_=" + MALLOC_BYTES));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "-XX:+UseSerialGC",
                "-Xms" + heapMebibytes + "m",
                "-Xmx" + heapMebibytes + "m",
                "-Xss512k",
                "-XX:TieredStopAtLevel=1",
                "-XX:ReservedCodeCacheSize=16m",
                "-XX:InitialCodeCacheSize=16m",
                "-XX:CompressedClassSpaceSize=16m",
                "-XX:-UseDynamicNumberOfCompilerThreads",
                "-XX:-UsePerfData",
                "-XX:-CreateCoredumpOnCrash",
                "-XX:ErrorFile=/dev/stdout"));
        if (Runtime.version().feature() >= 24) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        return command;
    }

    /** One line of the process's own status, in bytes. */
    static long statusBytes(String name) throws IOException {
        return Files.readString(Path.of("/proc/self/status"), StandardCharsets.US_ASCII)
                .lines()
                .filter(line -> line.startsWith(name + ":"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .findFirst()
                .orElseThrow();
    }

    /** For use in the child, where the usual assertions would load hundreds of classes in the middle of the need. */
    static void require(boolean holds, String what, Object seen) {
        if (!holds) {
            throw new AssertionError(what + ": " + seen);
        }
    }

    record Result(int status, String output) {}
}
