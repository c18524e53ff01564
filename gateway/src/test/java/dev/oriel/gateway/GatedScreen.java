package dev.oriel.gateway;

import dev.oriel.capture.PixelScreen;
import dev.oriel.capture.ScreenSource;
import dev.oriel.capture.Space;
import dev.oriel.capture.SpaceId;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A screen that does not open until it is told to. */
final class GatedScreen implements ScreenSource {

    private static final long LONGEST_SECONDS = 15;

    private final PixelScreen screen;
    private final CountDownLatch gate = new CountDownLatch(1);

    GatedScreen(PixelScreen screen) {
        this.screen = screen;
    }

    void letOpen() {
        gate.countDown();
    }

    @Override
    public String name() {
        return screen.name();
    }

    @Override
    public void open() {
        try {
            if (!gate.await(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("nobody let " + name() + " open");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        screen.open();
    }

    @Override
    public List<Space> spaces() {
        return screen.spaces();
    }

    @Override
    public void await(Duration timeout) {
        screen.await(timeout);
    }

    @Override
    public void wake() {
        screen.wake();
    }

    @Override
    public boolean isDamaged(SpaceId space) {
        return screen.isDamaged(space);
    }

    @Override
    public void takeDamage(SpaceId space, BitSet bands) {
        screen.takeDamage(space, bands);
    }

    @Override
    public ByteBuffer readRows(SpaceId space, int y, int rows) {
        return screen.readRows(space, y, rows);
    }

    @Override
    public int maxRows(int width) {
        return screen.maxRows(width);
    }

    @Override
    public boolean confirm(SpaceId space) {
        return screen.confirm(space);
    }

    @Override
    public void rest() {
        screen.rest();
    }

    @Override
    public void disconnect() {
        screen.disconnect();
    }

    @Override
    public void close() {
        screen.close();
    }
}
