package dev.oriel.cache;

import dev.oriel.cache.PageSource.Mapping;
import dev.oriel.capture.FrameMemory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongPredicate;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Regions packed one behind the other into mappings, so that the stripes of one frame lie together. Equal bytes are kept
 * once. What dies goes back to the operating system at once: single pages while a segment still holds something, unless it is
 * a huge page, then the segment. What lives long in segments where little else does is moved together.
 */
final class SegmentMemory implements FrameMemory {

    /** Small enough to die young, large enough that there are few calls of the system and few mappings. */
    static final int SEGMENT_BYTES = PageSource.HUGE_PAGE_BYTES;

    /** From this budget on segments are huge pages; below it those that are half empty would weigh too much. */
    static final long HUGE_PAGES_FROM_BYTES = 128L * 1024 * 1024;

    /** The Java objects behind one region: it is charged together with the bytes. */
    static final int REGION_OBJECT_BYTES = 88;

    /** The Java object of one more owner of a region. */
    static final int OWNER_OBJECT_BYTES = 24;

    /** About a millisecond of system calls. */
    private static final int SEGMENTS_AT_ONCE = 16;

    /** Nothing is moved while no more is resident than so much for each live byte, and {@link #FREE_WASTE_BYTES}. */
    private static final double MOST_RESIDENT_FOR_LIVE = 1.04;

    /** As long as it takes a thread to wake up. */
    private static final long GIVE_WAY_NANOS = 50_000;

    /** It does not pay to move anything for less. */
    private static final int FREE_WASTE_BYTES = 2 * 1024 * 1024;

    /** What is moved, if something is: segments in which less than so much of what is resident lives. */
    private static final double SPARSE = 0.88;

    private static final Logger log = LoggerFactory.getLogger(SegmentMemory.class);

    private final PageSource pages;
    private final Budget budget;
    private final LongPredicate charge;
    private final boolean poison;

    /* Guards everything below, every segment and the index. It is held for counting, for mmap, madvise and munmap, and
     * while regions are moved, never while what is new is copied and never while other locks are taken but the budget's,
     * which takes none: so a region can be freed from any thread, whatever locks that thread holds. */
    private final Object lock = new Object();

    private final RegionIndex index = new RegionIndex();
    private final Set<Segment> segments = new HashSet<>();
    /** The first of those with dead pages to give back; the others hang on it, so that freeing makes no object. */
    private @Nullable Segment unsettled;
    /** Where what is new goes. */
    private @Nullable Segment current;
    /** Where what lives long goes. */
    private @Nullable Segment survivors;

    private int batches;
    private long liveBytes;
    private long savedBytes;
    private long returnedBytes;
    private long movedBytes;
    private long freedSinceCompaction;
    private volatile boolean closed;

    /** How many want to fill a region now. */
    private final AtomicInteger filling = new AtomicInteger();

    /**
     * An empty memory.
     *
     * @param pages where mappings come from
     * @param budget gets back what is freed
     * @param charge charges so many bytes to the budget, or says no
     * @param poison whether dead bytes are overwritten, so that who reads them notices
     */
    SegmentMemory(PageSource pages, Budget budget, LongPredicate charge, boolean poison) {
        this.pages = pages;
        this.budget = budget;
        this.charge = charge;
        this.poison = poison;
    }

    @Override
    public Optional<Reservation> reserve(int maxBytes) {
        if (maxBytes <= 0) {
            throw new IllegalArgumentException("maxBytes must be positive, was " + maxBytes);
        }
        // Made before it is charged: on a full Java heap this fails, and then nothing may stay charged.
        Optional<Reservation> room = Optional.of(new SegmentReservation(maxBytes));
        return !closed && charge.test((long) maxBytes + REGION_OBJECT_BYTES) ? room : Optional.empty();
    }

    /**
     * Lets a lot of regions be freed. Segments that hold nothing more are unmapped at once; single pages of the others go
     * back in the end, in long runs.
     */
    void freeTogether(Runnable frees) {
        beginToFree();
        try {
            frees.run();
        } finally {
            endToFree();
        }
    }

    /** Begins what {@link #freeTogether} does; {@link #endToFree} ends it. */
    void beginToFree() {
        synchronized (lock) {
            batches++;
        }
    }

    /**
     * Lets those go first who want to fill a region now. Between many frees, since who frees has the lock again before one who
     * waits for it is awake.
     */
    void giveWay() {
        if (filling.get() > 0) {
            LockSupport.parkNanos(GIVE_WAY_NANOS);
        }
    }

    void endToFree() {
        synchronized (lock) {
            batches--;
        }
        boolean more;
        do {
            more = settleSome();
        } while (more);
    }

