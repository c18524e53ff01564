package dev.oriel.capture.demo;

import java.util.BitSet;

/** A space that is drawn: its picture depends on the number of a step and on nothing else. */
interface Scene {

    int WIDTH = 1280;
    int HEIGHT = 720;

    String label();

    /** How long a step lasts; {@link Long#MAX_VALUE} if there is only one. */
    long stepNanos();

    /** Sets the bit of each band that may differ between two steps. */
    void damage(long from, long to, BitSet bands);

    /** Draws all rows of the canvas. */
    void draw(long step, Canvas canvas);
}
