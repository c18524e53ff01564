package dev.oriel.benchmarks;

import java.util.Arrays;

/**
 * A whole frame as a client of the feed has it.
 *
 * @param nanoTime when its last byte had come
 */
record Arrival(byte[] message, long nanoTime) {

    private static final int HEADER_BYTES = 28;

    int jpegBytes() {
        return message.length - HEADER_BYTES;
    }

    Jpeg picture() {
        return new Jpeg(Arrays.copyOfRange(message, HEADER_BYTES, message.length));
    }
}
