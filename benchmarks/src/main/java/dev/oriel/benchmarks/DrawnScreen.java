package dev.oriel.benchmarks;

import dev.oriel.capture.Area;
import dev.oriel.capture.ScreenSource;
import dev.oriel.capture.Space;
import dev.oriel.capture.SpaceId;
import dev.oriel.capture.SpaceState;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A desktop of 1920x1080 with a window of text on it, drawn here, of which single characters change. */
final class DrawnScreen implements ScreenSource {

    static final SpaceId SPACE = new SpaceId("drawn");
    static final int LINES = 40;
    static final int COLUMNS = 90;
    /** From here on nothing is written at first. */
    static final int TEXT_COLUMNS = 45;

    private static final int WIDTH = 1920;
    private static final int HEIGHT = 1080;
    private static final int LEFT = 200;
    private static final int TOP = 150;
    private static final int CELL_WIDTH = 8;
    private static final int CELL_HEIGHT = 16;
    private static final int DESKTOP = 0x305070;
    private static final int PAPER = 0xFFFFFF;
    private static final int INK = 0x202020;

    private final int[] colors = new int[WIDTH * HEIGHT];
    private final long[][] glyphs = new long[LINES][COLUMNS];
    private final BitSet changed = new BitSet();
    private final Semaphore news = new Semaphore(0);
    private final ByteBuffer rows =
            ByteBuffer.allocateDirect(maxRows(WIDTH) * WIDTH * Integer.BYTES).order(ByteOrder.nativeOrder());
    private final Random random = new Random(1);

    DrawnScreen() {
        fill(0, 0, WIDTH, HEIGHT, DESKTOP);
        fill(LEFT - 4, TOP - 4, COLUMNS * CELL_WIDTH + 8, LINES * CELL_HEIGHT + 8, PAPER);
        for (int line = 0; line < LINES; line++) {
            for (int column = 0; column < TEXT_COLUMNS; column++) {
                draw(line, column, random.nextLong());
            }
        }
    }

    /** Puts another character there; the one it replaces. */
    synchronized long change(int line, int column) {
        long before = glyphs[line][column];
        draw(line, column, random.nextLong());
        return before;
    }

    /** Puts a character there that was there before. */
    synchronized void restore(int line, int column, long glyph) {
        draw(line, column, glyph);
    }

    /* Five by seven dots. */
    private void draw(int line, int column, long glyph) {
        glyphs[line][column] = glyph;
        int x = LEFT + column * CELL_WIDTH;
        int y = TOP + line * CELL_HEIGHT;
        fill(x, y, CELL_WIDTH, CELL_HEIGHT, PAPER);
        for (int dot = 0; dot < 35; dot++) {
            if ((glyph >> dot & 1) != 0) {
                fill(x + 1 + dot % 5, y + 4 + dot / 5, 1, 1, INK);
            }
        }
        changed.set(y / BAND_HEIGHT, (y + CELL_HEIGHT - 1) / BAND_HEIGHT + 1);
        news.release();
    }

    private void fill(int left, int top, int width, int height, int color) {
        for (int y = top; y < top + height; y++) {
            Arrays.fill(colors, y * WIDTH + left, y * WIDTH + left + width, color);
        }
    }

    @Override
    public String name() {
        return "drawn";
    }

    @Override
    public void open() {}

    @Override
    public List<Space> spaces() {
        return List.of(new Space(SPACE, 1, "drawn", new Area(0, 0, WIDTH, HEIGHT), true, SpaceState.LIVE));
    }

    @Override
    public void await(Duration timeout) {
        try {
            if (news.tryAcquire(Math.max(0, timeout.toNanos()), TimeUnit.NANOSECONDS)) {
                news.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void wake() {
        news.release();
    }

    @Override
    public synchronized boolean isDamaged(SpaceId space) {
        return !changed.isEmpty();
    }

    @Override
    public synchronized void takeDamage(SpaceId space, BitSet bands) {
        bands.or(changed);
        changed.clear();
    }

    @Override
    public synchronized ByteBuffer readRows(SpaceId space, int y, int count) {
        rows.clear().asIntBuffer().put(colors, y * WIDTH, count * WIDTH);
        return rows.limit(count * WIDTH * Integer.BYTES);
    }

    @Override
    public int maxRows(int width) {
        return 4 * BAND_HEIGHT;
    }

    @Override
    public boolean confirm(SpaceId space) {
        return true;
    }

    @Override
    public void disconnect() {}

    @Override
    public void close() {}
}
