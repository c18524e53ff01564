package dev.oriel.capture.jpeg;

import java.nio.ByteBuffer;

/** Turns the JPEG of one stripe into pixels again. Owns native memory and belongs to one thread. */
public interface StripeDecoder extends AutoCloseable {

    /**
     * Decodes one stripe.
     *
     * @param jpeg a whole JPEG, as {@link StripeJpeg#alone} makes it
     * @param width of it in pixels
     * @param rows of it
     * @return a buffer in native order, four bytes a pixel (blue, green, red, unused), no padding between rows; valid
     *     until the next call
     */
    ByteBuffer decode(byte[] jpeg, int width, int rows);

    /** Frees the native memory. Harmless when closed. */
    @Override
    void close();
}
