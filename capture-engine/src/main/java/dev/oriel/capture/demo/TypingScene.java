package dev.oriel.capture.demo;

import java.util.BitSet;
import java.util.concurrent.TimeUnit;

/** A terminal in which ten keys a second are pressed. */
final class TypingScene implements Scene {

    private static final Box FRAME = Box.of(140, 84, 1000, 572);

    private final Terminal terminal = new Terminal(Desktop.content(FRAME));

    @Override
    public String label() {
        return "Typing";
    }

    @Override
    public long stepNanos() {
        return TimeUnit.MILLISECONDS.toNanos(100);
    }

    @Override
    public void damage(long from, long to, BitSet bands) {
        terminal.damage(from, to, bands);
    }

    @Override
    public void draw(long step, Canvas canvas) {
        Desktop.draw(canvas, label());
        Desktop.window(canvas, FRAME, "terminal", Terminal.BACKGROUND);
        terminal.draw(canvas, step);
    }
}
