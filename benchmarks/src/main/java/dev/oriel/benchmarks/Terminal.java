package dev.oriel.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** An xterm that runs a shell script, on a display without a window manager: the pointer says who gets the keys. */
final class Terminal implements AutoCloseable {

    private static final Duration LONGEST_STEP = Duration.ofSeconds(60);
    private static final Duration TIME_TO_PAINT = Duration.ofSeconds(1);

    private final Workplace workplace;
    private final String display;
    private final Child program;
    private final String window;

    private Terminal(Workplace workplace, String display, Child program, String window) {
        this.workplace = workplace;
        this.display = display;
        this.program = program;
        this.window = window;
    }

    /**
     * Opens one where and as large as it likes.
     *
     * @param title to tell it from others
     * @param script for {@code sh}
     * @param arguments from {@code $0}
     */
    static Terminal open(Workplace workplace, VirtualScreen screen, String title, String script, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of("xterm", "-fa", "monospace", "-fs", "10", "-T", title, "-e", "sh", "-c", script));
        command.addAll(List.of(arguments));
        String display = screen.display();
        Child program = workplace.children().start("xterm", Map.of("DISPLAY", display), command.toArray(String[]::new));
        String window = startXdotool(workplace, display, "search --sync --onlyvisible --name ^" + title + "$")
                .awaitText(Pattern.compile("^(\\d+)$"), LONGEST_STEP);
        return new Terminal(workplace, display, program, window);
    }

    /** Makes it as large as the screen. */
    void fillScreen() throws IOException, InterruptedException {
        place(0, 0, VirtualScreen.WIDTH, VirtualScreen.HEIGHT);
    }

    /** Puts it somewhere and the pointer in its middle. */
    void place(int x, int y, int width, int height) throws IOException, InterruptedException {
        xdotool("windowmove " + window + " " + x + " " + y + " windowsize " + window + " " + width + " " + height
                + " mousemove " + (x + width / 2) + " " + (y + height / 2));
        Thread.sleep(TIME_TO_PAINT.toMillis());
    }

    /** Brings it to the front. */
    void raise() throws IOException, InterruptedException {
        xdotool("windowraise " + window);
    }

    /** Types lower case letters. */
    void type(String letters, int millisAKey) throws IOException, InterruptedException {
        xdotool("type --delay " + millisAKey + " " + letters);
    }

    /** Presses a key. */
    void press(String key) throws IOException, InterruptedException {
        xdotool("key " + key);
    }

    private void xdotool(String words) throws IOException, InterruptedException {
        startXdotool(workplace, display, words).awaitSuccess(LONGEST_STEP);
    }

    private static Child startXdotool(Workplace workplace, String display, String words) throws IOException {
        return workplace.children().start("xdotool", Map.of("DISPLAY", display), ("xdotool " + words).split(" "));
    }

    @Override
    public void close() {
        program.close();
    }
}
