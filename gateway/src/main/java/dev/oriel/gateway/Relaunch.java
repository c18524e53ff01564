package dev.oriel.gateway;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.StringArray;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/*
 * Words of the command line may be in any encoding. Read and handed on as ISO 8859-1 their bytes stay as they are.
 */
/**
 * Gives a plain {@code java -jar} the options that {@code ./oriel} starts with: without any, Java takes a heap of
 * gigabytes and never gives it back. The process is replaced by itself, so that its id, its files, its folder and its
 * arguments stay. Whoever gives an option of their own is not interfered with, and where it cannot be done Oriel goes on
 * as it is: it only takes more memory then.
 */
final class Relaunch {

    private static final Path PROCESS = Path.of("/proc/self");
    private static final String JAVA = PROCESS.resolve("exe").toString();
    private static final String JAR = "-jar";
    private static final int WORDS_BEFORE_ARGUMENTS = 3;
    private static final int SET_DESCRIPTOR_FLAGS = 2;
    private static final int CLOSE_ON_EXEC = 1;

    /** What Java takes options from beside its command line. */
    private static final List<String> VARIABLES = List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

    /** As scripts/java has them. */
    private static final Map<String, String> ENVIRONMENT = Map.of("MALLOC_ARENA_MAX", "2");

    private Relaunch() {}

    /**
     * Does not return where the process was started without options, and can be started anew.
     *
     * @param arguments how many the program was given
     */
    static void ifWithoutOptions(int arguments, Map<String, String> environment) {
        try {
            List<String> words = words(Files.readAllBytes(PROCESS.resolve("cmdline")));
            if (isPlain(words, arguments, environment)) {
                replace(withOptions(words));
            }
        } catch (IOException | LinkageError anotherSystem) {
            return;
        }
    }

    /** Each ends with a zero byte; a word may be empty. */
    static List<String> words(byte[] commandLine) {
        List<String> words =
                new ArrayList<>(List.of(new String(commandLine, StandardCharsets.ISO_8859_1).split("\0", -1)));
        words.remove(words.size() - 1);
        return words;
    }

    static boolean isPlain(List<String> words, int arguments, Map<String, String> environment) {
        return words.size() == WORDS_BEFORE_ARGUMENTS + arguments
                && words.get(1).equals(JAR)
                && VARIABLES.stream().noneMatch(environment::containsKey);
    }

    private static List<String> withOptions(List<String> words) throws IOException {
        List<String> all = new ArrayList<>(words);
        archive(Path.of(words.get(2))).ifPresent(archive -> all.addAll(1, archiveOptions(archive)));
        all.addAll(1, options());
        return all;
    }

    private static List<String> archiveOptions(Path archive) {
        return List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:cds=off");
    }

    private static List<String> options() throws IOException {
        try (InputStream options = Relaunch.class.getResourceAsStream("java-options")) {
            return new String(options.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        }
    }

    /** The archive of classes that {@code ./oriel} made for this Java; scripts/needs.sh names it. */
    private static Optional<Path> archive(Path jar) throws IOException {
        Path modules = Path.of(System.getProperty("java.home"), "lib", "modules");
        String name = "classes-" + Files.getLastModifiedTime(modules).to(TimeUnit.SECONDS) + "-" + Files.size(modules);
        Path archive = jar.resolveSibling(name + ".jsa");
        return Files.exists(archive) && Files.size(archive) > 0 ? Optional.of(archive) : Optional.empty();
    }

    private static void replace(List<String> words) throws IOException {
        NativeLibrary c = NativeLibrary.getProcess();
        closeWhatJavaOpened(c.getFunction("fcntl"));
        Function setenv = c.getFunction("setenv");
        ENVIRONMENT.forEach((name, value) -> setenv.invokeInt(new Object[] {name, value, 0}));
        String encoding = StandardCharsets.ISO_8859_1.name();
        c.getFunction("execv").invokeInt(new Object[] {JAVA, new StringArray(words.toArray(String[]::new), encoding)});
    }

    /** Java leaves its modules and archives open for whoever comes after it. */
    private static void closeWhatJavaOpened(Function fcntl) throws IOException {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(PROCESS.resolve("fd"))) {
            for (Path descriptor : descriptors) {
                Path file = Files.isRegularFile(descriptor) ? Files.readSymbolicLink(descriptor) : descriptor;
                if (file.endsWith("lib/modules") || file.toString().endsWith(".jar")) {
                    int number = Integer.parseInt(descriptor.getFileName().toString());
                    fcntl.invokeInt(new Object[] {number, SET_DESCRIPTOR_FLAGS, CLOSE_ON_EXEC});
                }
            }
        }
    }
}
