package dev.oriel.capture.demo;

import java.util.BitSet;
import java.util.concurrent.TimeUnit;

/** A film that fills the screen: all of it moves thirty times a second. */
final class VideoScene implements Scene {

    private static final int FRAMES_A_SECOND = 30;
    private static final Box SCREEN = Box.of(0, 0, WIDTH, HEIGHT);
    private static final Box CAPTION = Box.of(48, 628, 236, 52);

    @Override
    public String label() {
        return "Video";
    }

    @Override
    public long stepNanos() {
        return TimeUnit.SECONDS.toNanos(1) / FRAMES_A_SECOND;
    }

    @Override
    public void damage(long from, long to, BitSet bands) {
        SCREEN.flag(bands);
    }

    @Override
    public void draw(long step, Canvas canvas) {
        Aurora.draw(canvas, SCREEN, step);
        Desktop.bar(canvas, label());
        canvas.tint(CAPTION, 0x10101f, 140);
        String frame = String.valueOf(step);
        canvas.disc(CAPTION.left() + 24, CAPTION.top() + 26, 8, 0xf4776d);
        canvas.text(CAPTION.left() + 44, CAPTION.top() + 18, 2, 0xffffff, "frame");
        canvas.text(CAPTION.right() - 20 - frame.length() * 12, CAPTION.top() + 18, 2, 0xffffff, frame);
    }
}
