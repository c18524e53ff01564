package dev.oriel.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;

/** A display of our own that nobody sees. */
final class VirtualScreen implements AutoCloseable {

    static final int WIDTH = 1920;
    static final int HEIGHT = 1080;

    private static final Duration LONGEST_START = Duration.ofSeconds(10);
    private static final Pattern DISPLAY_NUMBER = Pattern.compile("^(\\d+)$");

    private final Child server;
    private final String display;

    private VirtualScreen(Child server, String display) {
        this.server = server;
        this.display = display;
    }

    /** Starts one; it chooses a number that is free. */
    static VirtualScreen start(Children children) throws IOException, InterruptedException {
        String screen = WIDTH + "x" + HEIGHT + "x24";
        Child server = children.start("Xvfb", Map.of(), "Xvfb", "-displayfd", "1", "-screen", "0", screen, "-noreset");
        return new VirtualScreen(server, ":" + server.awaitText(DISPLAY_NUMBER, LONGEST_START));
    }

    /** As in {@code $DISPLAY}. */
    String display() {
        return display;
    }

    @Override
    public void close() {
        server.close();
    }
}
