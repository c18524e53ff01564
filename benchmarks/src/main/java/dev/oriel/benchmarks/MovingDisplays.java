package dev.oriel.benchmarks;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/*
 * Half of the displays show desktops, half photographs, each another one: equal stripes are kept once, and a cache would
 * not fill with them. One picture in four was shown before, so that who remembers pictures has something to find.
 */
/** Displays of our own on which the picture changes, one after the other, while they are told to move. */
final class MovingDisplays implements AutoCloseable {

    static final int MOST = 16;

    private static final Duration BETWEEN_PICTURES = Duration.ofMillis(50);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(2);
    private static final int ROUND = 4;
    private static final int STEPS_BACK = 6;

    private record Display(VirtualScreen screen, Painter painter, int picture) {

        void show(int part) {
            painter.show(picture, Wall.corner(part));
            painter.sync();
        }
    }

    private final List<Display> displays = new ArrayList<>();
    private final Thread mover = new Thread(this::keepMoving, "displays");

    /** Held while a display is drawn on, which takes as long as that display likes. */
    private final ReentrantLock drawing = new ReentrantLock();

    private volatile boolean moving;
    private volatile boolean closed;
    private volatile @Nullable String failure;
    private int shown;

    private MovingDisplays() {}

    /** Starts so many. */
    static MovingDisplays start(Children children, int count) throws IOException, InterruptedException {
        MovingDisplays started = new MovingDisplays();
        try {
            for (int number = 1; number <= count; number++) {
                VirtualScreen screen = VirtualScreen.start(children);
                Painter painter = new Painter(screen.display());
                BufferedImage picture = number % 2 == 0
                        ? Pictures.windows(number, Wall.WIDTH, Wall.HEIGHT)
                        : Pictures.photograph(number, Wall.WIDTH, Wall.HEIGHT);
                Display display = new Display(screen, painter, painter.keep(picture));
                started.displays.add(display);
                display.show(0);
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            started.close();
            throw e;
        }
        started.mover.setDaemon(true);
        started.mover.start();
        return started;
    }

    /** As in {@code $DISPLAY}, each. */
    List<String> names() {
        return displays.stream().map(display -> display.screen().display()).toList();
    }

    /** From now on the pictures change. */
    void move() {
        moving = true;
    }

    /**
     * From now on, once this returns, nothing changes any more.
     *
     * @throws BenchmarkFailedException if a display does not answer
     */
    void hold() throws InterruptedException {
        moving = false;
        if (!drawing.tryLock(LONGEST_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new BenchmarkFailedException("a display does not answer");
        }
        drawing.unlock();
    }

    /** Which display is gone, if one is. */
    Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    private void keepMoving() {
        try {
            while (!closed && failure == null) {
                step();
                Thread.sleep(BETWEEN_PICTURES.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void step() {
        drawing.lock();
        try {
            if (moving) {
                Display display = displays.get(shown % displays.size());
                int round = shown / displays.size();
                shown++;
                try {
                    display.show(round % ROUND == ROUND - 1 ? round - Math.min(round, STEPS_BACK) : round);
                } catch (BenchmarkFailedException e) {
                    failure = "display " + display.screen().display() + " is gone";
                }
            }
        } finally {
            drawing.unlock();
        }
    }

    /** The servers end first: who waits for one of them gets an answer then. */
    @Override
    public void close() {
        closed = true;
        displays.forEach(display -> display.screen().close());
        try {
            mover.join(LONGEST_STOP.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        displays.forEach(display -> display.painter().close());
    }
}