    /**
     * Moves regions out of segments where little is left, if much more is resident than lives. Costs next to
     * nothing when there is nothing to do. What readers pin stays where it is.
     */
    void compact() {
        for (Segment sparse : sparseSegments()) {
            if (!moveOutOf(sparse)) {
                return;
            }
        }
    }

    /** Keeps no segment open for what may come. What is still held goes when it is freed. */
    void close() {
        synchronized (lock) {
            closed = true;
            for (Segment open : new ArrayList<>(segments)) {
                settle(open);
            }
        }
    }

    Usage usage() {
        synchronized (lock) {
            return new Usage(liveBytes, savedBytes, residentBytes(), returnedBytes, movedBytes, segments.size());
        }
    }

    /** What is not charged because equal bytes are kept once. */
    long savedBytes() {
        synchronized (lock) {
            return savedBytes;
        }
    }

    private long residentBytes() {
        return segments.stream().mapToLong(Segment::residentBytes).sum();
    }

    /** The bytes as they are kept already, with one more owner; or null. */
    private @Nullable SegmentRegion shareEqual(ByteBuffer bytes, int hash) {
        SegmentRegion same = index.find(hash, bytes.remaining());
        // Under the lock nothing is moved or freed, so it can be read without a pin.
        if (same == null || !same.bytes().equals(bytes)) {
            return null;
        }
        same.owners++;
        savedBytes += savedByOwner(same);
        return same;
    }

    private static int savedByOwner(SegmentRegion region) {
        return region.sizeBytes() + REGION_OBJECT_BYTES - OWNER_OBJECT_BYTES;
    }

    private SegmentRegion allocate(int length, int hash) {
        Segment segment = segmentFor(length);
        SegmentRegion region = new SegmentRegion(this, segment, segment.allocate(length), length, hash);
        segment.add(region);
        liveBytes += length;
        return region;
    }

    /** Writes a new region; from then on it can be shared and moved. If that fails its place is dead. */
    private void write(SegmentRegion region, ByteBuffer bytes) {
        region.write(bytes);
        boolean known = false;
        synchronized (lock) {
            try {
                index.add(region);
                known = true;
            } finally {
                if (!known) {
                    bury(region);
                }
            }
        }
        region.unpin();
    }

    private Segment segmentFor(int length) {
        if (length > SEGMENT_BYTES) {
            Segment ownSegment = map(length);
            ownSegment.seal();
            return ownSegment;
        }
        if (current == null || !current.hasRoomFor(length)) {
            Segment full = current;
            current = next();
            retire(full);
        }
        return current;
    }

    private Segment survivorsFor(int length) {
        if (survivors == null || !survivors.hasRoomFor(length)) {
            Segment full = survivors;
            survivors = length > SEGMENT_BYTES ? map(length) : next();
            retire(full);
        }
        return survivors;
    }

    private void retire(@Nullable Segment full) {
        if (full != null) {
            full.seal();
            settle(full);
        }
    }

    private Segment next() {
        if (!isForHugePages()) {
            return map(SEGMENT_BYTES);
        }
        return segmentOf(pages.mapHuge());
    }

    private boolean isForHugePages() {
        return budget.read().limitBytes() >= HUGE_PAGES_FROM_BYTES;
    }

    private Segment map(int length) {
        int pageSize = pages.pageSize();
        int wholePages = Math.toIntExact(((long) length + pageSize - 1) / pageSize * pageSize);
        return segmentOf(pages.map(wholePages));
    }

    private Segment segmentOf(Mapping mapping) {
        boolean known = false;
        try {
            Segment segment = new Segment(mapping);
            segments.add(segment);
            known = true;
            return segment;
        } finally {
            if (!known) {
                mapping.unmap();
            }
        }
    }

    /** Takes one owner from a region; the last one takes it away. */
    void free(SegmentRegion region) {
        long charged;
        synchronized (lock) {
            region.owners--;
            if (region.owners < 0) {
                throw new IllegalStateException("the region was freed before");
            }
            if (region.owners > 0) {
                savedBytes -= savedByOwner(region);
                charged = OWNER_OBJECT_BYTES;
            } else {
                release(region);
                charged = (long) region.sizeBytes() + REGION_OBJECT_BYTES;
            }
        }
        budget.release(charged);
    }

    private void release(SegmentRegion region) {
        index.remove(region);
        freedSinceCompaction += region.sizeBytes();
        bury(region);
    }

