package dev.oriel.cache;

import dev.oriel.capture.FrameMemory.Region;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * Some bytes in a segment, for one or more owners with the same content. They can be moved to another segment while nobody
 * reads them: a reader pins them first, and whoever moves them takes them when there is no pin.
 */
final class SegmentRegion implements Region {

    private static final AtomicIntegerFieldUpdater<SegmentRegion> PINS =
            AtomicIntegerFieldUpdater.newUpdater(SegmentRegion.class, "pins");

    /** Instead of a number of pins. Lasts as long as copying the bytes. */
    private static final int MOVING = -1;

    private final SegmentMemory memory;
    private final int length;
    private final int hash;

    /* Written while nobody has a pin or, before others know the region, by who fills it; read only with a pin or under the
     * lock of the memory. */
    private Segment segment;
    private int offset;

    /** The first is who fills it. */
    private volatile int pins = 1;

    /* Under the lock of the memory. */
    int owners = 1;

    @Nullable
    SegmentRegion nextWithHash;

    @Nullable
    SegmentRegion nextInSegment;

    @Nullable
    SegmentRegion previousInSegment;

    SegmentRegion(SegmentMemory memory, Segment segment, int offset, int length, int hash) {
        this.memory = memory;
        this.segment = segment;
        this.offset = offset;
        this.length = length;
        this.hash = hash;
    }

    @Override
    public int sizeBytes() {
        return length;
    }

    int hash() {
        return hash;
    }

    @Override
    public void pin() {
        int before;
        do {
            before = pins;
            if (before == MOVING) {
                Thread.onSpinWait();
            }
        } while (before == MOVING || !PINS.compareAndSet(this, before, before + 1));
    }

    @Override
    public void unpin() {
        if (PINS.decrementAndGet(this) < 0) {
            throw new IllegalStateException("a region was unpinned more often than it was pinned");
        }
    }

    @Override
    public ByteBuffer bytes() {
        return segment.view(offset, length);
    }

    @Override
    public void free() {
        memory.free(this);
    }

    void write(ByteBuffer bytes) {
        segment.write(offset, bytes);
    }

    Segment segment() {
        return segment;
    }

    int offset() {
        return offset;
    }

    /** Copies the bytes to another place, unless somebody reads them. Returns whether they are there now. */
    boolean moveTo(Segment target) {
        if (!PINS.compareAndSet(this, 0, MOVING)) {
            return false;
        }
        int place = target.allocate(length);
        target.write(place, segment, offset, length);
        segment = target;
        offset = place;
        pins = 0;
        return true;
    }
}
