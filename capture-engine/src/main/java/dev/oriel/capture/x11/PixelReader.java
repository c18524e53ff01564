package dev.oriel.capture.x11;

import dev.oriel.capture.Area;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Reads pixels of the root window into a {@link PixelMemory}. */
interface PixelReader extends AutoCloseable {

    /**
     * Reads an area of the root window.
     *
     * @return from index 0 and without padding, valid until the next reading; empty if the server refuses, as it does when
     *     the area is not there any more
     */
    Optional<ByteBuffer> read(Area area);

    /** Says which area will be read next, so that it can come meanwhile: as it is now, or later. */
    default void expect(Area area) {}

    /** What was expected and not read is not of now any more. */
    default void expectNothing() {}

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
