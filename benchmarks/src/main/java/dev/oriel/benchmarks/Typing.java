package dev.oriel.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A terminal that fills the screen, and what a character costs that somebody types into it. */
final class Typing implements AutoCloseable {

    private static final int CHARACTERS = 100;
    /** So many that what a capture runs is compiled, as it is in a server that is up for a minute. */
    private static final int WARM_UP_CHARACTERS = 3000;

    private static final int MILLIS_A_WARM_UP_KEY = 4;
    private static final int MILLIS_A_KEY = 100;
    private static final int LINES_ABOVE = 30;
    private static final Duration TIME_TO_SHOW = Duration.ofMillis(400);
    private static final String LINE = "The quick brown fox jumps over the lazy dog while five boxing wizards watch. ";

    private final Workplace workplace;
    private final Terminal terminal;

    private Typing(Workplace workplace, Terminal terminal) {
        this.workplace = workplace;
        this.terminal = terminal;
    }

    /** Opens a terminal with some text above the line that is typed. */
    static Typing open(Workplace workplace, VirtualScreen screen) throws IOException, InterruptedException {
        Path text = Files.createTempFile("oriel-benchmark", ".txt");
        try {
            Files.writeString(text, (LINE.repeat(2) + "\n").repeat(LINES_ABOVE));
            Terminal terminal =
                    Terminal.open(workplace, screen, "typing", "cat \"$0\"; exec cat >/dev/null", text.toString());
            terminal.fillScreen();
            return new Typing(workplace, terminal);
        } finally {
            Files.delete(text);
        }
    }

    /**
     * Types, and measures what it costs.
     *
     * @param who of whom it is measured
     * @param frames those that came of it
     */
    Figure measure(String who, ProcessMeter meter, FrameCount frames) throws IOException, InterruptedException {
        workplace.progress().accept("CPU of a typed character");
        type(WARM_UP_CHARACTERS, MILLIS_A_WARM_UP_KEY);
        long before = frames.count();
        double cpu = meter.cpuMillis();
        type(CHARACTERS, MILLIS_A_KEY);
        cpu = meter.cpuMillis() - cpu;
        long seen = frames.count() - before;
        if (seen < CHARACTERS / 2) {
            throw new BenchmarkFailedException("of " + CHARACTERS + " typed characters only " + seen + " were seen");
        }
        return new Figure(
                "cpu.character",
                who + " CPU of a typed character",
                cpu / CHARACTERS,
                "ms",
                CHARACTERS + " characters, " + seen + " frames");
    }

    private void type(int characters, int millisAKey) throws IOException, InterruptedException {
        String line = LINE.replaceAll("[^a-z]", "");
        String letters = line.repeat(1 + characters / line.length()).substring(0, characters);
        terminal.type(letters, millisAKey);
        Thread.sleep(TIME_TO_SHOW.toMillis());
    }

    @Override
    public void close() {
        terminal.close();
    }
}
