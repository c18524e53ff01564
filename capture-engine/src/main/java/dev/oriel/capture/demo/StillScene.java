package dev.oriel.capture.demo;

import java.util.BitSet;
import java.util.List;

/** A tidy desktop on which nothing ever moves. */
final class StillScene implements Scene {

    private static final Box WELCOME = Box.of(80, 96, 700, 536);
    private static final Box PHOTO = Box.of(820, 96, 380, 280);
    private static final Box CHART = Box.of(820, 412, 380, 220);
    private static final int PAPER = 0x1d1e30;
    private static final int LINE_HEIGHT = 26;

    private static final List<String> TEXT = List.of(
            "This is the demo: six spaces that Oriel draws",
            "itself, for machines that have no screen.",
            "",
            " 1  Still      nothing ever changes",
            " 2  Clock      one change a second",
            " 3  Typing     ten letters a second",
            " 4  Scrolling  half the picture moves",
            " 5  Video      all of it, thirty times",
            " 6  Mixed      a bit of everything",
            "",
            "They go through the same engine and the same",
            "feed as real desktops would.");

    @Override
    public String label() {
        return "Still";
    }

    @Override
    public long stepNanos() {
        return Long.MAX_VALUE;
    }

    @Override
    public void damage(long from, long to, BitSet bands) {
        // Nothing can differ.
    }

    @Override
    public void draw(long step, Canvas canvas) {
        Desktop.draw(canvas, label());
        Box page = Desktop.window(canvas, WELCOME, "welcome", PAPER);
        canvas.text(page.left() + 40, page.top() + 36, 5, Desktop.INK, "Welcome");
        canvas.fill(Box.of(page.left() + 40, page.top() + 92, 205, 4), Desktop.ACCENT);
        for (int i = 0; i < TEXT.size(); i++) {
            boolean listed = TEXT.get(i).startsWith(" ");
            int color = listed ? Desktop.ACCENT : Desktop.INK;
            canvas.text(page.left() + 40, page.top() + 124 + i * LINE_HEIGHT, 2, color, TEXT.get(i));
        }
        Aurora.draw(canvas, Desktop.window(canvas, PHOTO, "photo", PAPER).grow(-12), 200);
        chart(canvas, Desktop.window(canvas, CHART, "chart", PAPER));
    }

    private static void chart(Canvas canvas, Box box) {
        int floor = box.bottom() - 24;
        for (int line = 0; line <= 4; line++) {
            canvas.fill(Box.of(box.left() + 24, floor - line * 32, box.width() - 48, 1), 0x34365a);
        }
        for (int bar = 0; bar < 12; bar++) {
            int height = 24 + (int) (104 * Noise.smooth(5, bar, 2));
            int color = Canvas.mix(Desktop.ACCENT, 0xd9797a, height * 2 - 48);
            canvas.round(Box.of(box.left() + 32 + bar * 27, floor - height, 17, height), 4, color);
        }
    }
}
