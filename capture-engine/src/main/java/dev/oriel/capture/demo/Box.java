package dev.oriel.capture.demo;

import dev.oriel.capture.ScreenSource;
import java.util.BitSet;

/** A rectangle of pixels; {@code right} and {@code bottom} are just outside. */
record Box(int left, int top, int right, int bottom) {

    static Box of(int left, int top, int width, int height) {
        return new Box(left, top, left + width, top + height);
    }

    int width() {
        return right - left;
    }

    int height() {
        return bottom - top;
    }

    Box grow(int by) {
        return new Box(left - by, top - by, right + by, bottom + by);
    }

    Box intersect(Box other) {
        return new Box(
                Math.max(left, other.left),
                Math.max(top, other.top),
                Math.min(right, other.right),
                Math.min(bottom, other.bottom));
    }

    /** Sets the bits of the bands that this box touches. */
    void flag(BitSet bands) {
        bands.set(top / ScreenSource.BAND_HEIGHT, (bottom - 1) / ScreenSource.BAND_HEIGHT + 1);
    }
}
