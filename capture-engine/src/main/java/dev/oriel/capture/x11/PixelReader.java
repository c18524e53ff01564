package dev.oriel.capture.x11;

import dev.oriel.capture.Area;

/** Reads pixels of the root window into a {@link PixelMemory}, from its beginning and without padding. */
interface PixelReader extends AutoCloseable {

    /**
     * Reads an area of the root window.
     *
     * @return false if the server refuses, as it does when the area is not there any more
     */
    boolean read(Area area);

    /** Lets go of what the server keeps for it. */
    @Override
    void close();
}
