package dev.oriel.benchmarks;

import dev.oriel.pressure.PressureLevel;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code ./oriel profile}: the command line of the memory profile. */
@Command(
        name = "oriel profile",
        description = {
            "Measures the memory of a server (RSS and PSS, each second): while nobody looks, while many look at all"
                    + " spaces, and while an agent asks a semantic cache about each picture; under each level. Compares"
                    + " the pictures with the screens, and lets memory get scarce.",
            "Writes memory_profile_TIMESTAMP.json and .html. Every setting of 'oriel serve' counts as an environment"
                    + " variable."
        },
        footer =
                "Status: 0 if all targets are met, 1 if not or if it could not be measured, 2 for a wrong command line.")
public final class ProfileCommand implements Callable<Integer> {

    private static final int MOST_SECONDS = 3600;
    private static final Duration TIME_TO_FINISH = Duration.ofSeconds(3);
    private static final Duration LONGEST_FINISH = Duration.ofSeconds(15);

    private final Path root;
    private final Map<String, String> environment;
    private final PrintStream out;
    private final PrintStream error;
    private final CommandLine commandLine;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "How long a phase lasts, 1 to " + MOST_SECONDS + " [60].")
    private String seconds = "60";

    @Option(
            names = "--displays",
            paramLabel = "N",
            description = "Starts so many displays (Xvfb) and draws on them, 1 to " + MovingDisplays.MOST
                    + " [what $ORIEL_DISPLAYS or $DISPLAY names, else the demo; nothing is drawn there].")
    private @Nullable String displays;

    @Option(names = "--levels", paramLabel = "LEVEL,...", description = "Which levels [GREEN,YELLOW,RED].")
    private String levels = "GREEN,YELLOW,RED";

    @Option(names = "--output", paramLabel = "DIR", description = "Where the report goes [~/.jarvis/profiling].")
    private @Nullable String output;

    private ProfileCommand(Path root, Map<String, String> environment, PrintStream out, PrintStream error) {
        this.root = root;
        this.environment = environment;
        this.out = out;
        this.error = error;
        this.commandLine = new CommandLine(this)
                .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(error, true, StandardCharsets.UTF_8))
                .setParameterExceptionHandler((wrong, given) -> {
                    error.println(String.valueOf(wrong.getMessage())
                                    .lines()
                                    .findFirst()
                                    .orElse("") + "; see 'oriel profile --help'");
                    return Main.WRONG_USAGE;
                })
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    if (failure instanceof BenchmarkFailedException || failure instanceof IOException) {
                        error.println(failure.getMessage());
                    } else {
                        failure.printStackTrace(error);
                    }
                    return Main.FAILED;
                });
        commandLine
                .getCommandSpec()
                .addOption(OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("Shows this text.")
                        .build());
    }

    /**
     * Measures and ends the process: status 0 if all targets are met, 1 if not or if it failed, 2 for a wrong command line.
     *
     * @param arguments of the command line
     */
    public static void main(String[] arguments) {
        Path root = Path.of(System.getProperty("oriel.root", ".")).toAbsolutePath();
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        PrintStream error = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(arguments, root, System.getenv(), out, error));
    }

    static int run(String[] arguments, Path root, Map<String, String> environment, PrintStream out, PrintStream error) {
        return new ProfileCommand(root, environment, out, error).commandLine.execute(arguments);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        MemoryProfile.Plan plan = plan();
        Path folder = folder();
        if (!Files.isReadable(Path.of("/proc/self/smaps_rollup"))) {
            throw new BenchmarkFailedException(
                    "this system has no /proc/PID/smaps_rollup, which the memory is read from: a Linux with it is needed");
        }
        Clock clock = Clock.systemUTC();
        ProfileFiles files = ProfileFiles.in(folder, clock.instant(), ZoneId.systemDefault());
        MemoryProfileReport report = measured(plan, files, clock);
        return report.passed() ? Main.OK : Main.FAILED;
    }

    /* A signal ends the measurement, and what there is gets written and told before the process ends. */
    private MemoryProfileReport measured(MemoryProfile.Plan plan, ProfileFiles files, Clock clock)
            throws IOException, InterruptedException {
        StopSignal stop = new StopSignal();
        CountDownLatch told = new CountDownLatch(1);
        try (Children children = new Children()) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(stop, told, children), "profile-end"));
            ProgressLine progress = new ProgressLine(error, ProgressLine.isTerminal(), plan.allSeconds());
            Workplace workplace = new Workplace(root, children, error::println);
            MemoryProfile profile =
                    new MemoryProfile(workplace, environment, plan, progress, stop, clock, part -> keep(files, part));
            MemoryProfileReport report = profile.run();
            if (report.levels().isEmpty()) {
                throw new BenchmarkFailedException("nothing could be measured: "
                        + report.incompleteBecause().orElseThrow());
            }
            out.print(ProfileSummary.text(report));
            files.write(report);
            out.println(files.json());
            out.println(files.page());
            return report;
        } finally {
            told.countDown();
        }
    }

    private void keep(ProfileFiles files, MemoryProfileReport part) {
        try {
            files.write(part);
        } catch (IOException e) {
            throw new BenchmarkFailedException("the report cannot be written: " + e.getMessage());
        }
    }

    private static void end(StopSignal stop, CountDownLatch told, Children children) {
        stop.request();
        try {
            if (!told.await(TIME_TO_FINISH.toMillis(), TimeUnit.MILLISECONDS)) {
                children.close();
                told.await(LONGEST_FINISH.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private MemoryProfile.Plan plan() {
        OptionalInt own = displays == null
                ? OptionalInt.empty()
                : OptionalInt.of(number("--displays", displays, MovingDisplays.MOST));
        return new MemoryProfile.Plan(number("--seconds", seconds, MOST_SECONDS), own, levels());
    }

    private int number(String name, String text, int most) {
        if (!text.matches("[1-9]\\d{0,5}") || Integer.parseInt(text) > most) {
            throw wrong(name, text, "1 to " + most);
        }
        return Integer.parseInt(text);
    }

    private List<PressureLevel> levels() {
        List<PressureLevel> chosen = new ArrayList<>();
        for (String name : levels.split(",", -1)) {
            Optional<PressureLevel> level = PressureLevel.parse(name);
            if (level.isEmpty() || chosen.contains(level.get())) {
                throw wrong("--levels", levels, "GREEN, YELLOW and RED, each once, with commas");
            }
            chosen.add(level.get());
        }
        return chosen;
    }

    private Path folder() {
        String home = environment.getOrDefault("HOME", System.getProperty("user.home"));
        if (output != null && output.isBlank()) {
            throw wrong("--output", output, "the name of a folder");
        }
        try {
            return output == null
                    ? Path.of(home, ".jarvis", "profiling")
                    : Path.of(output).toAbsolutePath();
        } catch (InvalidPathException e) {
            throw wrong("--output", String.valueOf(output), "the name of a folder");
        }
    }

    private ParameterException wrong(String name, String value, String allowed) {
        return new ParameterException(commandLine, name + " is \"" + value + "\"; allowed: " + allowed);
    }
}
