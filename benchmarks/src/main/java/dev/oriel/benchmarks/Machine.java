package dev.oriel.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The machine and the software that a report's figures belong to. */
final class Machine {

    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(5);

    private Machine() {}

    /** In the order in which it is shown. */
    static Map<String, String> describe(Workplace workplace, VirtualScreen screen)
            throws IOException, InterruptedException {
        Map<String, String> machine = describe();
        machine.put("libjpeg-turbo", jpegLibrary(workplace.children()));
        machine.put("Xvfb", displayServer(screen));
        return machine;
    }

    /** Without the programs that only some figures depend on. */
    static Map<String, String> describe() throws IOException {
        Map<String, String> machine = new LinkedHashMap<>();
        machine.put("date", ZonedDateTime.now().format(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm z")));
        machine.put("cpu", cpu() + ", " + Runtime.getRuntime().availableProcessors() + " cores");
        machine.put("memory", memory());
        machine.put("kernel", "Linux " + read("/proc/sys/kernel/osrelease"));
        machine.put("load at start", read("/proc/loadavg").replaceAll("^(\\S+ \\S+ \\S+).*", "$1"));
        machine.put("jdk", System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"));
        return machine;
    }

    private static String cpu() throws IOException {
        return first("(?m)^model name\\s*: (.+)$", read("/proc/cpuinfo"), System.getProperty("os.arch"));
    }

    private static String memory() throws IOException {
        long kilobytes = ProcessMeter.kilobytes(read("/proc/meminfo"), "MemTotal");
        return Math.round(kilobytes / 1024.0 / 1024.0) + " GiB";
    }

    /* The library does not tell its version; the program of the same source does. */
    private static String jpegLibrary(Children children) throws IOException, InterruptedException {
        return children.start("cjpeg", Map.of(), "cjpeg", "-version")
                .awaitText(Pattern.compile("version (\\S+)"), LONGEST_ANSWER);
    }

    private static String displayServer(VirtualScreen screen) {
        try (Painter painter = new Painter(screen.display())) {
            return painter.serverVersion() + ", " + VirtualScreen.WIDTH + "x" + VirtualScreen.HEIGHT + "x24";
        }
    }

    private static String first(String pattern, String text, String otherwise) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        return matcher.find() ? matcher.group(1) : otherwise;
    }

    private static String read(String file) throws IOException {
        return Files.readString(Path.of(file)).strip();
    }
}
