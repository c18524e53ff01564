package dev.oriel.capture.demo;

import java.util.BitSet;
import java.util.concurrent.TimeUnit;

/** A big clock that counts the seconds since the demo was opened. */
final class ClockScene implements Scene {

    private static final Box FRAME = Box.of(240, 200, 800, 300);
    private static final Box DIGITS = Box.of(310, 272, 658, 112);
    private static final int MARKS_TOP = 416;
    private static final Box CHANGING = new Box(DIGITS.left(), DIGITS.top(), DIGITS.right(), MARKS_TOP + 12);
    private static final int LIT = 0x7de8d0;
    private static final int DARK = 0x1f2c3c;

    private final SevenSegments digits = new SevenSegments(DIGITS, LIT, DARK);

    @Override
    public String label() {
        return "Clock";
    }

    @Override
    public long stepNanos() {
        return TimeUnit.SECONDS.toNanos(1);
    }

    @Override
    public void damage(long from, long to, BitSet bands) {
        CHANGING.flag(bands);
    }

    @Override
    public void draw(long step, Canvas canvas) {
        Desktop.draw(canvas, label());
        Desktop.window(canvas, FRAME, "clock", 0x141a28);
        digits.draw(canvas, step);
        for (int second = 0; second < 60; second++) {
            Box mark = Box.of(DIGITS.left() + second * 11, MARKS_TOP, 7, second % 5 == 0 ? 12 : 8);
            canvas.fill(mark, second <= step % 60 ? LIT : DARK);
        }
        String caption = "since the demo began";
        canvas.text(Scene.WIDTH / 2 - caption.length() * 6, 456, 2, Desktop.QUIET, caption);
    }
}
