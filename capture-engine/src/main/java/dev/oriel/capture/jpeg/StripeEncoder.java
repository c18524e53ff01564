package dev.oriel.capture.jpeg;

import java.nio.ByteBuffer;

/**
 * Turns rows of pixels into a small JPEG of their own, from which {@link StripeJpeg} takes the stripe. Owns native
 * memory and belongs to one thread.
 */
public interface StripeEncoder extends AutoCloseable {

    /**
     * The most bytes that a stripe can take.
     *
     * @param width in pixels
     * @param chroma how colour is sampled
     * @return an upper bound for {@link #encode} with one row of MCUs
     */
    int maxBytes(int width, Chroma chroma);

    /**
     * Encodes one stripe.
     *
     * @param pixels a direct buffer, four bytes a pixel (blue, green, red, unused), no padding between rows
     * @param offset where the first row begins, in bytes from index 0
     * @param width in pixels
     * @param rows 1 to the MCU size
     * @param jpegPercent JPEG quality, 1 to 100
     * @param chroma how colour is sampled
     * @return a whole JPEG, writable, valid until the next call
     */
    ByteBuffer encode(ByteBuffer pixels, int offset, int width, int rows, int jpegPercent, Chroma chroma);

    /** Frees the native memory. Harmless when closed. */
    @Override
    void close();
}
