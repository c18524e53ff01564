package dev.oriel.capture.demo;

import java.util.Locale;

/** Shows hours, minutes and seconds the way a bedside clock does. */
record SevenSegments(Box box, int lit, int dark) {

    /* For each digit a bit for each bar: top, upper right, lower right, bottom, lower left, upper left, middle. */
    private static final int[] BARS = {0x3f, 0x06, 0x5b, 0x4f, 0x66, 0x6d, 0x7d, 0x07, 0x7f, 0x6f};

    /** The eight characters of a time share the width; a colon takes half as much as a digit. */
    private static final int UNITS = 6 * 2 + 2;

    void draw(Canvas canvas, long seconds) {
        if (canvas.visible(box).height() <= 0) {
            return;
        }
        String time =
                String.format(Locale.ROOT, "%02d:%02d:%02d", seconds / 3600 % 100, seconds / 60 % 60, seconds % 60);
        int unit = box.width() / UNITS;
        int x = box.left();
        for (char letter : time.toCharArray()) {
            if (letter == ':') {
                colon(canvas, Box.of(x, box.top(), unit, box.height()));
                x += unit;
            } else {
                digit(canvas, Box.of(x, box.top(), 2 * unit, box.height()), BARS[letter - '0']);
                x += 2 * unit;
            }
        }
    }

    private void digit(Canvas canvas, Box cell, int bars) {
        int thick = box.height() / 8;
        int gap = cell.width() / 10;
        int left = cell.left() + gap;
        int right = cell.right() - gap;
        int middle = (cell.top() + cell.bottom()) / 2;
        int half = thick / 2;
        Box[] places = {
            new Box(left + half, cell.top(), right - half, cell.top() + thick),
            new Box(right - thick, cell.top() + half, right, middle),
            new Box(right - thick, middle, right, cell.bottom() - half),
            new Box(left + half, cell.bottom() - thick, right - half, cell.bottom()),
            new Box(left, middle, left + thick, cell.bottom() - half),
            new Box(left, cell.top() + half, left + thick, middle),
            new Box(left + half, middle - half, right - half, middle - half + thick),
        };
        for (boolean on : new boolean[] {false, true}) {
            for (int i = 0; i < places.length; i++) {
                if ((bars >> i & 1) == 1 == on) {
                    canvas.round(places[i].grow(-1), half - 1, on ? lit : dark);
                }
            }
        }
    }

    private void colon(Canvas canvas, Box cell) {
        int radius = box.height() / 16;
        int x = (cell.left() + cell.right()) / 2;
        canvas.disc(x, cell.top() + cell.height() / 3, radius, lit);
        canvas.disc(x, cell.bottom() - cell.height() / 3, radius, lit);
    }
}
