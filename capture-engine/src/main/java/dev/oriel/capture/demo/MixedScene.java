package dev.oriel.capture.demo;

import java.util.BitSet;
import java.util.concurrent.TimeUnit;

/** A terminal, a clock and a small film side by side, each at its own pace. */
final class MixedScene implements Scene {

    private static final int STEPS_A_SECOND = 20;
    private static final int STEPS_A_KEY = 2;
    private static final Box TERMINAL = Box.of(60, 84, 720, 420);
    private static final Box CLOCK = Box.of(840, 84, 380, 180);
    private static final Box DIGITS = Box.of(876, 154, 308, 64);
    private static final Box FILM = Box.of(840, 324, 380, 300);
    private static final Box PICTURE = Desktop.content(FILM).grow(-12);
    private static final Box NOTE = Box.of(60, 548, 720, 76);
    private static final int DARK = 0x141a28;

    private final Terminal terminal = new Terminal(Desktop.content(TERMINAL));
    private final SevenSegments digits = new SevenSegments(DIGITS, 0xf2be4f, 0x2b2a30);

    @Override
    public String label() {
        return "Mixed";
    }

    @Override
    public long stepNanos() {
        return TimeUnit.SECONDS.toNanos(1) / STEPS_A_SECOND;
    }

    @Override
    public void damage(long from, long to, BitSet bands) {
        terminal.damage(from / STEPS_A_KEY, to / STEPS_A_KEY, bands);
        if (from / STEPS_A_SECOND != to / STEPS_A_SECOND) {
            DIGITS.flag(bands);
        }
        PICTURE.flag(bands);
    }

    @Override
    public void draw(long step, Canvas canvas) {
        Desktop.draw(canvas, label());
        Desktop.window(canvas, TERMINAL, "terminal", Terminal.BACKGROUND);
        terminal.draw(canvas, step / STEPS_A_KEY);
        Desktop.window(canvas, CLOCK, "clock", DARK);
        digits.draw(canvas, step / STEPS_A_SECOND);
        Desktop.window(canvas, FILM, "film", DARK);
        Aurora.draw(canvas, PICTURE, step);
        canvas.shadow(NOTE, 10, 20, 120);
        canvas.round(NOTE, 10, 0xf2d98a);
        canvas.text(NOTE.left() + 24, NOTE.top() + 16, 2, 0x4a3d1a, "Three windows, three paces:");
        canvas.text(NOTE.left() + 24, NOTE.top() + 42, 2, 0x4a3d1a, "ten, one and twenty changes a second.");
    }
}
