package dev.oriel.capture;

import dev.oriel.capture.FrameMemory.Region;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One MCU row of a JPEG: its entropy-coded data and, behind it, the two bytes of the marker that ends it in this frame
 * (RST0 to RST7, or EOI for the last row). Frames share unchanged stripes; the last frame to let go frees the bytes.
 */
final class Stripe {

    static final int MARKER_BYTES = 2;

    private final Region region;
    private final int sizeBytes;
    private final AtomicInteger frames = new AtomicInteger(1);

    /** Takes over the region. The creator holds the first share. */
    Stripe(Region region) {
        this.region = region;
        this.sizeBytes = region.bytes().remaining();
    }

    int sizeBytes() {
        return sizeBytes;
    }

    ByteBuffer bytesWithMarker() {
        return region.bytes();
    }

    ByteBuffer scanData() {
        ByteBuffer bytes = region.bytes();
        return bytes.limit(bytes.limit() - MARKER_BYTES);
    }

    /** Only by one who holds a share already. */
    void share() {
        frames.incrementAndGet();
    }

    void release() {
        int left = frames.decrementAndGet();
        if (left == 0) {
            region.free();
        } else if (left < 0) {
            throw new IllegalStateException("a stripe was released more often than it was shared");
        }
    }
}
