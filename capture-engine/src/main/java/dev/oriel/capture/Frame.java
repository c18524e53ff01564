package dev.oriel.capture;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/**
 * One immutable picture of a space: a plain baseline JPEG whose rows of MCUs, the stripes, may be shared with other
 * frames.
 *
 * <p>A frame is a hold on a picture, and has one owner, who closes it; {@link #retain()} takes another hold for another
 * owner. When the last hold ends, the stripes that no other picture shares give their memory back. The bytes themselves are
 * read in a {@link FrameReading}, while which nobody moves them. Closing twice, or reading after that, is an error that
 * harms nobody else. All methods are safe for many threads.
 */
public final class Frame implements AutoCloseable {

    private static final AtomicIntegerFieldUpdater<Frame> CLOSED =
            AtomicIntegerFieldUpdater.newUpdater(Frame.class, "closed");

    private final FrameContent content;
    private volatile int closed;

    /** Takes over one share of the content. */
    Frame(FrameContent content) {
        this.content = content;
    }

    /**
     * What the picture shows and when.
     *
     * @return never changes; may be read when closed
     */
    public FrameInfo info() {
        return content.info();
    }

    /**
     * The space it shows.
     *
     * @return the same as in {@link #info()}
     */
    public SpaceId space() {
        return content.info().space();
    }

    /**
     * Its quality.
     *
     * @return the same as in {@link #info()}
     */
    public Quality quality() {
        return content.info().quality();
    }

    /**
     * Its revision.
     *
     * @return the same as in {@link #info()}
     */
    public long revision() {
        return content.info().revision();
    }

    /**
     * When it was taken.
     *
     * @return the same as in {@link #info()}
     */
    public Instant capturedAt() {
        return content.info().capturedAt();
    }

    /**
     * The length of the whole JPEG.
     *
     * @return bytes, shared stripes counted in full
     */
    public int sizeBytes() {
        return content.sizeBytes();
    }

    /**
     * The length of its stripes together: what it takes of a memory beside its header.
     *
     * @return bytes, shared stripes counted in full
     */
    public int stripeBytes() {
        return content.sizeBytes() - content.header().length;
    }

    /**
     * How many stripes the picture has.
     *
     * @return at least 1
     */
    public int stripeCount() {
        return content.stripeCount();
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
        return content.sharesStripe(other.content, index);
    }

    /**
     * The bytes that only this frame holds against the memory, if it is the newest: those of the stripes it does not
     * share with an older frame.
     *
     * @param older the frame before it, in the same rendition
     * @return bytes
     */
    public int bytesNotIn(Frame older) {
        return content.bytesNotIn(older.content);
    }

    /**
     * Copies the whole JPEG to the heap.
     *
     * @return a new array of {@link #sizeBytes()} bytes
     * @throws IllegalStateException if nobody holds the frame
     */
    public byte[] toByteArray() {
        byte[] jpeg = new byte[content.sizeBytes()];
        ByteBuffer copy = ByteBuffer.wrap(jpeg);
        try (FrameReading reading = read()) {
            reading.buffers().forEach(copy::put);
        }
        return jpeg;
    }

    /**
     * Takes another hold on the same picture.
     *
     * @return a frame of its own, closed by whoever gets it
     * @throws IllegalStateException if this one was closed
     */
    public Frame retain() {
        // Nothing is made after the share is taken, as a full Java heap would lose it.
        Optional<Frame> hold = tryRetain();
        if (hold.isEmpty()) {
            throw closedBefore();
        }
        return hold.get();
    }

    /**
     * Takes another hold on the same picture if this one was not closed.
     *
     * @return a frame of its own, closed by whoever gets it
     */
    public Optional<Frame> tryRetain() {
        // Made before the share is taken: on a full Java heap this fails, and then no share may be lost.
        Optional<Frame> hold = Optional.of(new Frame(content));
        return closed == 0 && content.tryShare() ? hold : Optional.empty();
    }

    /**
     * Passes this hold on, so that who had it cannot end it any more: this frame is closed now, and the one returned is held
     * in its place.
     *
     * @return a frame of its own, closed by whoever gets it
     * @throws IllegalStateException if this one was closed before
     */
    public Frame handOver() {
        Frame hold = new Frame(content);
        if (!CLOSED.compareAndSet(this, 0, 1)) {
            throw closedBefore();
        }
        return hold;
    }

    /**
     * Ends this hold.
     *
     * @throws IllegalStateException if it was closed before
     */
    @Override
    public void close() {
        if (!CLOSED.compareAndSet(this, 0, 1)) {
            throw closedBefore();
        }
        content.release();
    }

    /** Valid while this frame is not closed. */
    FrameContent content() {
        return content;
    }

    private IllegalStateException closedBefore() {
        return new IllegalStateException("the frame was closed before: " + content);
    }

    @Override
    public String toString() {
        return "Frame[" + content + "]";
    }
}
