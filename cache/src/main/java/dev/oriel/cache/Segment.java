package dev.oriel.cache;

import dev.oriel.cache.PageSource.Mapping;
import java.nio.ByteBuffer;
import java.util.BitSet;

/**
 * One mapping that is filled from front to back and never rewritten. It knows of each page how many live bytes lie in it,
 * so that pages without any go back while their neighbours stay.
 *
 * <p>Not safe for many threads, except {@link #write} and {@link #view}.
 */
final class Segment {

    private final Mapping mapping;
    private final int pageSize;
    private final int capacity;
    private final ByteBuffer writable;
    private final ByteBuffer readable;
    private final int[] liveBytes;
    private final BitSet residentPages = new BitSet();
    private int filledBytes;
    private int regions;
    private boolean sealed;

    Segment(Mapping mapping, int pageSize) {
        this.mapping = mapping;
        this.pageSize = pageSize;
        this.writable = mapping.bytes();
        this.readable = writable.asReadOnlyBuffer();
        this.capacity = writable.capacity();
        this.liveBytes = new int[capacity / pageSize];
    }

    boolean hasRoomFor(int length) {
        return !sealed && length <= capacity - filledBytes;
    }

    /** Makes a region behind the others and returns its offset. */
    int allocate(int length) {
        int offset = filledBytes;
        filledBytes += length;
        regions++;
        addLiveBytes(offset, length, 1);
        return offset;
    }

    void release(int offset, int length) {
        regions--;
        addLiveBytes(offset, length, -1);
    }

    /** No region will be added: the page that was not full yet may go back too. */
    void seal() {
        sealed = true;
    }

    boolean isEmpty() {
        return regions == 0;
    }

    /** Copies bytes into a region, without a lock: nobody else knows the region yet, and its pages are live. */
    void write(int offset, ByteBuffer bytes) {
        writable.duplicate().position(offset).put(bytes.duplicate());
    }

    ByteBuffer view(int offset, int length) {
        return readable.slice(offset, length);
    }

    long residentBytes() {
        return (long) residentPages.cardinality() * pageSize;
    }

    /** Returns how many bytes went back to the operating system. */
    long giveBackDeadPages() {
        int end = sealed ? liveBytes.length : filledBytes / pageSize;
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
        long returned = residentBytes();
        mapping.unmap();
        residentPages.clear();
        return returned;
    }

    private int nextDeadPage(int from, int end) {
        int page = from;
        while (page < end && !isDead(page)) {
            page++;
        }
        return page;
    }

    private boolean isDead(int page) {
        return liveBytes[page] == 0 && residentPages.get(page);
    }

    private void addLiveBytes(int offset, int length, int sign) {
        int end = offset + length;
        for (int at = offset; at < end; ) {
            int page = at / pageSize;
            int next = Math.min(end, (page + 1) * pageSize);
            liveBytes[page] += sign * (next - at);
            if (sign > 0) {
                residentPages.set(page);
            }
            at = next;
        }
    }
}
