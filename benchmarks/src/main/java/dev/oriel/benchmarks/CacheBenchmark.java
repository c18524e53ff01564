package dev.oriel.benchmarks;

import dev.oriel.benchmarks.Programs.Program;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** The frame cache: that it keeps its budget, gives memory back, answers at once, and what it answers. */
final class CacheBenchmark implements Benchmark {

    private static final Pattern RESULT = Pattern.compile("^result (.+)$");
    private static final Duration LONGEST_PROBE = Duration.ofMinutes(10);
    private static final double MEBIBYTE = 1024 * 1024;
    private static final double MICROS_A_MILLI = 1000;
    private static final double SCALE = 1000;
    private static final double MOST_RESIDENT = 1.15;
    private static final double MOST_MILLIS = 60;
    private static final double MOST_NANOS = 1000;
    /** A hold is an object of its own, so that closing one twice harms nobody: 24 bytes, in an Optional of 16. */
    private static final double HANDLE_BYTES = 40;

    @Override
    public String name() {
        return "cache";
    }

    @Override
    public String description() {
        return "the cache: overshoot, memory after a shrink and how soon, frames in a MB, latest(); hits beside other caches";
    }

    @Override
    public List<Program> programs() {
        return List.of(
                new Program("Xvfb", "xvfb"),
                new Program("xterm", "xterm"),
                new Program("xdotool", "xdotool"),
                new Program("awk", "mawk"),
                new Program("cjpeg", "libjpeg-turbo-progs"));
    }

    @Override
    public Report run(Workplace workplace) throws IOException, InterruptedException {
        Map<String, String> machine;
        List<Figure> figures = new ArrayList<>();
        List<Figure> typed;
        try (VirtualScreen screen = VirtualScreen.start(workplace.children())) {
            machine = Machine.describe(workplace, screen);
            typed = TypedHistory.measure(workplace, screen);
        }
        figures.addAll(overshoot(workplace));
        figures.addAll(residency(workplace));
        for (ResizeProbe.Content content : ResizeProbe.Content.values()) {
            for (OwnJava java : OwnJava.values()) {
                figures.addAll(resize(workplace, java, content));
            }
        }
        figures.addAll(typed);
        figures.addAll(latest(workplace, 0));
        figures.addAll(latest(workplace, 4));
        HitTables hits = HitTables.measure(workplace);
        figures.addAll(hits.figures());
        return new Report(name(), machine, figures, hits.tables());
    }

    private static Counters probe(Workplace workplace, OwnJava java, String options, String... arguments)
            throws IOException, InterruptedException {
        workplace.progress().accept(String.join(" ", arguments) + ", " + java.label());
        Map<String, String> environment = Map.of("ORIEL_JAVA_OPTIONS", options);
        try (Child probe = java.start(workplace, "the cache", environment, CacheProbe.class, List.of(arguments))) {
            return Counters.parse(probe.awaitText(RESULT, LONGEST_PROBE));
        }
    }

    private static List<Figure> overshoot(Workplace workplace) throws IOException, InterruptedException {
        Counters seen = probe(workplace, OwnJava.LAUNCHER, "", "overshoot");
        String how = "8 threads, " + seen.of("putsASecond") + " puts/s, " + seen.of("resizes") + " resizes, "
                + seen.of("refused") + " refused; over the budget while no resize() runs, or growing while over it";
        return List.of(
                new Figure(
                                "overshoot",
                                "overshoot, seen by a watching thread",
                                seen.of("overshoot"),
                                "bytes",
                                seen.of("samples") + " looks; " + how)
                        .atMost(0),
                new Figure(
                                "overshoot.writers",
                                "overshoot, seen by each writer after each put",
                                seen.of("overshootByWriters"),
                                "bytes",
                                "")
                        .atMost(0));
    }

