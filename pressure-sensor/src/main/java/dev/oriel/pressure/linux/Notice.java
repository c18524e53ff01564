package dev.oriel.pressure.linux;

import java.nio.ByteBuffer;

/** A descriptor to which something happens when memory should be looked at. */
interface Notice {

    int descriptor();

    /** What to ask {@code poll} for. */
    short events();

    /**
     * Takes note of what happened, so that it does not stay so. Allocates nothing.
     *
     * @param happened what {@code poll} answered
     * @param scratch to read into
     */
    Meaning take(int happened, Kernel kernel, ByteBuffer scratch);

    /** What is listened to, in words. */
    String words();

    /** What a happening means. */
    enum Meaning {
        LOOK,
        NOTHING,
        /** Nothing will come from here any more: the descriptor is to be closed. */
        GONE
    }
}
