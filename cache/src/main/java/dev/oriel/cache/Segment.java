package dev.oriel.cache;

import dev.oriel.cache.PageSource.Mapping;
import java.nio.ByteBuffer;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * One mapping that is filled from front to back and never rewritten. It knows of each page how many live bytes lie in it,
 * so that pages without any go back while their neighbours stay.
 *
 * <p>Not safe for many threads, except {@link #write} and {@link #view}.
 */
final class Segment {

    private static final byte POISON = (byte) 0xDB;

    private final Mapping mapping;
    private final int pageSize;
    private final int capacity;
    private final ByteBuffer writable;
    private final ByteBuffer readable;
    private final int[] liveBytesOfPage;
    private final BitSet residentPages = new BitSet();
    private @Nullable SegmentRegion firstRegion;
    private int filledBytes;
    private int liveBytes;
    private boolean sealed;

    /* Of the memory's list of segments to be settled. */
    boolean isUnsettled;

    @Nullable
    Segment nextUnsettled;

    Segment(Mapping mapping) {
        this.mapping = mapping;
        this.pageSize = mapping.pageSize();
        this.writable = mapping.bytes();
        this.readable = writable.asReadOnlyBuffer();
        this.capacity = writable.capacity();
        this.liveBytesOfPage = new int[capacity / pageSize];
    }

    boolean hasRoomFor(int length) {
        return !sealed && length <= capacity - filledBytes;
    }

    /** Makes a place behind the others and returns its offset. */
    int allocate(int length) {
        int offset = filledBytes;
        filledBytes += length;
        addLiveBytes(offset, length, 1);
        return offset;
    }

    /** Counts a region whose place was allocated here among those that lie here. */
    void add(SegmentRegion region) {
        region.previousInSegment = null;
        region.nextInSegment = firstRegion;
        if (firstRegion != null) {
            firstRegion.previousInSegment = region;
        }
        firstRegion = region;
    }

    /** The place of a region is dead. */
    void remove(SegmentRegion region, int offset) {
        SegmentRegion previous = region.previousInSegment;
        SegmentRegion next = region.nextInSegment;
        if (previous == null) {
            firstRegion = next;
        } else {
            previous.nextInSegment = next;
        }
        if (next != null) {
            next.previousInSegment = previous;
        }
        region.previousInSegment = null;
        region.nextInSegment = null;
        addLiveBytes(offset, region.sizeBytes(), -1);
    }

    /** The first of the regions that lie here; the others hang on it. */
    @Nullable
    SegmentRegion firstRegion() {
        return firstRegion;
    }

    /** No region will be added: the page that was not full yet may go back too. */
    void seal() {
        sealed = true;
    }

    boolean isHuge() {
        return pageSize == PageSource.HUGE_PAGE_BYTES;
    }

    boolean isSealed() {
        return sealed;
    }

    boolean isEmpty() {
        return firstRegion == null;
    }

    /**
     * Copies bytes into a place, without a lock: nobody else knows it yet, and its pages are live. Makes no object that a full
     * Java heap could refuse.
     */
    void write(int offset, ByteBuffer bytes) {
        writable.put(offset, bytes, bytes.position(), bytes.remaining());
    }

    /** Copies bytes that lie in another segment, in the same way. */
    void write(int offset, Segment from, int fromOffset, int length) {
        writable.put(offset, from.readable, fromOffset, length);
    }

    /** Makes what lies in a dead place tell whoever reads it that it is dead. */
    void poison(int offset, int length) {
        for (int at = offset; at < offset + length; at++) {
            writable.put(at, POISON);
        }
    }

    ByteBuffer view(int offset, int length) {
        return readable.slice(offset, length);
    }

    int liveBytes() {
        return liveBytes;
    }

    long residentBytes() {
        return (long) residentPages.cardinality() * pageSize;
    }

    /** Returns how many bytes went back to the operating system. */
    long giveBackDeadPages() {
        int end = sealed ? liveBytesOfPage.length : filledBytes / pageSize;
        long returned = 0;
        int page = nextDeadPage(0, end);
        while (page < end) {
            int runEnd = page + 1;
            while (runEnd < end && isDead(runEnd)) {
                runEnd++;
            }
            int runBytes = (runEnd - page) * pageSize;
            if (mapping.giveBack(page * pageSize, runBytes)) {
                residentPages.clear(page, runEnd);
                returned += runBytes;
            }
            page = nextDeadPage(runEnd, end);
        }
        return returned;
    }

    /** Returns how many bytes went back to the operating system. */
    long unmap() {
        long returned = mapping.unmap() ? residentBytes() : 0;
        residentPages.clear();
        return returned;
    }

    private int nextDeadPage(int from, int end) {
        int page = residentPages.nextSetBit(from);
        while (page >= 0 && page < end && liveBytesOfPage[page] > 0) {
            page = residentPages.nextSetBit(page + 1);
        }
        return page < 0 ? end : Math.min(page, end);
    }

    private boolean isDead(int page) {
        return liveBytesOfPage[page] == 0 && residentPages.get(page);
    }

    private void addLiveBytes(int offset, int length, int sign) {
        liveBytes += sign * length;
        int end = offset + length;
        for (int at = offset; at < end; ) {
            int page = at / pageSize;
            int next = Math.min(end, (page + 1) * pageSize);
            liveBytesOfPage[page] += sign * (next - at);
            if (sign > 0) {
                residentPages.set(page);
            }
            at = next;
        }
    }
}
