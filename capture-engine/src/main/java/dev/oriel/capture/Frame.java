package dev.oriel.capture;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One immutable picture of a space: a plain baseline JPEG whose rows of MCUs, the stripes, may be shared with other
 * frames.
 *
 * <p>A frame is counted. Whoever is handed one owns one hold on it and ends it with {@link #close()}; {@link #retain()}
 * takes another. When the last hold ends, the stripes that no other frame shares give their memory back. Reading a frame
 * without a hold is an error. All methods are safe for many threads.
 */
public final class Frame implements AutoCloseable {

    private final FrameInfo info;
    private final byte[] header;
    private final Stripe[] stripes;
    private final int sizeBytes;
    private final AtomicInteger holds = new AtomicInteger(1);

    /** Takes over one share of each stripe; the creator has the first hold. */
    Frame(FrameInfo info, byte[] header, Stripe[] stripes) {
        this.info = info;
        this.header = header;
        this.stripes = stripes;
        int size = header.length;
        for (Stripe stripe : stripes) {
            size += stripe.sizeBytes();
        }
        this.sizeBytes = size;
    }

    /**
     * What the picture shows and when.
     *
     * @return never changes; may be read without a hold
     */
    public FrameInfo info() {
        return info;
    }

    /**
     * The space it shows.
     *
     * @return the same as in {@link #info()}
     */
    public SpaceId space() {
        return info.space();
    }

    /**
     * Its quality.
     *
     * @return the same as in {@link #info()}
     */
    public Quality quality() {
        return info.quality();
    }

    /**
     * Its revision.
     *
     * @return the same as in {@link #info()}
     */
    public long revision() {
        return info.revision();
    }

    /**
     * When it was taken.
     *
     * @return the same as in {@link #info()}
     */
    public Instant capturedAt() {
        return info.capturedAt();
    }

    /**
     * The length of the whole JPEG.
     *
     * @return bytes, shared stripes counted in full
     */
    public int sizeBytes() {
        return sizeBytes;
    }

    /**
     * How many stripes the picture has.
     *
     * @return at least 1
     */
    public int stripeCount() {
        return stripes.length;
    }

    /**
     * The whole JPEG, in pieces to be written one behind the other.
     *
     * @return read-only views, the header first, valid while the caller holds the frame
     * @throws IllegalStateException if nobody holds the frame
     */
    public List<ByteBuffer> buffers() {
        requireHeld();
        List<ByteBuffer> pieces = new ArrayList<>(stripes.length + 1);
        pieces.add(ByteBuffer.wrap(header).asReadOnlyBuffer());
        for (Stripe stripe : stripes) {
            pieces.add(stripe.bytesWithMarker());
        }
        return pieces;
    }

    /**
     * The entropy-coded data of one stripe, without the marker that ends it.
     *
     * @param index from 0 at the top
     * @return a read-only view, valid while the caller holds the frame
     * @throws IllegalStateException if nobody holds the frame
     * @throws IndexOutOfBoundsException if there is no such stripe
     */
    public ByteBuffer stripe(int index) {
        requireHeld();
        return stripes[index].scanData();
    }

    /**
     * Whether this frame has the very same stripe as another, so that a client who has the other one needs no copy.
     *
     * @param other a frame in the same rendition
     * @param index from 0 at the top
     * @return true if the bytes are shared; equal bytes that were encoded twice do not count
     */
    public boolean sharesStripe(Frame other, int index) {
        return index < other.stripes.length && stripes[index] == other.stripes[index];
    }

    /**
     * The bytes that only this frame holds against the memory, if it is the newest: those of the stripes it does not
     * share with an older frame.
     *
     * @param older the frame before it, in the same rendition
     * @return bytes
     */
    public int bytesNotIn(Frame older) {
        int bytes = 0;
        for (int index = 0; index < stripes.length; index++) {
            if (!sharesStripe(older, index)) {
                bytes += stripes[index].sizeBytes();
            }
        }
        return bytes;
    }

    /**
     * Copies the whole JPEG to the heap.
     *
     * @return a new array of {@link #sizeBytes()} bytes
     * @throws IllegalStateException if nobody holds the frame
     */
    public byte[] toByteArray() {
        byte[] jpeg = new byte[sizeBytes];
        int at = 0;
        for (ByteBuffer piece : buffers()) {
            int length = piece.remaining();
            piece.get(jpeg, at, length);
            at += length;
        }
        return jpeg;
    }

    /**
     * Takes another hold.
     *
     * @return this frame
     * @throws IllegalStateException if nobody holds the frame any more
     */
    public Frame retain() {
        if (!tryRetain()) {
            throw new IllegalStateException("the frame was closed: " + info);
        }
        return this;
    }

    /**
     * Takes another hold if somebody still has one.
     *
     * @return false if the frame is gone
     */
    public boolean tryRetain() {
        int before;
        do {
            before = holds.get();
            if (before <= 0) {
                return false;
            }
        } while (!holds.compareAndSet(before, before + 1));
        return true;
    }

    /**
     * Ends one hold.
     *
     * @throws IllegalStateException if the frame was closed more often than it was held
     */
    @Override
    public void close() {
        int left = holds.decrementAndGet();
        if (left == 0) {
            for (Stripe stripe : stripes) {
                stripe.release();
            }
        } else if (left < 0) {
            throw new IllegalStateException("the frame was closed more often than it was held: " + info);
        }
    }

    byte[] header() {
        return header;
    }

    /** Only while held: the stripe for the next frame, which must share it before the hold ends. */
    Stripe stripeAt(int index) {
        return stripes[index];
    }

    private void requireHeld() {
        if (holds.get() <= 0) {
            throw new IllegalStateException("the frame was closed: " + info);
        }
    }

    @Override
    public String toString() {
        return "Frame[" + info + ", " + sizeBytes + " bytes]";
    }
}
