package dev.oriel.benchmarks;

import java.awt.Point;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;

/*
 * A film would need hundreds of pictures in the display's memory. Parts of one larger picture differ in every row, and the
 * steps from part to part have no divisor in common with the room there is, so that no part comes again soon.
 */
/** A picture larger than the screen. Each part of it is another picture, and showing one is one request. */
final class Wall {

    /** What a part is told by: a mark down the whole left edge of the screen. */
    static final Rectangle MARK = new Rectangle(0, 0, 64, VirtualScreen.HEIGHT);

    static final int WIDTH = VirtualScreen.WIDTH + 257;
    static final int HEIGHT = VirtualScreen.HEIGHT + 251;

    private static final int STEP_RIGHT = 61;
    private static final int STEP_DOWN = 97;

    private final Painter painter;
    private final int picture;
    private int parts;

    /**
     * Gives the display the picture to keep.
     *
     * @param picture {@link #WIDTH} wide and {@link #HEIGHT} high
     */
    Wall(Painter painter, BufferedImage picture) {
        this.painter = painter;
        this.picture = painter.keep(picture);
    }

    /** A desktop full of windows, as large as a wall. */
    static BufferedImage windows() {
        return Pictures.windows(1, WIDTH, HEIGHT);
    }

    /** A photograph, as large as a wall. */
    static BufferedImage photograph() {
        return Pictures.photograph(1, WIDTH, HEIGHT);
    }

    /** Where a part lies; the first 64,507 differ. */
    static Point corner(int part) {
        return new Point(
                Math.floorMod(part * STEP_RIGHT, WIDTH - VirtualScreen.WIDTH),
                Math.floorMod(part * STEP_DOWN, HEIGHT - VirtualScreen.HEIGHT));
    }

    /** Shows the next part. */
    void showNext() {
        painter.show(picture, corner(parts++));
    }

    /** Gives the part that is shown next a mark, and waits until that is done. */
    void markNext(int rgb) {
        Point corner = corner(parts);
        painter.fill(picture, new Rectangle(corner.x + MARK.x, corner.y + MARK.y, MARK.width, MARK.height), rgb);
        painter.sync();
    }
}
