package dev.oriel.capture;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A screen in memory that a test draws into, with one space or several. All spaces can be read at once, or, as on an X
 * display with desktops, only the one in front.
 *
 * <p>The methods to draw and to look may be called from any thread; spaces are numbered from 1.
 */
public final class PixelScreen implements ScreenSource {

    private static final int MAX_ROWS = 48;
    private static final long LONGEST_MILLIS = 15_000;

    private final String name;
    private final boolean onlyFrontIsLive;
    private final List<int[]> pictures = new ArrayList<>();
    private final List<BitSet> damage = new ArrayList<>();
    private int width;
    private int height;
    private int front = 1;

    private @Nullable String lostBecause;
    private @Nullable RuntimeException failure;
    private @Nullable Runnable beforeRead;
    private @Nullable Runnable beforeConfirm;
    private @Nullable CountDownLatch gate;
    private boolean open;
    private boolean closed;
    private boolean news;
    private boolean woken;
    private boolean waiting;
    private boolean held;
    private int epoch;
    private int epochWhenTaken;
    private long rowsRead;
    private int timesOpened;
    private int timesRested;

    private PixelScreen(String name, int width, int height, int spaces, boolean onlyFrontIsLive) {
        this.name = name;
        this.width = width;
        this.height = height;
        this.onlyFrontIsLive = onlyFrontIsLive;
        for (int space = 0; space < spaces; space++) {
            pictures.add(new int[width * height]);
            damage.add(new BitSet());
        }
    }

    /** A black screen that is one space, with the id {@code name-1}. */
    public static PixelScreen single(String name, int width, int height) {
        return new PixelScreen(name, width, height, 1, false);
    }

    /** Black spaces that can all be read, with the ids {@code name-1}, {@code name-2} and so on; the first is active. */
    public static PixelScreen sideBySide(String name, int width, int height, int spaces) {
        return new PixelScreen(name, width, height, spaces, false);
    }

    /** Black spaces of which only the one in front can be read; the first is in front. */
    public static PixelScreen desktops(String name, int width, int height, int spaces) {
        return new PixelScreen(name, width, height, spaces, true);
    }

    /** The id of a space. */
    public SpaceId id(int space) {
        return new SpaceId(name + "-" + space);
    }

    /** Fills a rectangle with 0xRRGGBB. */
    public synchronized void fillRect(int space, int x, int y, int w, int h, int color) {
        int[] picture = pictures.get(space - 1);
        for (int row = y; row < y + h; row++) {
            for (int column = x; column < x + w; column++) {
                picture[row * width + column] = color;
            }
        }
        damage(space, y, h);
    }

    /** Fills a rectangle with 0xRRGGBB, and does not say that anything changed. */
    public synchronized void fillRectUntold(int space, int x, int y, int w, int h, int color) {
        BitSet told = (BitSet) damage.get(space - 1).clone();
        boolean toldNews = news;
        fillRect(space, x, y, w, h, color);
        damage.set(space - 1, told);
        news = toldNews;
    }

    /** Fills a rectangle with pixels by chance, the same for the same seed. */
    public synchronized void noise(int space, int x, int y, int w, int h, long seed) {
        Random random = new Random(seed);
        int[] picture = pictures.get(space - 1);
        for (int row = y; row < y + h; row++) {
            for (int column = x; column < x + w; column++) {
                picture[row * width + column] = random.nextInt(0x1000000);
            }
        }
        damage(space, y, h);
    }

    /** Puts a picture of the size of the screen on a space. */
    public synchronized void show(int space, Pixels pixels) {
        if (pixels.width() != width || pixels.height() != height) {
            throw new IllegalArgumentException("the screen is " + width + "x" + height);
        }
        System.arraycopy(pixels.colors(), 0, pictures.get(space - 1), 0, width * height);
        damage(space, 0, height);
    }