    private void bury(SegmentRegion region) {
        Segment segment = region.segment();
        vacate(segment, region, region.offset());
        liveBytes -= region.sizeBytes();
        if (batches == 0 || segment.isEmpty()) {
            settle(segment);
        } else if (!segment.isUnsettled) {
            segment.isUnsettled = true;
            segment.nextUnsettled = unsettled;
            unsettled = segment;
        }
    }

    private void vacate(Segment segment, SegmentRegion region, int offset) {
        segment.remove(region, offset);
        if (poison) {
            segment.poison(offset, region.sizeBytes());
        }
    }

    /** Lets others have the lock now and then. Returns whether there is more to do. */
    private boolean settleSome() {
        synchronized (lock) {
            for (int settled = 0; settled < SEGMENTS_AT_ONCE && unsettled != null; settled++) {
                Segment segment = unsettled;
                unsettled = segment.nextUnsettled;
                segment.nextUnsettled = null;
                segment.isUnsettled = false;
                settle(segment);
            }
            return unsettled != null;
        }
    }

    /** Changes nothing for one that was unmapped before. */
    private void settle(Segment segment) {
        boolean inUse = !closed && (segment == current || segment == survivors);
        if (!segment.isEmpty() || inUse) {
            returnedBytes += segment.giveBackDeadPages();
        } else if (segments.remove(segment)) {
            returnedBytes += segment.unmap();
            if (segment == current) {
                current = null;
            }
            if (segment == survivors) {
                survivors = null;
            }
        }
    }

    /** Segments to move out of; none while little is wasted. */
    private List<Segment> sparseSegments() {
        synchronized (lock) {
            leaveHugePages();
            if (freedSinceCompaction < FREE_WASTE_BYTES) {
                return List.of();
            }
            freedSinceCompaction = 0;
            if (!isWasteful()) {
                return List.of();
            }
            return segments.stream()
                    .filter(segment -> segment.isSealed() && segment.liveBytes() < SPARSE * segment.residentBytes())
                    .toList();
        }
    }

    /** Takes no more into huge pages once the budget has become too small for them. */
    private void leaveHugePages() {
        if (!isForHugePages() && current != null && current.isHuge()) {
            Segment left = current;
            current = null;
            retire(left);
        }
        if (!isForHugePages() && survivors != null && survivors.isHuge()) {
            Segment left = survivors;
            survivors = null;
            retire(left);
        }
    }

    private boolean isWasteful() {
        return residentBytes() > liveBytes * MOST_RESIDENT_FOR_LIVE + FREE_WASTE_BYTES;
    }

    /** Returns false if there is no memory to move anything to. */
    private boolean moveOutOf(Segment sparse) {
        synchronized (lock) {
            if (!segments.contains(sparse)) {
                return true;
            }
            try {
                SegmentRegion region = sparse.firstRegion();
                while (region != null) {
                    SegmentRegion next = region.nextInSegment;
                    move(region, sparse);
                    region = next;
                }
                return true;
            } catch (ExhaustedException e) {
                log.debug("nothing is moved together, as there is no memory to move it to: {}", e.getMessage());
                return false;
            } finally {
                settle(sparse);
            }
        }
    }

    private void move(SegmentRegion region, Segment from) {
        int offset = region.offset();
        Segment target = survivorsFor(region.sizeBytes());
        if (region.moveTo(target)) {
            vacate(from, region, offset);
            target.add(region);
            movedBytes += region.sizeBytes();
        } else {
            // Somebody reads it now and will soon be done: it is worth another try, whether more is freed or not.
            freedSinceCompaction = FREE_WASTE_BYTES;
        }
    }

    private static int hashOf(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.duplicate());
        return (int) crc.getValue();
    }

    /**
     * What is kept, and the operating system's side of it.
     *
     * @param liveBytes in regions
     * @param savedBytes that would be charged more if equal bytes were not kept once
     * @param residentBytes of pages that hold, or held just now, live bytes
     * @param returnedBytes to the operating system, in total
     * @param movedBytes out of sparse segments, in total
     * @param segments that exist
     */
    record Usage(
            long liveBytes, long savedBytes, long residentBytes, long returnedBytes, long movedBytes, int segments) {}

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
            int hash = hashOf(bytes);
            SegmentRegion same;
            SegmentRegion region;
            filling.incrementAndGet();
            try {
                synchronized (lock) {
                    same = shareEqual(bytes, hash);
                    region = same == null ? allocate(length, hash) : same;
                }
            } finally {
                filling.decrementAndGet();
            }
            if (same == null) {
                write(region, bytes);
            }
            // Not before: if there is no memory the reservation stays open, and close() gives the room back.
            open = false;
            budget.release(
                    same == null ? maxBytes - length : (long) maxBytes + REGION_OBJECT_BYTES - OWNER_OBJECT_BYTES);
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
}
