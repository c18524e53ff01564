package dev.oriel.capture;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/**
 * One immutable picture of a space: a plain baseline JPEG whose rows of MCUs, the stripes, may be shared with other
 * frames.
 *
 * <p>A frame is counted. Whoever is handed one owns one hold on it and ends it with {@link #close()}; {@link #retain()}
 * takes another. When the last hold ends, the stripes that no other frame shares give their memory back. The bytes
 * themselves are read in a {@link FrameReading}, while which nobody moves them. Reading a frame without a hold is an error. All methods are safe for many threads.
 */
public final class Frame implements AutoCloseable {

    private static final AtomicIntegerFieldUpdater<Frame> HOLDS =
            AtomicIntegerFieldUpdater.newUpdater(Frame.class, "holds");

    private final FrameInfo info;
    private final byte[] header;
    private final StripeBlock[] blocks;
    private final int stripeCount;
    private final int sizeBytes;
    private volatile int holds = 1;

    /** Takes over one share of each block; the creator has the first hold. */
    Frame(FrameInfo info, byte[] header, StripeBlock[] blocks) {
        this.info = info;
        this.header = header;
        this.blocks = blocks;
        int stripes = 0;
        int size = header.length;
        for (StripeBlock block : blocks) {
            stripes += block.stripes();
            size += block.sizeBytes();
        }
        this.stripeCount = stripes;
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
     * The length of its stripes together: what it takes of a memory beside its header.
     *
     * @return bytes, shared stripes counted in full
     */
    public int stripeBytes() {
        return sizeBytes - header.length;
    }

    /**
     * How many stripes the picture has.
     *
     * @return at least 1
     */
    public int stripeCount() {
        return stripeCount;
    }

    /**
     * Begins to read the bytes.
     *
     * @return with a hold of its own; closed by the caller
     * @throws IllegalStateException if nobody holds the frame
     */
    public FrameReading read() {
        return new FrameReading(retain());
    }

    /**
     * Whether this frame has the very same stripe as another, so that a client who has the other one needs no copy.
     *
     * @param other a frame in the same rendition
     * @param index from 0 at the top
     * @return true if the bytes are shared; equal bytes that were encoded twice do not count
     */
    public boolean sharesStripe(Frame other, int index) {
        return index < other.stripeCount && stripeAt(index) == other.stripeAt(index);
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
        for (int block = 0; block < blocks.length; block++) {
            if (block >= older.blocks.length || blocks[block] != older.blocks[block]) {
                bytes += bytesNotIn(older, block);
            }
        }
        return bytes;
    }

    private int bytesNotIn(Frame older, int block) {
        int bytes = 0;
        int end = Math.min((block + 1) * StripeBlock.STRIPES, stripeCount);
        for (int index = block * StripeBlock.STRIPES; index < end; index++) {
            if (!sharesStripe(older, index)) {
                bytes += stripeAt(index).sizeBytes();
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
        ByteBuffer copy = ByteBuffer.wrap(jpeg);
        try (FrameReading reading = read()) {
            reading.buffers().forEach(copy::put);
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
            before = holds;
            if (before <= 0) {
                return false;
            }
        } while (!HOLDS.compareAndSet(this, before, before + 1));
        return true;
    }

    /**
     * Ends one hold.
     *
     * @throws IllegalStateException if the frame was closed more often than it was held
     */
    @Override
    public void close() {
        int left = HOLDS.decrementAndGet(this);
        if (left == 0) {
            for (StripeBlock block : blocks) {
                block.release();
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
        return blocks[index / StripeBlock.STRIPES].stripe(index % StripeBlock.STRIPES);
    }

    /** Only while held: the block for the next frame, which must share it before the hold ends. */
    StripeBlock block(int index) {
        return blocks[index];
    }

    @Override
    public String toString() {
        return "Frame[" + info + ", " + sizeBytes + " bytes]";
    }
}
