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

    /**
     * Whether all that the server told before it gave the pixels has come in when {@link #read} returns. Otherwise it has
     * to be asked for an answer before the pixels can be believed.
     */
    default boolean answersInOrder() {
        return true;
    }

    /** Lets go of what the server keeps for it. */
    @Override
    void close();
}
