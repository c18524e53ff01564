package dev.oriel.capture.demo;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Some rows of a picture, to draw on. Everything takes coordinates of the whole picture; what falls outside the rows or
 * the clip is left out. A colour is {@code 0xRRGGBB}, an opacity goes from 0 to {@link #OPAQUE}.
 */
final class Canvas {

    static final int OPAQUE = 256;

    private final int width;
    private final int maxRows;
    private final int[] pixels;
    private final ByteBuffer bytes;

    private int firstRow;
    private Box rows;
    private Box clip;

    Canvas(int width, int maxRows) {
        this.width = width;
        this.maxRows = maxRows;
        this.pixels = new int[width * maxRows];
        this.bytes = ByteBuffer.allocateDirect(pixels.length * Integer.BYTES).order(ByteOrder.nativeOrder());
        this.rows = Box.of(0, 0, width, maxRows);
        this.clip = rows;
    }

    /** Turns to other rows of the picture. What they hold is left over from before. */
    void begin(int y, int count) {
        if (count < 1 || count > maxRows) {
            throw new IllegalArgumentException("1 to " + maxRows + " rows can be drawn, not " + count);
        }
        firstRow = y;
        rows = Box.of(0, y, width, count);
        clip = rows;
    }

    /** The rows as blue, green, red and an unused byte for each pixel. Overwritten by the next call. */
    ByteBuffer bytes() {
        bytes.clear().limit(rows.height() * width * Integer.BYTES);
        // A colour with its lowest byte first is blue, green, red: little endian, whatever the machine is.
        bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().put(pixels, 0, rows.height() * width);
        return bytes;
    }

    /** Keeps what is drawn from now on inside a box. */
    void clip(Box box) {
        clip = rows.intersect(box);
    }

    void unclip() {
        clip = rows;
    }

    /** The part of a box that can be drawn; without rows or columns if there is none. */
    Box visible(Box box) {
        return clip.intersect(box);
    }

    /** Where a pixel lies in {@link #pixels}. Only for what {@link #visible} shows. */
    int index(int x, int y) {
        return (y - firstRow) * width + x;
    }

    int[] pixels() {
        return pixels;
    }

    void fill(Box box, int color) {
        Box seen = visible(box);
        if (seen.width() <= 0) {
            return;
        }
        for (int y = seen.top(); y < seen.bottom(); y++) {
            Arrays.fill(pixels, index(seen.left(), y), index(seen.right(), y), color);
        }
    }

    /** Lets a colour through to what is there. */
    void tint(Box box, int color, int opacity) {
        Box seen = visible(box);
        for (int y = seen.top(); y < seen.bottom(); y++) {
            for (int x = seen.left(), i = index(x, y); x < seen.right(); x++, i++) {
                pixels[i] = mix(pixels[i], color, opacity);
            }
        }
    }

    /** Fills a box with rounded, smooth corners. */
    void round(Box box, int radius, int color) {
        fill(new Box(box.left(), box.top() + radius, box.right(), box.bottom() - radius), color);
        fill(new Box(box.left() + radius, box.top(), box.right() - radius, box.top() + radius), color);
        fill(new Box(box.left() + radius, box.bottom() - radius, box.right() - radius, box.bottom()), color);
        corner(Box.of(box.left(), box.top(), radius, radius), radius, radius, color);
        corner(Box.of(box.right() - radius, box.top(), radius, radius), 0, radius, color);
        corner(Box.of(box.left(), box.bottom() - radius, radius, radius), radius, 0, color);
        corner(Box.of(box.right() - radius, box.bottom() - radius, radius, radius), 0, 0, color);
    }

    void disc(int centerX, int centerY, int radius, int color) {
        round(Box.of(centerX - radius, centerY - radius, 2 * radius, 2 * radius), radius, color);
    }

    /** A quarter of a disc around a point given from the upper left of the corner. */
    private void corner(Box box, int centerX, int centerY, int color) {
        Box seen = visible(box);
        for (int y = seen.top(); y < seen.bottom(); y++) {
            double dy = y + 0.5 - box.top() - centerY;
            for (int x = seen.left(), i = index(x, y); x < seen.right(); x++, i++) {
                double dx = x + 0.5 - box.left() - centerX;
                double inside = box.width() + 0.5 - Math.sqrt(dx * dx + dy * dy);
                int opacity = (int) (Math.max(0, Math.min(1, inside)) * OPAQUE);
                pixels[i] = mix(pixels[i], color, opacity);
            }
        }
    }

    /** Darkens the surroundings of a box with round corners, which is to be drawn over it. */
    void shadow(Box box, int radius, int spread, int opacity) {
        int left = box.left() - spread;
        int right = box.right() + spread;
        darken(new Box(left, box.top() - spread, right, box.top()), box, spread, opacity);
        darken(new Box(left, box.top(), box.left() + radius, box.bottom()), box, spread, opacity);
        darken(new Box(box.right() - radius, box.top(), right, box.bottom()), box, spread, opacity);
        darken(new Box(left, box.bottom(), right, box.bottom() + spread), box, spread, opacity);
    }

    private void darken(Box part, Box box, int spread, int opacity) {
        Box seen = visible(part);
        for (int y = seen.top(); y < seen.bottom(); y++) {
            int dy = Math.max(0, Math.max(box.top() - y, y - box.bottom() + 1));
            for (int x = seen.left(), i = index(x, y); x < seen.right(); x++, i++) {
                int dx = Math.max(0, Math.max(box.left() - x, x - box.right() + 1));
                double near = 1 - Math.sqrt(dx * dx + dy * dy) / spread;
                if (near > 0) {
                    pixels[i] = mix(pixels[i], 0, (int) (near * near * opacity));
                }
            }
        }
    }

    /** Writes one line; each dot of the {@link Font} is a square of {@code scale} pixels. */
    void text(int left, int top, int scale, int color, CharSequence text) {
        Box line = Box.of(left, top, text.length() * Font.ADVANCE * scale, Font.GLYPH_HEIGHT * scale);
        Box seen = visible(line);
        if (seen.height() <= 0 || seen.width() <= 0) {
            return;
        }
        for (int y = seen.top(); y < seen.bottom(); y++) {
            int row = (y - top) / scale;
            for (int i = 0; i < text.length(); i++) {
                int x = left + i * Font.ADVANCE * scale;
                for (int dots = Font.dots(text.charAt(i), row) << 1; (dots & 0x3f) != 0; dots <<= 1, x += scale) {
                    if ((dots & 1 << Font.GLYPH_WIDTH) != 0) {
                        dot(x, y, scale, color);
                    }
                }
            }
        }
    }

    private void dot(int x, int y, int size, int color) {
        int end = Math.min(x + size, clip.right());
        for (int at = Math.max(x, clip.left()); at < end; at++) {
            pixels[index(at, y)] = color;
        }
    }

    /** A colour on the way from one to another. */
    static int mix(int from, int to, int opacity) {
        int redBlue = (from & 0xff00ff) * (OPAQUE - opacity) + (to & 0xff00ff) * opacity;
        int green = (from & 0xff00) * (OPAQUE - opacity) + (to & 0xff00) * opacity;
        return (redBlue >>> 8 & 0xff00ff) | (green >>> 8 & 0xff00);
    }
}
