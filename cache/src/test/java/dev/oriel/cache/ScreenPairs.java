package dev.oriel.cache;

import dev.oriel.capture.Area;
import dev.oriel.capture.CaptureEngine;
import dev.oriel.capture.CaptureSchedule;
import dev.oriel.capture.CaptureSettings;
import dev.oriel.capture.CaptureTarget;
import dev.oriel.capture.Eventually;
import dev.oriel.capture.Frame;
import dev.oriel.capture.FrameMemory;
import dev.oriel.capture.Jpegs;
import dev.oriel.capture.Pixels;
import dev.oriel.capture.Quality;
import dev.oriel.capture.SpaceId;
import dev.oriel.capture.x11.SpaceKind;
import dev.oriel.capture.x11.X11Options;
import dev.oriel.capture.x11.X11Source;
import dev.oriel.capture.x11.XServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import reactor.core.publisher.Flux;

/** Pictures of real applications on an X server of their own, in pairs of which it is known whether they are the same. */
final class ScreenPairs implements AutoCloseable {

    static final int WIDTH = 1280;
    static final int HEIGHT = 800;

    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final long MOMENT_NANOS = 60_000_000;
    private static final int POORER = 25;

    /**
     * Two pictures.
     *
     * @param same what a person would say, who does not look at what is ignored
     * @param ignored areas that do not count
     */
    record Pair(String name, boolean same, Frame one, Frame other, List<Area> ignored) {}

    /** One moment of a screen as the engine makes it at three JPEG qualities: 85, 95 in 4:4:4, and 60. */
    record Shot(Frame usual, Frame full, Frame poor) {}

    private final XServer server = XServer.start(WIDTH, HEIGHT);
    private final SpaceId display = new SpaceId("x11-" + server.number());
    private final CaptureEngine engine = CaptureEngine.start(
            List.of(new X11Source(
                    server.display(), X11Options.defaults().withSpaces(SpaceKind.DISPLAYS), System::nanoTime)),
            FrameMemory.onHeap(1L << 28),
            CaptureSettings.defaults(),
            Clock.systemUTC());
    private final Path folder;
    private final List<Frame> frames = new ArrayList<>();
    private final List<Pair> pairs = new ArrayList<>();
    private List<Area> ignored = List.of();

    ScreenPairs() {
        try {
            folder = Files.createTempDirectory("screen-pairs");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    XServer server() {
        return server;
    }

    List<Pair> pairs() {
        return pairs;
    }

    /** What does not count in the pairs that are made from now on. */
    void ignore(Area... areas) {
        ignored = List.of(areas);
    }

    /** A terminal that shows what is written to it. */
    final class Screenful {

        private final Path file;

        private Screenful(String title, String geometry, String... look) {
            file = write(title + ".txt", "\033[?25l");
            List<String> words = new ArrayList<>(List.of("xterm", "-T", title, "-geometry", geometry));
            words.addAll(List.of(look));
            words.addAll(List.of("-e", "tail", "-n", "+1", "-f", file.toString()));
            server.client(words.toArray(String[]::new));
            server.run("xdotool", "search", "--sync", "--onlyvisible", "--name", "^" + title + "$");
        }

        /** Writes at a line and column, from 1. */
        void put(int line, int column, String text) {
            append("\033[" + line + ";" + column + "H" + text);
        }

        /** Writes where the last writing ended. */
        void append(String text) {
            try {
                Files.writeString(file, text, StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    Screenful terminal(String title, String geometry, String... look) {
        return new Screenful(title, geometry, look);
    }

    /** A browser that shows one page and nothing else. */
    void browser(String page) {
        Path file = write("page.html", page);
        server.client(
                "chromium",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--force-color-profile=srgb",
                "--kiosk",
                "--window-position=0,0",
                "--window-size=" + WIDTH + "," + HEIGHT,
                "--user-data-dir=" + folder.resolve("profile"),
                "file://" + file);
    }

    private Path write(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Clicks, and takes the pointer away again. */
    void click(int x, int y) {
        server.run(
                "xdotool",
                "mousemove",
                Integer.toString(x),
                Integer.toString(y),
                "click",
                "1",
                "mousemove",
                "1270",
                "790");
    }

    /** The screen, when it has come to rest. */
    Shot shot() {
        return shot(shown -> true);
    }

    /** The screen when it has changed and come to rest. */
    Shot shotAfter(Shot before) {
        return shot(shown -> !Arrays.equals(shown, before.usual().toByteArray()));
    }

    /** The screen when a pixel has about this colour and it has come to rest. */
    Shot shotShowing(int x, int y, int color) {
        return shot(shown -> {
            Pixels pixel = Jpegs.decode(shown).part(new Area(x, y, 1, 1));
            return pixel.greatestDifference(Pixels.flat(1, 1, color)) < 30;
        });
    }

    private Shot shot(Predicate<byte[]> wanted) {
        List<Frame> rested = new ArrayList<>();
        Eventually.within(LONGEST, "the screen changes as expected and comes to rest", () -> {
            byte[] before = capture(Quality.OPTIMIZED, 0).toByteArray();
            LockSupport.parkNanos(MOMENT_NANOS);
            Frame shown = capture(Quality.OPTIMIZED, 0);
            if (Arrays.equals(before, shown.toByteArray()) && wanted.test(before)) {
                rested.add(shown);
            }
            return !rested.isEmpty();
        });
        return new Shot(rested.get(0), capture(Quality.FULL, 0), capture(Quality.OPTIMIZED, POORER));
    }

    /** Whoever subscribes gets a picture at once. */
    private Frame capture(Quality quality, int reduction) {
        CaptureTarget target = new CaptureTarget(display, Set.of(quality), Duration.ZERO);
        Frame frame = engine.frames(Flux.just(new CaptureSchedule(List.of(target), reduction)))
                .blockFirst(LONGEST);
        frames.add(Objects.requireNonNull(frame));
        return frame;
    }

    /** One moment at different JPEG qualities. */
    void sameAtOtherQualities(String name, Shot shot) {
        pairs.add(new Pair(name + ", 85 and 60", true, shot.usual(), shot.poor(), ignored));
        pairs.add(new Pair(name + ", 60 and 95 in 4:4:4", true, shot.poor(), shot.full(), ignored));
    }

    void same(String name, Shot one, Shot other) {
        pairs.add(new Pair(name, true, one.usual(), other.usual(), ignored));
        pairs.add(new Pair(name + ", 95 in 4:4:4 and 60", true, one.full(), other.poor(), ignored));
    }

    void different(String name, Shot one, Shot other) {
        pairs.add(new Pair(name, false, one.usual(), other.usual(), ignored));
        pairs.add(new Pair(name + ", 95 in 4:4:4 and 60", false, one.full(), other.poor(), ignored));
    }

    @Override
    public void close() {
        engine.close();
        frames.forEach(Frame::close);
        server.close();
        try (var files = Files.walk(folder)) {
            files.sorted((one, other) -> other.compareTo(one))
                    .forEach(file -> file.toFile().delete());
        } catch (IOException | UncheckedIOException e) {
            folder.toFile().deleteOnExit();
        }
    }
}
