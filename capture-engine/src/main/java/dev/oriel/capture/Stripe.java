package dev.oriel.capture;

import dev.oriel.capture.FrameMemory.Region;
import java.nio.ByteBuffer;

/**
 * One MCU row of a JPEG: its entropy-coded data and, behind it, the two bytes of the marker that ends it in this frame
 * (RST0 to RST7, or EOI for the last row). Frames share unchanged stripes; the last frame to let go frees the bytes.
 */
final class Stripe extends Shared {

    static final int MARKER_BYTES = 2;

    private final Region region;

    /** Takes over the region. */
    Stripe(Region region) {
        this.region = region;
    }

    int sizeBytes() {
        return region.sizeBytes();
    }

    void pin() {
        region.pin();
    }

    void unpin() {
        region.unpin();
    }

    /** Only while pinned. */
    ByteBuffer bytesWithMarker() {
        return region.bytes();
    }

    /** Only while pinned. */
    ByteBuffer scanData() {
        ByteBuffer bytes = region.bytes();
        return bytes.limit(bytes.limit() - MARKER_BYTES);
    }

    @Override
    void free() {
        region.free();
    }
}
