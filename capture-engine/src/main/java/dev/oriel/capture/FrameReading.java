package dev.oriel.capture;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/**
 * The bytes of a frame while somebody reads them: nobody moves or frees them until it is closed. It has a hold of its own on
 * the frame. Safe for many threads.
 */
public final class FrameReading implements AutoCloseable {

    private static final AtomicIntegerFieldUpdater<FrameReading> CLOSED =
            AtomicIntegerFieldUpdater.newUpdater(FrameReading.class, "closed");

    private final Frame frame;
    private final FrameContent content;
    private volatile int closed;

    /** Takes over a hold. Makes no object, which a full Java heap could refuse after the hold was taken. */
    FrameReading(Frame frame) {
        this.frame = frame;
        this.content = frame.content();
        for (int index = 0; index < content.stripeCount(); index++) {
            content.stripe(index).pin();
        }
    }

    /**
     * The whole JPEG, in pieces to be written one behind the other.
     *
     * @return new read-only views, the header first, valid until this is closed
     * @throws IllegalStateException if it was closed
     */
    public List<ByteBuffer> buffers() {
        requireOpen();
        List<ByteBuffer> pieces = new ArrayList<>(content.stripeCount() + 1);
        pieces.add(ByteBuffer.wrap(content.header()).asReadOnlyBuffer());
        for (int index = 0; index < content.stripeCount(); index++) {
            pieces.add(content.stripe(index).bytesWithMarker());
        }
        return pieces;
    }

    /**
     * The entropy-coded data of one stripe, without the marker that ends it.
     *
     * @param index from 0 at the top
     * @return a new read-only view, valid until this is closed
     * @throws IllegalStateException if it was closed
     * @throws IndexOutOfBoundsException if there is no such stripe
     */
    public ByteBuffer stripe(int index) {
        requireOpen();
        return content.stripe(index).scanData();
    }

    /**
     * Ends the reading, and its hold on the frame.
     *
     * @throws IllegalStateException if it was closed before
     */
    @Override
    public void close() {
        if (!CLOSED.compareAndSet(this, 0, 1)) {
            throw new IllegalStateException("the reading was closed before: " + frame);
        }
        for (int index = 0; index < content.stripeCount(); index++) {
            content.stripe(index).unpin();
        }
        frame.close();
    }

    private void requireOpen() {
        if (closed != 0) {
            throw new IllegalStateException("the reading was closed: " + frame);
        }
    }
}
