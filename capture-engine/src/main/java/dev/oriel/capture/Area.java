package dev.oriel.capture;

/**
 * A rectangle of pixels.
 *
 * @param x of the left column
 * @param y of the top row
 * @param width in pixels
 * @param height in pixels
 */
public record Area(int x, int y, int width, int height) {

    /**
     * Checks the sides.
     *
     * @throws IllegalArgumentException if one is negative
     */
    public Area {
        if (width < 0 || height < 0) {
            throw new IllegalArgumentException("an area has no negative size, was " + width + "x" + height);
        }
    }

    /**
     * Whether there is no pixel in it.
     *
     * @return true if a side is 0
     */
    public boolean isEmpty() {
        return width == 0 || height == 0;
    }

    /**
     * What two areas have in common.
     *
     * @param other in the same coordinates
     * @return empty, at any place, if they do not meet
     */
    public Area intersection(Area other) {
        int left = Math.max(x, other.x);
        int top = Math.max(y, other.y);
        long right = Math.min((long) x + width, (long) other.x + other.width);
        long bottom = Math.min((long) y + height, (long) other.y + other.height);
        return new Area(left, top, (int) Math.max(0, right - left), (int) Math.max(0, bottom - top));
    }

    /**
     * The same area in coordinates that begin elsewhere.
     *
     * @param originX where the new coordinates begin
     * @param originY where the new coordinates begin
     * @return a copy
     */
    public Area relativeTo(int originX, int originY) {
        return new Area(x - originX, y - originY, width, height);
    }

    @Override
    public String toString() {
        return width + "x" + height + "+" + x + "+" + y;
    }
}
