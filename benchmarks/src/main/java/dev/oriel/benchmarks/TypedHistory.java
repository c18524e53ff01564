package dev.oriel.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** How many pictures of somebody typing a megabyte holds, beside the same pictures stored whole. */
final class TypedHistory {

    private static final int CHARACTERS = 900;
    private static final int MILLIS_A_KEY = 40;
    private static final int LINE_CHARACTERS = 60;
    private static final Duration TIME_TO_SHOW = Duration.ofSeconds(1);
    private static final double LEAST_RATIO = 20;
    private static final double MEBIBYTE = 1024 * 1024;
    private static final String SCRIPT = "awk 'BEGIN { srand(1); for (i = 0; i < 30; i++) { for (j = 0; j < 24; j++) "
            + "printf \"%c%c%d \", 97 + int(26 * rand()), 97 + int(26 * rand()), int(100000 * rand()); print \"\" } }'; "
            + "exec cat >/dev/null";

    private TypedHistory() {}

    static List<Figure> measure(Workplace workplace, VirtualScreen screen) throws IOException, InterruptedException {
        workplace.progress().accept("a history of typing");
        try (Terminal terminal = Terminal.open(workplace, screen, "history", SCRIPT);
                EngineProcess engine = EngineProcess.start(workplace, List.of(screen.display()))) {
            terminal.fillScreen();
            engine.watch();
            engine.await(1);
            Thread.sleep(TIME_TO_SHOW.toMillis());
            Counters before = engine.counters();
            type(terminal);
            Thread.sleep(TIME_TO_SHOW.toMillis());
            return figures(engine.counters().since(before));
        }
    }

    private static void type(Terminal terminal) throws IOException, InterruptedException {
        String letters = "thequickbrownfoxjumpsoverthelazydog";
        String line = letters.repeat(1 + LINE_CHARACTERS / letters.length()).substring(0, LINE_CHARACTERS);
        for (int typed = 0; typed < CHARACTERS; typed += LINE_CHARACTERS) {
            terminal.type(line, MILLIS_A_KEY);
            terminal.press("Return");
        }
    }

    private static List<Figure> figures(Counters typed) {
        long frames = typed.of("emitted");
        double whole = frames / (typed.of("jpegBytes") / MEBIBYTE);
        double charged = frames / (typed.of("chargedBytes") / MEBIBYTE);
        double resident = frames / (typed.of("frameMemoryBytes") / MEBIBYTE);
        String how = String.format(
                Locale.ROOT,
                "%d frames of %d typed characters, %d KiB whole and %.1f KiB more charged each",
                frames,
                CHARACTERS,
                typed.of("jpegBytes") / frames / 1024,
                typed.of("chargedBytes") / 1024.0 / frames);
        return List.of(
                new Figure("history.frames", "frames of typing in a MiB, charged", charged, "", how),
                new Figure("history.frames.resident", "frames of typing in a MiB, resident", resident, "", ""),
                new Figure("history.frames.whole", "the same frames stored whole", whole, "", ""),
                new Figure("history.ratio", "shared / whole, by charged bytes", charged / whole, "", "")
                        .atLeast(LEAST_RATIO),
                new Figure("history.ratio.resident", "shared / whole, by resident bytes", resident / whole, "", "")
                        .atLeast(LEAST_RATIO));
    }
}
