package dev.oriel.capture.demo;

import java.util.BitSet;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A document that somebody scrolls through without haste, from the end back to the beginning. */
final class ScrollingScene implements Scene {

    private static final Box FRAME = Box.of(200, 72, 880, 608);
    private static final Box PAGE = Desktop.content(FRAME).intersect(Box.of(0, 0, WIDTH, FRAME.bottom() - 12));
    private static final Box TRACK = new Box(PAGE.right() - 18, PAGE.top() + 8, PAGE.right() - 10, PAGE.bottom());
    private static final int PAPER = 0xf3efe6;
    private static final int TEXT = 0x3b3a48;
    private static final int HEADING = 0x4b3a86;
    private static final int LINE_HEIGHT = 28;
    private static final int PIXELS_A_STEP = 6;
    private static final int THUMB_HEIGHT = 120;

    private static final List<String> DOCUMENT = List.of(
            "# The bay window",
            "",
            "An oriel is a window that leaves its wall. It hangs over",
            "the street on corbels, glazed on three sides, and whoever",
            "sits in it sees who comes and who goes without having to",
            "open the door.",
            "",
            "# What it is good for",
            "",
            "Light enters from the left and from the right, not only",
            "from ahead. A room with an oriel is brighter by an hour in",
            "the morning and by an hour in the evening.",
            "",
            "- It needs no ground of its own.",
            "- It shows the whole street at one glance.",
            "- It keeps the rain off those who walk below.",
            "",
            "# How to build one",
            "",
            "Let two beams run out of the floor, no farther than a",
            "third of their length inside. Lay a sill across, put posts",
            "at the corners, and brace them from below. The glass comes",
            "last, the cat moves in first.",
            "",
            "# Why this page moves",
            "",
            "Scrolling is the hardest thing that an office does to a",
            "screen: every row of the page changes ten times a second,",
            "and the eye still wants to read along. The wallpaper to the",
            "left and to the right stays where it is.",
            "",
            "        * * *",
            "");

    @Override
    public String label() {
        return "Scrolling";
    }

    @Override
    public long stepNanos() {
        return TimeUnit.MILLISECONDS.toNanos(100);
    }

    @Override
    public void damage(long from, long to, BitSet bands) {
        PAGE.flag(bands);
    }

    @Override
    public void draw(long step, Canvas canvas) {
        Desktop.draw(canvas, label());
        Desktop.window(canvas, FRAME, "oriel.txt", PAPER);
        int length = DOCUMENT.size() * LINE_HEIGHT;
        int offset = (int) (step * PIXELS_A_STEP % length);
        canvas.clip(PAGE);
        for (int line = offset / LINE_HEIGHT; line * LINE_HEIGHT < offset + PAGE.height(); line++) {
            String text = DOCUMENT.get(line % DOCUMENT.size());
            write(canvas, PAGE.top() + line * LINE_HEIGHT - offset, text);
        }
        canvas.unclip();
        int thumbTop = TRACK.top() + (int) ((long) offset * (TRACK.height() - THUMB_HEIGHT) / length);
        canvas.round(TRACK, 4, 0xe2dccd);
        canvas.round(Box.of(TRACK.left(), thumbTop, TRACK.width(), THUMB_HEIGHT), 4, 0xa79fb8);
    }

    private static void write(Canvas canvas, int top, String text) {
        int left = PAGE.left() + 72;
        if (text.startsWith("# ")) {
            canvas.text(left, top, 3, HEADING, text.substring(2));
        } else if (text.startsWith("- ")) {
            canvas.disc(left + 8, top + 12, 4, HEADING);
            canvas.text(left + 24, top + 5, 2, TEXT, text.substring(2));
        } else {
            canvas.text(left, top + 5, 2, TEXT, text);
        }
    }
}
