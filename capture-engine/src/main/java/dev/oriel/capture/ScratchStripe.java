package dev.oriel.capture;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Room for the pixels of one scaled stripe, used again for one view after the other. Belongs to one thread. */
final class ScratchStripe {

    private static final ByteBuffer NONE = ByteBuffer.allocateDirect(0);

    private ByteBuffer pixels = NONE;

    /** At least so many bytes, with whatever was there before. */
    ByteBuffer ofBytes(int bytes) {
        if (pixels.capacity() < bytes) {
            pixels = ByteBuffer.allocateDirect(bytes);
        }
        return pixels.order(ByteOrder.nativeOrder());
    }

    /** Keeps nothing until somebody asks again. */
    void rest() {
        pixels = NONE;
    }
}