    /** Says that rows may have changed. */
    public synchronized void damage(int space, int y, int rows) {
        boolean live = isLive(space);
        BitSet bands = damage.get(space - 1);
        if (live && bands.isEmpty()) {
            news = true;
            notifyAll();
        }
        bands.set(y / BAND_HEIGHT, (y + rows - 1) / BAND_HEIGHT + 1);
    }

    /** A copy of what a space shows. */
    public synchronized Pixels pixels(int space) {
        return new Pixels(width, height, pictures.get(space - 1).clone());
    }

    /** Switches to another space. */
    public synchronized void bringToFront(int space) {
        front = space;
        forgetWhatWasSeen();
    }

    /** Gives the screen another size; all spaces are black then. */
    public synchronized void resize(int newWidth, int newHeight) {
        width = newWidth;
        height = newHeight;
        pictures.replaceAll(ignored -> new int[newWidth * newHeight]);
        damage.forEach(BitSet::clear);
        forgetWhatWasSeen();
    }

    /** Whatever the engine asks for from now on, the answer is that the screen is gone. */
    public synchronized void lose(String reason) {
        lostBecause = reason;
        notifyAll();
    }

    /** The screen can be opened again. */
    public synchronized void comeBack() {
        lostBecause = null;
    }

    /** The next wait or reading fails in a way that no source should. */
    public synchronized void failOnce(RuntimeException exception) {
        failure = exception;
        notifyAll();
    }

    /** Runs code once on the engine's thread, when damage was taken and before the next rows are read. */
    public synchronized void onceBeforeRead(Runnable code) {
        beforeRead = code;
    }

    /** Runs code once on the engine's thread, when all rows of a capture were read and before they are confirmed. */
    public synchronized void onceBeforeConfirm(Runnable code) {
        beforeConfirm = code;
    }

    /** Stops the engine's thread where it waits for changes, until {@link #goOn()}. */
    public synchronized void hold() {
        gate = new CountDownLatch(1);
        wake();
        long start = System.nanoTime();
        while (!held) {
            if ((System.nanoTime() - start) / 1_000_000 > LONGEST_MILLIS) {
                throw new AssertionError("the engine does not wait for " + name);
            }
            pause(100);
        }
    }

    /** The engine's thread goes on. */
    public synchronized void goOn() {
        if (gate != null) {
            gate.countDown();
            gate = null;
            held = false;
        }
    }

    /** How many rows were read so far. */
    public synchronized long rowsRead() {
        return rowsRead;
    }

    /** How often the screen was opened. */
    public synchronized int timesOpened() {
        return timesOpened;
    }

    /** How often the engine let go of what only reading needs. */
    public synchronized int timesRested() {
        return timesRested;
    }

    /** Whether it is connected. */
    public synchronized boolean isOpen() {
        return open;
    }

    /** Whether the engine closed it for good. */
    public synchronized boolean isClosed() {
        return closed;
    }

    /** Waits until the engine has taken in everything that happened and waits for more. */
    public synchronized void settle() {
        long start = System.nanoTime();
        while (!waiting || news || woken || failure != null || lostBecause != null) {
            long left = LONGEST_MILLIS - (System.nanoTime() - start) / 1_000_000;
            if (left <= 0) {
                throw new AssertionError("the engine does not come to rest on " + name);
            }
            pause(Math.min(left, 100));
        }
    }

    private boolean isLive(int space) {
        return !onlyFrontIsLive || space == front;
    }

    private void forgetWhatWasSeen() {
        epoch++;
        int bands = (height + BAND_HEIGHT - 1) / BAND_HEIGHT;
        for (int space = 1; space <= pictures.size(); space++) {
            damage.get(space - 1).set(0, bands);
        }
        news = true;
        notifyAll();
    }

