package dev.oriel.capture.x11;

import dev.oriel.capture.Command;
import dev.oriel.capture.Pixels;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * An X server without a monitor, and the programs that a test starts on it. It ends with everything on it when it is
 * closed.
 */
public final class XServer implements AutoCloseable {

    private static final long LONGEST_SECONDS = 15;
    private static final byte[] NOTHING = {};

    private final String screen;
    private final List<String> moreArguments;
    private final List<Process> clients = new ArrayList<>();
    private final List<Path> files = new ArrayList<>();
    private final int number;
    private Process server;

    private XServer(String screen, List<String> moreArguments) {
        this.screen = screen;
        this.moreArguments = moreArguments;
        this.server = launch("");
        this.number = numberFrom(server);
    }

    /**
     * Starts a server with 24 bits of colour on a display number that is free.
     *
     * @param width of the screen in pixels
     * @param height of the screen in pixels
     * @param moreArguments for Xvfb
     * @return ready for clients
     */
    public static XServer start(int width, int height, String... moreArguments) {
        return startDepth(width, height, 24, moreArguments);
    }

    /** Starts a server with another depth of colour. */
    public static XServer startDepth(int width, int height, int depth, String... moreArguments) {
        return new XServer(width + "x" + height + "x" + depth, List.of(moreArguments));
    }

    /* The server writes its number to file descriptor 1 when it is ready. */
    private Process launch(String display) {
        List<String> words = new ArrayList<>(List.of("Xvfb"));
        if (!display.isEmpty()) {
            words.add(display);
        }
        words.addAll(List.of("-displayfd", "1", "-screen", "0", screen, "-nolisten", "tcp", "-noreset"));
        words.addAll(moreArguments);
        return Command.start(new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.DISCARD));
    }

    private static int numberFrom(Process server) {
        try {
            return Integer.parseInt(
                    CompletableFuture.supplyAsync(() -> firstLine(server)).get(LONGEST_SECONDS, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        } catch (ExecutionException | TimeoutException | NumberFormatException e) {
            server.destroyForcibly();
            throw new AssertionError("Xvfb does not start", e);
        }
    }

    private static String firstLine(Process server) {
        try {
            StringBuilder line = new StringBuilder();
            for (int c = server.getInputStream().read();
                    c >= '0';
                    c = server.getInputStream().read()) {
                line.append((char) c);
            }
            return line.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The display as in {@code $DISPLAY}, for example {@code :99}. */
    public String display() {
        return ":" + number;
    }

    /** The number of the display, for example 99. */
    public int number() {
        return number;
    }

    /** The environment for a program that shall use this server. Settings of the user are hidden from it. */
    public Map<String, String> environment() {
        return Map.of("DISPLAY", display(), "XDG_CONFIG_HOME", "/nonexistent", "HOME", "/nonexistent");
    }

    /**
     * Starts a program that stays, such as a window manager.
     *
     * @param words the program and its arguments
     * @return ends with the server
     */
    public Process client(String... words) {
        ProcessBuilder builder = new ProcessBuilder(words)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(environment());
        Process client = Command.start(builder);
        clients.add(client);
        return client;
    }

    /**
     * Starts a window manager.
     *
     * @param desktops their names
     * @return ends with the server
     */
    public Process openbox(String... desktops) {
        StringBuilder names = new StringBuilder();
        for (String name : desktops) {
            names.append("<name>").append(name).append("</name>");
        }
        String settings = "<openbox_config xmlns=\"http://openbox.org/3.4/rc\"><desktops><number>" + desktops.length
                + "</number><names>" + names + "</names><popupTime>0</popupTime></desktops></openbox_config>";
        try {
            Path file = Files.createTempFile("openbox", ".xml");
            files.add(file);
            Files.writeString(file, settings);
            return client("openbox", "--sm-disable", "--config-file", file.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts an xterm that shows what is typed into it, and waits until it is on screen. */
    public Process xterm(String geometry, String... moreArguments) {
        List<String> words = new ArrayList<>(List.of("xterm", "-fa", "monospace", "-fs", "10", "-geometry", geometry));
        String title = "terminal-" + clients.size();
        words.addAll(List.of("-T", title));
        words.addAll(List.of(moreArguments));
        words.addAll(List.of("-e", "cat"));
        Process xterm = client(words.toArray(String[]::new));
        run("xdotool", "search", "--sync", "--onlyvisible", "--name", title);
        return xterm;
    }

    /**
     * Runs a program to its end.
     *
     * @param words the program and its arguments
     * @return what it wrote
     */
    public String run(String... words) {
        return new String(Command.output(NOTHING, environment(), List.of(words)), StandardCharsets.UTF_8);
    }

    /**
     * What is on the screen, taken by another program.
     *
     * @param width of the screen in pixels
     * @param height of the screen in pixels
     * @return four bytes a pixel: blue, green, red, unused
     */
    public byte[] screenshot(int width, int height) {
        return screenshot(width, height, false);
    }

    private byte[] screenshot(int width, int height, boolean withPointer) {
        List<String> words = List.of(
                "ffmpeg",
                "-v",
                "error",
                "-f",
                "x11grab",
                "-draw_mouse",
                withPointer ? "1" : "0",
                "-video_size",
                width + "x" + height,
                "-i",
                display(),
                "-frames:v",
                "1",
                "-f",
                "rawvideo",
                "-pix_fmt",
                "bgr0",
                "-");
        return Command.output(NOTHING, environment(), words);
    }

    /** The same as numbers 0xRRGGBB. */
    public Pixels pixels(int width, int height) {
        return pixels(width, height, screenshot(width, height, false));
    }

    /** The same with the pointer in it. */
    public Pixels pixelsWithPointer(int width, int height) {
        return pixels(width, height, screenshot(width, height, true));
    }

    private static Pixels pixels(int width, int height, byte[] screenshot) {
        int[] colors = new int[width * height];
        ByteBuffer.wrap(screenshot).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(colors);
        for (int index = 0; index < colors.length; index++) {
            colors[index] &= 0xFFFFFF;
        }
        return new Pixels(width, height, colors);
    }

    /** How often memory whose name holds a text is mapped into the server. */
    public long mappings(String name) {
        return mappings(Path.of("/proc", Long.toString(server.pid())), name);
    }

    /** The same of any process, by its folder in procfs. */
    static long mappings(Path process, String name) {
        try (Stream<String> maps = Files.lines(process.resolve("maps"))) {
            return maps.filter(line -> line.contains(name)).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Kills the server; its clients end with it. */
    public void kill() {
        server.destroyForcibly();
        await(server);
        endClients();
    }

    /** Starts a server of the same kind with the same number, after {@link #kill}. */
    public void restart() {
        server = launch(display());
        numberFrom(server);
    }

    /** Stops the server where it is, as a debugger does: it takes connections and answers nothing. */
    public void freeze() {
        signal("-STOP");
    }

    /** Lets the server go on after {@link #freeze}. */
    public void thaw() {
        signal("-CONT");
    }

    private void signal(String signal) {
        Command.output(NOTHING, environment(), List.of("kill", signal, Long.toString(server.pid())));
    }

    /** Kills a client. */
    public void kill(Process client) {
        client.destroyForcibly();
        await(client);
    }

    private void endClients() {
        clients.forEach(Process::destroyForcibly);
        clients.forEach(XServer::await);
        clients.clear();
    }

    private static void await(Process process) {
        try {
            if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError(process + " does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    @Override
    public void close() {
        endClients();
        if (server.isAlive()) {
            thaw();
        }
        server.destroy();
        await(server);
        files.forEach(file -> file.toFile().delete());
    }
}
