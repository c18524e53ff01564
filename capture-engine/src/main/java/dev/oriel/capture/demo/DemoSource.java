package dev.oriel.capture.demo;

import dev.oriel.capture.Area;
import dev.oriel.capture.ScreenSource;
import dev.oriel.capture.SourceLostException;
import dev.oriel.capture.Space;
import dev.oriel.capture.SpaceId;
import dev.oriel.capture.SpaceState;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Six spaces that Oriel draws itself, for a machine that has no screen: one that stands still, a clock, a terminal, a
 * document that scrolls, a film, and a mixture. It needs neither fonts nor {@code java.desktop}, and keeps no picture:
 * rows are drawn when they are read.
 *
 * <p>Each opening after a {@link #disconnect()} starts the show from the beginning.
 */
public final class DemoSource implements ScreenSource {

    private static final int MAX_ROWS = 2 * BAND_HEIGHT;
    private static final String ACTIVE = "Typing";

    /*
     * Each scene is a function of a step number, which follows from the time since open(). takeDamage() notes the step,
     * and all rows are drawn as of it, so that one capture is one moment.
     *
     * await() returns once for a change that nobody has seen yet: a scene whose damage was not taken since it last
     * changed is damaged anyway, and need not wake anyone again. Whether a change was told is remembered (Show.told)
     * and not computed from the time, for one that comes between takeDamage() and await() must not be lost.
     */
    private final DemoTime time;

    private final List<Show> shows;
    private final List<Space> spaces;
    private @Nullable Canvas canvas;
    private boolean closed;
    private long openedNanos;

    DemoSource(DemoTime time) {
        this.time = time;
        List<Scene> scenes = List.of(
                new StillScene(),
                new ClockScene(),
                new TypingScene(),
                new ScrollingScene(),
                new VideoScene(),
                new MixedScene());
        List<Show> newShows = new ArrayList<>();
        List<Space> newSpaces = new ArrayList<>();
        for (Scene scene : scenes) {
            SpaceId id = new SpaceId("demo-" + scene.label().toLowerCase(Locale.ROOT));
            boolean active = scene.label().equals(ACTIVE);
            int index = newSpaces.size() + 1;
            newShows.add(new Show(id, scene));
            newSpaces.add(new Space(
                    id, index, scene.label(), new Area(0, 0, Scene.WIDTH, Scene.HEIGHT), active, SpaceState.LIVE));
        }
        this.shows = List.copyOf(newShows);
        this.spaces = List.copyOf(newSpaces);
    }

    /**
     * A demo that runs at the pace of the machine's clock.
     *
     * @return not open yet; the caller closes it
     */
    public static DemoSource create() {
        return new DemoSource(new SystemTime());
    }

    @Override
    public String name() {
        return "demo";
    }

    @Override
    public void open() {
        if (closed) {
            throw new SourceLostException("the demo was closed");
        }
        if (canvas == null) {
            canvas = new Canvas(Scene.WIDTH, MAX_ROWS);
            openedNanos = time.nanos();
            shows.forEach(Show::restart);
        }
    }

    @Override
    public List<Space> spaces() {
        return spaces;
    }

    @Override
    public void await(Duration timeout) {
        requireOpen();
        long sleep = Math.max(0, TimeUnit.NANOSECONDS.convert(timeout));
        long elapsed = elapsedNanos();
        for (Show show : shows) {
            if (!show.told) {
                sleep = Math.min(sleep, Math.max(0, show.nextStepNanos() - elapsed));
            }
        }
        time.sleep(sleep);
        long now = elapsedNanos();
        for (Show show : shows) {
            show.told |= show.nextStepNanos() <= now;
        }
    }

    @Override
    public void wake() {
        time.wake();
    }

    @Override
    public boolean isDamaged(SpaceId space) {
        Show show = show(space);
        return canvas == null || !show.taken || show.nextStepNanos() <= elapsedNanos();
    }

    @Override
    public void takeDamage(SpaceId space, BitSet bands) {
        requireOpen();
        show(space).take(elapsedNanos(), bands);
    }

    @Override
    public ByteBuffer readRows(SpaceId space, int y, int rows) {
        Canvas open = requireOpen();
        Show show = show(space);
        if (y < 0 || rows < 1 || rows > MAX_ROWS || y > Scene.HEIGHT - rows) {
            throw new IllegalArgumentException("no " + rows + " rows can be read at " + y + ": at most " + MAX_ROWS
                    + " at once, of " + Scene.HEIGHT);
        }
        open.begin(y, rows);
        show.scene.draw(show.step, open);
        return open.bytes();
    }

    @Override
    public int maxRows(int width) {
        return MAX_ROWS;
    }

    /** Always true: what was read is of the step noted by {@link #takeDamage}, and spaces never change. */
    @Override
    public boolean confirm(SpaceId space) {
        requireOpen();
        show(space);
        return true;
    }

    @Override
    public void disconnect() {
        canvas = null;
    }

    @Override
    public void close() {
        closed = true;
        disconnect();
    }

    private Canvas requireOpen() {
        if (canvas == null) {
            throw new SourceLostException(closed ? "the demo was closed" : "the demo is not open");
        }
        return canvas;
    }

    private long elapsedNanos() {
        return time.nanos() - openedNanos;
    }

    private Show show(SpaceId space) {
        for (Show show : shows) {
            if (show.id.equals(space)) {
                return show;
            }
        }
        throw new IllegalArgumentException("the demo has no space " + space);
    }

    /** A scene, and how much of it was seen. */
    private static final class Show {

        private static final int BANDS = Scene.HEIGHT / BAND_HEIGHT;

        final SpaceId id;
        final Scene scene;

        /** The step that is read. */
        long step;

        /** Whether {@link #step} was noted since the source was opened. */
        boolean taken;

        /** Whether {@link #await} has returned since {@link #step} was over. */
        boolean told = true;

        Show(SpaceId id, Scene scene) {
            this.id = id;
            this.scene = scene;
        }

        void restart() {
            step = 0;
            taken = false;
            told = true;
        }

        void take(long elapsedNanos, BitSet bands) {
            long now = elapsedNanos / scene.stepNanos();
            if (!taken) {
                bands.set(0, BANDS);
            } else if (now != step) {
                scene.damage(step, now, bands);
            }
            step = now;
            taken = true;
            told = false;
        }

        long nextStepNanos() {
            return (step + 1) * scene.stepNanos();
        }
    }
}
