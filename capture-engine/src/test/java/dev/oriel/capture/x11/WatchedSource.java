package dev.oriel.capture.x11;

import dev.oriel.capture.Pixels;
import dev.oriel.capture.ScreenSource;
import dev.oriel.capture.Space;
import dev.oriel.capture.SpaceId;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Looks at every row that a source hands out, whether it is used or not. */
final class WatchedSource implements ScreenSource {

    private final ScreenSource source;
    private final int forbidden;
    private final AtomicLong sightings = new AtomicLong();
    private final AtomicLong refusals = new AtomicLong();
    private final Map<SpaceId, Map<Integer, int[]>> unconfirmed = new HashMap<>();
    private final Map<SpaceId, Map<Integer, int[]>> shown = new ConcurrentHashMap<>();

    /** Counts pixels of a colour 0xRRGGBB that must not be there. */
    WatchedSource(ScreenSource source, int forbidden) {
        this.source = source;
        this.forbidden = forbidden;
    }

    long sightings() {
        return sightings.get();
    }

    long refusals() {
        return refusals.get();
    }

    /** What the source says that a space looks like. */
    Pixels shown(SpaceId space, int width, int height) {
        int[] colors = new int[width * height];
        shown.getOrDefault(space, Map.of()).forEach((y, row) -> System.arraycopy(row, 0, colors, y * width, width));
        return new Pixels(width, height, colors);
    }

    @Override
    public ByteBuffer readRows(SpaceId space, int y, int rows) {
        ByteBuffer pixels = source.readRows(space, y, rows);
        int width = spaces().stream()
                .filter(each -> each.id().equals(space))
                .findFirst()
                .orElseThrow()
                .width();
        for (int row = 0; row < rows; row++) {
            int[] colors = new int[width];
            for (int column = 0; column < width; column++) {
                colors[column] = pixels.getInt((row * width + column) * Integer.BYTES) & 0xFFFFFF;
                if (colors[column] == forbidden) {
                    sightings.incrementAndGet();
                }
            }
            unconfirmed.computeIfAbsent(space, ignored -> new HashMap<>()).put(y + row, colors);
        }
        return pixels;
    }

    @Override
    public boolean confirm(SpaceId space) {
        boolean confirmed = source.confirm(space);
        Map<Integer, int[]> read = unconfirmed.remove(space);
        if (confirmed && read != null) {
            shown.computeIfAbsent(space, ignored -> new ConcurrentHashMap<>()).putAll(read);
        }
        refusals.addAndGet(confirmed ? 0 : 1);
        return confirmed;
    }

    @Override
    public String name() {
        return source.name();
    }

    @Override
    public void open() {
        source.open();
    }

    @Override
    public List<Space> spaces() {
        return source.spaces();
    }

    @Override
    public void await(Duration timeout) {
        source.await(timeout);
    }

    @Override
    public void wake() {
        source.wake();
    }

    @Override
    public boolean isDamaged(SpaceId space) {
        return source.isDamaged(space);
    }

    @Override
    public void takeDamage(SpaceId space, BitSet bands) {
        source.takeDamage(space, bands);
    }

    @Override
    public void expectRows(SpaceId space, int y, int rows) {
        source.expectRows(space, y, rows);
    }

    @Override
    public int maxRows(int width) {
        return source.maxRows(width);
    }

    @Override
    public void rest() {
        source.rest();
    }

    @Override
    public void disconnect() {
        source.disconnect();
    }

    @Override
    public void close() {
        source.close();
    }
}
