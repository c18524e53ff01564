package dev.oriel.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Tells how far the profile is and how long it still takes: a bar on a terminal, else a line now and then. */
final class ProgressLine {

    private static final int WIDTH = 24;
    private static final int SECONDS_BETWEEN_LINES = 10;
    private static final String CLEAR_LINE = "\r\033[K";

    private final PrintStream out;
    private final boolean terminal;
    private final int allSeconds;
    private String part = "";
    private int partSeconds;
    private int doneSeconds;

    /**
     * Begins with nothing done.
     *
     * @param allSeconds what all parts together are planned to take
     */
    ProgressLine(PrintStream out, boolean terminal, int allSeconds) {
        this.out = out;
        this.terminal = terminal;
        this.allSeconds = allSeconds;
    }

    /** Whether standard error is looked at by a person. A console is there even when only standard input is one. */
    static boolean isTerminal() {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException e) {
            return false;
        }
    }

    /** The part before has ended, whenever it did. */
    void begin(String name, int plannedSeconds) {
        doneSeconds += partSeconds;
        part = name;
        partSeconds = plannedSeconds;
        tell(0, Optional.empty());
    }

    /** Some of the part is done. */
    void tick(int elapsedSeconds, ProcessBytes memory) {
        if (terminal || (elapsedSeconds > 0 && elapsedSeconds % SECONDS_BETWEEN_LINES == 0)) {
            tell(elapsedSeconds, Optional.of(memory));
        }
    }

    private void tell(int elapsed, Optional<ProcessBytes> memory) {
        int done = Math.min(allSeconds, doneSeconds + Math.min(elapsed, partSeconds));
        int left = allSeconds - done;
        String text = String.format(
                Locale.ROOT,
                "%s %d/%d s%s, %d:%02d left",
                part,
                elapsed,
                partSeconds,
                memory.map(ProgressLine::inWords).orElse(""),
                left / 60,
                left % 60);
        if (terminal) {
            int filled = WIDTH * done / allSeconds;
            out.printf(
                    Locale.ROOT,
                    "%s[%s%s] %3d %% %s",
                    CLEAR_LINE,
                    "#".repeat(filled),
                    "-".repeat(WIDTH - filled),
                    100 * done / allSeconds,
                    text);
            out.flush();
        } else {
            out.println(text);
        }
    }

    private static String inWords(ProcessBytes memory) {
        return String.format(
                Locale.ROOT,
                ", RSS %.0f MB, PSS %.0f MB",
                memory.residentBytes() / ProcessBytes.MEGABYTE,
                memory.proportionalBytes() / ProcessBytes.MEGABYTE);
    }

    /** What is written next begins on a line of its own. */
    void clear() {
        if (terminal) {
            out.print(CLEAR_LINE);
            out.flush();
        }
    }
}