    private void pause(long millis) {
        try {
            wait(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private int numberOf(SpaceId space) {
        for (int number = 1; number <= pictures.size(); number++) {
            if (id(number).equals(space)) {
                return number;
            }
        }
        throw new IllegalArgumentException(name + " has no space " + space);
    }

    private void requireThere() {
        if (lostBecause != null) {
            throw new SourceLostException(lostBecause);
        }
        if (!open) {
            throw new SourceLostException(name + " is not open");
        }
        RuntimeException unforeseen = failure;
        if (unforeseen != null) {
            failure = null;
            throw unforeseen;
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public synchronized void open() {
        if (lostBecause != null) {
            throw new SourceLostException(lostBecause);
        }
        open = true;
        timesOpened++;
        forgetWhatWasSeen();
    }

    @Override
    public synchronized List<Space> spaces() {
        List<Space> spaces = new ArrayList<>();
        for (int number = 1; number <= pictures.size(); number++) {
            SpaceState state = isLive(number) ? SpaceState.LIVE : SpaceState.STALE;
            spaces.add(new Space(
                    id(number), number, "Space " + number, new Area(0, 0, width, height), number == front, state));
        }
        return spaces;
    }

    @Override
    public void await(Duration timeout) {
        CountDownLatch closedGate;
        synchronized (this) {
            closedGate = gate;
            held = gate != null;
            notifyAll();
        }
        if (closedGate != null) {
            passThrough(closedGate);
        }
        synchronized (this) {
            requireThere();
            long end = System.nanoTime() + timeout.toNanos();
            for (long left = timeout.toNanos(); left > 0 && !news && !woken; left = end - System.nanoTime()) {
                waiting = true;
                notifyAll();
                pause(left / 1_000_000 + 1);
                waiting = false;
                requireThere();
            }
            news = false;
            woken = false;
        }
    }

    private static void passThrough(CountDownLatch gate) {
        try {
            if (!gate.await(LONGEST_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new AssertionError("nobody told the screen to go on");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    @Override
    public synchronized void wake() {
        woken = true;
        notifyAll();
    }

    @Override
    public synchronized boolean isDamaged(SpaceId space) {
        int number = numberOf(space);
        return isLive(number) && !damage.get(number - 1).isEmpty();
    }

    @Override
    public synchronized void takeDamage(SpaceId space, BitSet bands) {
        requireThere();
        BitSet taken = damage.get(numberOf(space) - 1);
        bands.or(taken);
        taken.clear();
        epochWhenTaken = epoch;
    }

    /* As on an X display, whatever is in front now is what gets read. */
    @Override
    public ByteBuffer readRows(SpaceId space, int y, int rows) {
        Runnable code;
        synchronized (this) {
            code = beforeRead;
            beforeRead = null;
        }
        if (code != null) {
            code.run();
        }
        synchronized (this) {
            requireThere();
            if (rows < 1 || rows > MAX_ROWS || y < 0 || y + rows > height) {
                throw new IllegalArgumentException("no rows " + y + " to " + (y + rows) + " on " + name);
            }
            int number = onlyFrontIsLive ? front : numberOf(space);
            ByteBuffer pixels =
                    ByteBuffer.allocateDirect(rows * width * Integer.BYTES).order(ByteOrder.nativeOrder());
            pixels.asIntBuffer().put(pictures.get(number - 1), y * width, rows * width);
            rowsRead += rows;
            return pixels;
        }
    }

    @Override
    public int maxRows(int ignored) {
        return MAX_ROWS;
    }

    @Override
    public boolean confirm(SpaceId space) {
        Runnable code;
        synchronized (this) {
            code = beforeConfirm;
            beforeConfirm = null;
        }
        if (code != null) {
            code.run();
        }
        synchronized (this) {
            requireThere();
            return epoch == epochWhenTaken;
        }
    }

    @Override
    public synchronized void rest() {
        requireThere();
        timesRested++;
    }

    @Override
    public synchronized void disconnect() {
        open = false;
    }

    @Override
    public synchronized void close() {
        open = false;
        closed = true;
        notifyAll();
    }
}
