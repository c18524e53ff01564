package dev.oriel.capture.x11;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.capture.CaptureEngine;
import dev.oriel.capture.CaptureSchedule;
import dev.oriel.capture.CaptureSettings;
import dev.oriel.capture.CaptureStats;
import dev.oriel.capture.CaptureTarget;
import dev.oriel.capture.Eventually;
import dev.oriel.capture.Frame;
import dev.oriel.capture.FrameMemory;
import dev.oriel.capture.Quality;
import dev.oriel.capture.SpaceId;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** The pointer in the pictures, compared with what another program draws. */
class X11PointerIT {

    private static final int WIDTH = 800;
    private static final int HEIGHT = 600;
    private static final int NO_COLOR = -1;

    private final XServer server = XServer.start(WIDTH, HEIGHT);
    private final SpaceId display = new SpaceId("x11-" + server.number());
    private final List<Frame> frames = new CopyOnWriteArrayList<>();
    private WatchedSource source;
    private CaptureEngine engine;

    @AfterEach
    void end() {
        if (engine != null) {
            engine.close();
        }
        frames.forEach(Frame::close);
        server.close();
    }

    @Test
    void isWhereItIsAndLooksAsItLooks() {
        server.xterm("60x20+40+30", "-bg", "#304050");
        watch(true);
        for (String place : List.of("400 300", "0 0", "799 599", "100 100", "799 0", "130 31")) {
            server.run(("xdotool mousemove " + place).split(" "));
            untilShownWithPointer();
        }
        server.run("xsetroot", "-cursor_name", "crosshair");
        server.run("xdotool", "mousemove", "700", "500");
        untilShownWithPointer();
        server.run("xsetroot", "-cursor_name", "gumby");
        untilShownWithPointer();
        assertThat(server.pixelsWithPointer(WIDTH, HEIGHT).greatestDifference(server.pixels(WIDTH, HEIGHT)))
                .as("there is a pointer to be seen")
                .isPositive();
    }

    @Test
    void readsNoMoreThanTheRowsThePointerLeftAndCameTo() {
        watch(true);
        server.run("xdotool", "mousemove", "400", "100");
        untilShownWithPointer();
        long before = rowsReadForNews();
        server.run("xdotool", "mousemove", "400", "500");
        untilShownWithPointer();
        assertThat(rowsReadForNews() - before).isBetween(2L, 2 * 3 * 16L);
    }

    private long rowsReadForNews() {
        CaptureStats stats = engine.stats();
        return (stats.pixelsRead() - stats.pixelsVerified()) / WIDTH;
    }

    @Test
    void staysOutUnlessItIsWanted() {
        watch(false);
        untilShownWithoutPointer();
        long captures = engine.stats().captures();
        server.run("xdotool", "mousemove", "100", "100", "sleep", "1", "mousemove", "300", "300");
        untilShownWithoutPointer();
        assertThat(engine.stats().captures()).isEqualTo(captures);
    }

    private void watch(boolean pointer) {
        source = new WatchedSource(
                new X11Source(server.display(), X11Options.defaults().withPointer(pointer), System::nanoTime),
                NO_COLOR);
        engine = CaptureEngine.start(
                List.of(source), FrameMemory.onHeap(1 << 28), CaptureSettings.defaults(), Clock.systemUTC());
        CaptureTarget target = new CaptureTarget(display, Set.of(Quality.FULL), Duration.ZERO);
        engine.frames(Flux.just(new CaptureSchedule(List.of(target), 0))).subscribe(frames::add);
    }

    private void untilShownWithPointer() {
        Eventually.until(
                "the pointer is shown",
                () -> Arrays.equals(
                        source.shown(display, WIDTH, HEIGHT).colors(),
                        server.pixelsWithPointer(WIDTH, HEIGHT).colors()));
    }

    private void untilShownWithoutPointer() {
        Eventually.until(
                "the screen is shown",
                () -> Arrays.equals(
                        source.shown(display, WIDTH, HEIGHT).colors(),
                        server.pixels(WIDTH, HEIGHT).colors()));
    }
}