    private static List<Figure> residency(Workplace workplace) throws IOException, InterruptedException {
        Counters seen = probe(workplace, OwnJava.LAUNCHER, ResidencyProbe.JAVA_OPTIONS, "residency");
        String how = String.format(
                Locale.ROOT,
                "worst of %d shrinks, median %.2f; live from %.0f MiB up; anonymous pages, as the kernel walks them",
                seen.of("rounds"),
                seen.of("medianThousandths") / SCALE,
                seen.of("leastLiveBytes") / MEBIBYTE);
        return List.of(
                new Figure(
                                "resident",
                                "(resident - 4 MiB) / live, after a shrink",
                                seen.of("ratioThousandths") / SCALE,
                                "",
                                how)
                        .atMost(MOST_RESIDENT),
                new Figure(
                        "resident.stats",
                        "resident / live, as the cache says",
                        seen.of("statsThousandths") / SCALE,
                        "",
                        "worst of the same shrinks"));
    }

    private static List<Figure> resize(Workplace workplace, OwnJava java, ResizeProbe.Content content)
            throws IOException, InterruptedException {
        Counters seen = probe(workplace, java, "", "resize", content.name(), Integer.toString(rounds(java)));
        String id = "resize." + content.name().toLowerCase(Locale.ROOT) + "."
                + java.name().toLowerCase(Locale.ROOT);
        String name = "500 to 50 MB, " + content.label() + ", " + java.label();
        String how = String.format(
                Locale.ROOT,
                "%d rounds, %d frames, %.0f MiB due; ",
                seen.of("rounds"),
                seen.of("frames"),
                seen.of("dueBytes") / MEBIBYTE);
        String work = String.format(
                Locale.ROOT,
                "its thread's CPU p50 %.1f, p99 %.1f; ",
                seen.of("cpu50") / MICROS_A_MILLI,
                seen.of("cpu99") / MICROS_A_MILLI);
        double kept = 100 - 100.0 * seen.of("lost") / (seen.of("rounds") + 1) / ResizeProbe.SPACES;
        return List.of(
                millis(seen, "return", id, name + ", until it returns, p99", work),
                millis(seen, "most", id, name + ", 90 % at the OS, p99", how).atMost(MOST_MILLIS),
                millis(seen, "all", id, name + ", all at the OS, p99", "").atMost(MOST_MILLIS),
                new Figure(id + ".kept", name + ", newest pictures kept", kept, "%", "").atLeast(100));
    }

    /* A round fills half a gigabyte: what is not shipped gets fewer. */
    private static int rounds(OwnJava java) {
        return switch (java) {
            case LAUNCHER -> 100;
            case PLAIN -> 50;
        };
    }

    private static Figure millis(Counters seen, String what, String id, String name, String how) {
        String spread = String.format(
                Locale.ROOT,
                "p50 %.1f, max %.1f",
                seen.of(what + "50") / MICROS_A_MILLI,
                seen.of(what + "Max") / MICROS_A_MILLI);
        return new Figure(id + "." + what, name, seen.of(what + "99") / MICROS_A_MILLI, "ms", how + spread);
    }

    private static List<Figure> latest(Workplace workplace, int writers) throws IOException, InterruptedException {
        Counters seen = probe(workplace, OwnJava.LAUNCHER, "", "latest", Integer.toString(writers));
        String id = "latest." + writers;
        String name = "latest(), " + writers + " writers";
        String how = "p50 " + seen.of("p50") + "; reading the clock twice, in it, takes " + seen.of("clock50")
                + ", p99 " + seen.of("clock99");
        return List.of(
                new Figure(id, name + ", p99", seen.of("p99"), "ns", how).atMost(MOST_NANOS),
                new Figure(
                                id + ".allocated",
                                name + ", allocated by a call",
                                seen.of("allocatedThousandths") / SCALE,
                                "bytes",
                                "the hold takes 24, the Optional that it comes in 16")
                        .atMost(HANDLE_BYTES));
    }
}
