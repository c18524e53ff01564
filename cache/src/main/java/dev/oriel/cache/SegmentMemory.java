package dev.oriel.cache;

import dev.oriel.capture.FrameMemory;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Regions packed one behind the other into mappings, so that the stripes of one frame lie together. What dies goes back to
 * the operating system at once: single pages while a segment still holds something, then the segment.
 */
final class SegmentMemory implements FrameMemory {

    /** Small enough to die young, large enough that the number of mappings stays far below the kernel's limit. */
    static final int SEGMENT_BYTES = 256 * 1024;

    /** The Java objects behind one region: it is charged together with the bytes. */
    static final int REGION_OBJECT_BYTES = 80;

    /** About a millisecond of system calls. */
    private static final int SEGMENTS_AT_ONCE = 32;

    private final PageSource pages;
    private final Budget budget;
    private final LongPredicate charge;

    /* Guards everything below and every segment. It is held for counting, for mmap, madvise and munmap, never while bytes
     * are copied and never while other locks are taken but the budget's, which takes none: so a region can be freed from
     * any thread, whatever locks that thread holds. */
    private final Object lock = new Object();

    private final Set<Segment> segments = new HashSet<>();
    private final Set<Segment> unsettled = new HashSet<>();
    private @Nullable Segment current;
    private int batches;
    private long returnedBytes;
    private boolean closed;

    /**
     * An empty memory.
     *
     * @param pages where mappings come from
     * @param budget gets back what is freed
     * @param charge charges so many bytes to the budget, or says no
     */
    SegmentMemory(PageSource pages, Budget budget, LongPredicate charge) {
        this.pages = pages;
        this.budget = budget;
        this.charge = charge;
    }

    @Override
    public Optional<Reservation> reserve(int maxBytes) {
        if (maxBytes <= 0) {
            throw new IllegalArgumentException("maxBytes must be positive, was " + maxBytes);
        }
        return !isClosed() && charge.test((long) maxBytes + REGION_OBJECT_BYTES)
                ? Optional.of(new SegmentReservation(maxBytes))
                : Optional.empty();
    }

    /** Lets a lot of regions be freed and settles with the operating system once, in long runs of pages. */
    void freeTogether(Runnable frees) {
        synchronized (lock) {
            batches++;
        }
        try {
            frees.run();
        } finally {
            synchronized (lock) {
                batches--;
            }
            boolean more;
            do {
                more = settleSome();
            } while (more);
        }
    }

    /** Keeps no segment open for what may come. What is still held goes when it is freed. */
    void close() {
        synchronized (lock) {
            closed = true;
            if (current != null) {
                settle(current);
            }
        }
    }

    Usage usage() {
        synchronized (lock) {
            long residentBytes =
                    segments.stream().mapToLong(Segment::residentBytes).sum();
            return new Usage(residentBytes, returnedBytes, segments.size());
        }
    }

    private boolean isClosed() {
        synchronized (lock) {
            return closed;
        }
    }

    private SegmentRegion allocate(int length) {
        synchronized (lock) {
            Segment segment = segmentFor(length);
            return new SegmentRegion(segment, segment.allocate(length), length);
        }
    }

    private Segment segmentFor(int length) {
        if (length > SEGMENT_BYTES) {
            Segment ownSegment = map(length);
            ownSegment.seal();
            return ownSegment;
        }
        if (current == null || !current.hasRoomFor(length)) {
            Segment next = map(SEGMENT_BYTES);
            Segment full = current;
            current = next;
            if (full != null) {
                full.seal();
                settle(full);
            }
            return next;
        }
        return current;
    }

    private Segment map(int length) {
        int pageSize = pages.pageSize();
        int wholePages = Math.toIntExact(((long) length + pageSize - 1) / pageSize * pageSize);
        Segment segment = new Segment(pages.map(wholePages), pageSize);
        segments.add(segment);
        return segment;
    }

    private void free(SegmentRegion region) {
        synchronized (lock) {
            if (region.freed) {
                throw new IllegalStateException("the region was freed before");
            }
            region.freed = true;
            region.segment.release(region.offset, region.length);
            if (batches == 0) {
                settle(region.segment);
            } else {
                unsettled.add(region.segment);
            }
        }
        budget.release((long) region.length + REGION_OBJECT_BYTES);
    }

    /** Lets others have the lock now and then. Returns whether there is more to do. */
    private boolean settleSome() {
        synchronized (lock) {
            Iterator<Segment> next = unsettled.iterator();
            for (int settled = 0; settled < SEGMENTS_AT_ONCE && next.hasNext(); settled++) {
                settle(next.next());
                next.remove();
            }
            return next.hasNext();
        }
    }

    private void settle(Segment segment) {
        boolean inUse = segment == current && !closed;
        if (!segment.isEmpty() || inUse) {
            returnedBytes += segment.giveBackDeadPages();
        } else if (segments.remove(segment)) {
            returnedBytes += segment.unmap();
            if (segment == current) {
                current = null;
            }
        }
    }

    /** The operating system's side of it. */
    record Usage(long residentBytes, long returnedBytes, int segments) {}

    private final class SegmentReservation implements Reservation {

        private final int maxBytes;
        private boolean open = true;

        SegmentReservation(int maxBytes) {
            this.maxBytes = maxBytes;
        }

        @Override
        public Region fill(ByteBuffer bytes) {
            if (!open) {
                throw new IllegalStateException("the reservation was used up or closed before");
            }
            int length = bytes.remaining();
            if (length > maxBytes) {
                throw new IllegalArgumentException(maxBytes + " bytes were reserved, not " + length);
            }
            // If no mapping can be had the reservation stays open, and close() gives the room back.
            SegmentRegion region = allocate(length);
            open = false;
            region.segment.write(region.offset, bytes);
            budget.release(maxBytes - length);
            return region;
        }

        @Override
        public void close() {
            if (open) {
                open = false;
                budget.release((long) maxBytes + REGION_OBJECT_BYTES);
            }
        }
    }

    private final class SegmentRegion implements Region {

        private final Segment segment;
        private final int offset;
        private final int length;
        private boolean freed;

        SegmentRegion(Segment segment, int offset, int length) {
            this.segment = segment;
            this.offset = offset;
            this.length = length;
        }

        @Override
        public int sizeBytes() {
            return length;
        }

        @Override
        public void pin() {}

        @Override
        public void unpin() {}

        @Override
        public ByteBuffer bytes() {
            return segment.view(offset, length);
        }

        @Override
        public void free() {
            SegmentMemory.this.free(this);
        }
    }
}
