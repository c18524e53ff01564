package dev.oriel.capture.jpeg;

import java.nio.ByteBuffer;
import java.util.List;

/** Turns a JPEG into a picture of a quarter of its size each way. Owns native memory and belongs to one thread. */
public interface QuarterDecoder extends AutoCloseable {

    /**
     * Decodes a picture made of stripes.
     *
     * @param jpeg the header of the whole picture, then each stripe with its marker; only read while this runs
     * @param width of the whole picture in pixels
     * @param height of the whole picture in pixels
     * @param chroma how its colour is sampled
     * @return means of the pixels
     */
    QuarterPicture decode(List<ByteBuffer> jpeg, int width, int height, Chroma chroma);

    /** Frees the native memory. Harmless when closed. */
    @Override
    void close();
}
