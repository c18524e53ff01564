package dev.oriel.cache;

import dev.oriel.capture.Frame;
import dev.oriel.capture.FrameInfo;
import dev.oriel.capture.FrameMemory;
import dev.oriel.capture.Quality;
import dev.oriel.capture.SpaceId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The newest picture of every space and quality, the history behind it, and the off-heap memory that all of them lie in,
 * under one byte budget that can change at any moment.
 *
 * <p>A frame comes in three steps: its bytes are reserved in {@link #memory()}, filled, and, once the frame is whole,
 * {@link #put}. From there readers get it with a hold of their own, which they close. What is evicted leaves memory when
 * the last hold on it ends; until then it still counts against the budget.
 *
 * <p>A picture is current as long as its space has not changed. The TTL bounds its age only where changes cannot be seen.
 *
 * <p>All methods are safe for many threads; reading never waits for memory to be given back.
 */
public final class FrameCache implements AutoCloseable {

    /** Eviction gives back so much at a time, so that nobody who frees a frame waits long. */
    private static final long EVICTION_STEP_BYTES = 4 * 1024 * 1024;

    /** How long a resize lets others run first, all in all. */
    private static final long PATIENCE_NANOS = 10_000_000;

    /** The least that it costs to let somebody run. */
    private static final long TURN_NANOS = 2_000_000;

    /** So long takes a call of the system that finds nobody who waits. */
    private static final long NOBODY_NANOS = 20_000;

    private static final Set<Quality> EVERY_QUALITY = Collections.unmodifiableSet(EnumSet.allOf(Quality.class));

    /* Locks, always taken in this order: evicting (one thread at a time makes room, so that two do not evict for the same
     * need), shelves, the memory's own, the budget's. Frames are closed under no lock but
     * evicting, which freeing never takes. The newest pictures are found without any. */
    private final Object evicting = new Object();
    private final LatestFrames latest = new LatestFrames();
    private final Shelves shelves = new Shelves(latest);
    private final Budget budget;
    private final SegmentMemory memory;

    private final Clock clock;
    private final LongSupplier nanoTime;
    private final long ttlMillis;
    private final Duration history;
    private final int mostFrames;

    private final LongAdder hits = new LongAdder();
    private final Tally<CacheMiss> misses = new Tally<>(CacheMiss.class);
    private final Tally<CacheEviction> evictions = new Tally<>(CacheEviction.class);
    private final AtomicLong refusals = new AtomicLong();
    private boolean closed;

    FrameCache(FrameCacheSettings settings, Clock clock, LongSupplier nanoTime, PageSource pages) {
        this.clock = Objects.requireNonNull(clock, "clock");
        this.nanoTime = nanoTime;
        this.ttlMillis = settings.ttl().toMillis();
        this.history = settings.history();
        this.mostFrames = settings.mostFrames();
        this.budget = new Budget(settings.budgetBytes());
        this.memory = new SegmentMemory(pages, budget, this::admit, settings.poisonFreed());
    }

    /**
     * Makes an empty cache.
     *
     * @param settings how much it keeps at first, and for how long
     * @param clock tells the age of pictures
     * @return to be closed by the caller
     * @throws UnsupportedOperationException on an operating system other than Linux and macOS
     */
    public static FrameCache open(FrameCacheSettings settings, Clock clock) {
        return new FrameCache(settings, clock, System::nanoTime, PosixPages.open());
    }

    /**
     * Where frames for this cache are made. A reservation drops history, first where there is most of it, then pictures in
     * qualities beside the newest one of their space, before it is refused; it never costs a space its newest
     * picture. Once the cache is closed everything is refused. If the operating system has no memory, filling throws {@link FrameMemory.ExhaustedException} and the
     * reservation stays open.
     *
     * @return the same each time
     */
    public FrameMemory memory() {
        return memory;
    }

    /**
     * Makes a frame the newest of its space and quality. One that is older than the newest is let go; one of the same
     * revision takes its place; the very same frame again changes nothing.
     *
     * @param frame made in {@link #memory()}; the caller's hold passes to the cache, so that this one is closed now
     * @throws IllegalStateException if it was closed before
     */
    public void put(Frame frame) {
        Frame held = frame.handOver();
        boolean paid = false;
        Frame leaving = held;
        try {
            paid = makeRoom(Shelf.bookkeepingBytes(held));
            leaving = shelve(held, paid);
        } finally {
            if (leaving != null) {
                close(leaving, paid);
            }
        }
        dropOldHistory();
        limitFrames();
        trim(CacheEviction.ROOM);
        memory.compact();
    }

    /**
     * The newest picture in exactly this quality, if it is current. Counts as a hit or a miss.
     *
     * @param space which space
     * @param quality which quality
     * @param changesSeen whether a change of the space would have made a newer frame by now; if not, the TTL decides
     * @return with a hold that the caller closes
     */
    public Optional<Frame> latest(SpaceId space, Quality quality, boolean changesSeen) {
        Optional<Frame> newest = latest.hold(space, quality, true);
        if (newest.isEmpty()) {
            return missed(newestMiss(space, quality));
        }
        if (!changesSeen && isExpired(newest.get())) {
            newest.get().close();
            return missed(CacheMiss.EXPIRED);
        }
        hits.increment();
        return newest;
    }

    /**
     * The newest picture of a space in any quality, whatever its age: of the highest revision the best quality.
     *
     * @param space which space
     * @return with a hold that the caller closes
     */
    public Optional<Frame> newest(SpaceId space) {
        return newest(space, EVERY_QUALITY);
    }

    /**
     * The newest picture in exactly this quality, whatever its age. Takes no lock, and is no question: neither a hit nor a
     * miss, and the picture is worth no more for it.
     *
     * @param space which space
     * @param quality which quality
     * @return with a hold that the caller closes
     */
    public Optional<Frame> newest(SpaceId space, Quality quality) {
        return latest.hold(space, quality, false);
    }

    /**
     * The newest picture of a space in one of some qualities, whatever its age: of the highest revision the best quality.
     *
     * @param space which space
     * @param among which qualities
     * @return with a hold that the caller closes
     */
    public Optional<Frame> newest(SpaceId space, Set<Quality> among) {
        return latest.hold(space, among);
    }

    /**
     * What {@link #newest} would show.
     *
     * @param space which space
     * @return empty if there is no picture of the space
     */
    public Optional<FrameInfo> newestInfo(SpaceId space) {
        return latest.newest(space, EVERY_QUALITY).map(Frame::info);
    }

    /**
     * What a space showed at a moment: of the pictures captured by then the newest, in the quality nearest to the one asked
     * for.
     *
     * @param space which space
     * @param quality the best that is wanted; a better one comes only if there is none in this or a worse one
     * @param time the moment
     * @return with a hold that the caller closes; empty if the history kept does not reach so far back
     */
    public Optional<Frame> at(SpaceId space, Quality quality, Instant time) {
        synchronized (shelves) {
            Optional<Frame> shown = shelves.at(space, quality, time);
            return shown.isPresent() ? hit(shown.get()) : missed(pastMiss(space, 0));
        }
    }

    /**
     * A picture by its revision, in the quality nearest to the one asked for.
     *
     * @param space which space
     * @param quality the best that is wanted; a better one comes only if there is none in this or a worse one
     * @param revision which one
     * @return with a hold that the caller closes; empty if it was never there or is no longer kept
     */
    public Optional<Frame> revision(SpaceId space, Quality quality, long revision) {
        synchronized (shelves) {
            Optional<Frame> shown = shelves.revision(space, quality, revision);
            return shown.isPresent() ? hit(shown.get()) : missed(pastMiss(space, revision));
        }
    }

    /**
     * The pictures of a space that are kept, one for each revision, each in the best quality there is.
     *
     * @param space which space
     * @param from the first moment that is of interest
     * @param to the last one
     * @return those captured from the one moment to the other, both included, oldest first
     */
    public List<HistoryEntry> history(SpaceId space, Instant from, Instant to) {
        List<List<HistoryEntry>> ofQualities;
        synchronized (shelves) {
            ofQualities = shelves.histories(space, from, to);
        }
        // Outside the lock, as a long history takes a while.
        SortedMap<Long, HistoryEntry> ofRevisions = new TreeMap<>();
        ofQualities.forEach(entries ->
                entries.forEach(entry -> ofRevisions.putIfAbsent(entry.info().revision(), entry)));
        return List.copyOf(ofRevisions.values());
    }

    /**
     * Where the history of a space begins.
     *
     * @param space which space
     * @return the lowest revision that is kept; empty if there is none
     */
    public OptionalLong oldestRevision(SpaceId space) {
        synchronized (shelves) {
            return shelves.oldestRevision(space);
        }
    }

    /**
     * Changes the budget, at any moment and from any thread. What is over it already is evicted before this returns: history
     * first, the oldest of it first; then pictures in qualities beside the newest one of their space; and only if they do
     * not fit by themselves, newest pictures. Meanwhile no more than 4 MiB are taken beside what is left, and whoever waits for
     * a core goes first, for 10 ms at most. Bytes that readers hold leave when they close.
     *
     * @param budgetBytes above 0
     * @throws IllegalArgumentException if it is not
     */
    public void resize(long budgetBytes) {
        budget.resize(budgetBytes);
        try {
            long patience = PATIENCE_NANOS;
            long excess = budget.excess();
            while (excess > 0 && shrinkBy(excess)) {
                patience -= patience > 0 ? letOthersRun() : 0;
                excess = budget.excess();
            }
        } finally {
            budget.settle();
        }
        trim(CacheEviction.RESIZE);
        memory.compact();
    }

    /**
     * Names the space whose newest picture is kept longest.
     *
     * @param space empty for none
     */
    public void favour(Optional<SpaceId> space) {
        synchronized (shelves) {
            shelves.favour(space.orElse(null));
        }
    }

    /**
     * Drops everything of a space that is gone.
     *
     * @param space which space
     */
    public void forget(SpaceId space) {
        List<Frame> forgotten;
        synchronized (shelves) {
            forgotten = shelves.removeAll(space::equals);
        }
        evict(forgotten, CacheEviction.SPACE);
    }

    /**
     * Drops pictures that became history too long ago, and moves together what is left in sparse memory. {@link #put} does
     * both too; the owner calls it from time to time for when no frames come.
     */
    public void expire() {
        dropOldHistory();
        memory.compact();
    }

    private void dropOldHistory() {
        Instant oldest = clock.instant().minus(history);
        List<Frame> old;
        synchronized (shelves) {
            old = shelves.removeHistoryBefore(oldest);
        }
        evict(old, CacheEviction.AGE);
    }

    /**
     * What is held now and what happened so far.
     *
     * @return a snapshot; budget, charged and pinned bytes are of one moment
     */
    public CacheStats stats() {
        synchronized (shelves) {
            SegmentMemory.Usage usage = memory.usage();
            Budget.Reading reading = budget.read();
            long logicalBytes = reading.chargedBytes() + usage.savedBytes();
            return new CacheStats(
                    reading.limitBytes(),
                    reading.chargedBytes(),
                    logicalBytes,
                    shelves.newestBytes(),
                    usage.liveBytes(),
                    usage.residentBytes(),
                    Math.max(0, logicalBytes - shelves.heldBytes()),
                    usage.returnedBytes(),
                    usage.movedBytes(),
                    shelves.frames(),
                    hits.sum(),
                    misses.read(),
                    evictions.read(),
                    refusals.get(),
                    usage.segments());
        }
    }

    /**
     * Drops all frames and unmaps the memory. What readers still hold stays readable and is unmapped when the last of them
     * closes. Frames put later are let go. Harmless when closed.
     */
    @Override
    public void close() {
        List<Frame> all;
        synchronized (shelves) {
            closed = true;
            all = shelves.removeAll(space -> true);
        }
        drop(all);
        memory.close();
    }

    private Optional<Frame> hit(Frame frame) {
        hits.increment();
        return frame.tryRetain();
    }

    private Optional<Frame> missed(CacheMiss cause) {
        misses.add(cause, 1);
        return Optional.empty();
    }

    private CacheMiss newestMiss(SpaceId space, Quality quality) {
        synchronized (shelves) {
            return shelves.wasEvicted(new Rendition(space, quality)) ? CacheMiss.EVICTED : CacheMiss.ABSENT;
        }
    }

    /** What is newer than the newest was not there yet. */
    private CacheMiss pastMiss(SpaceId space, long revision) {
        return shelves.newest(space, EVERY_QUALITY)
                .map(newest -> revision <= newest.revision() ? CacheMiss.PAST : CacheMiss.ABSENT)
                .orElse(CacheMiss.ABSENT);
    }

    /** Returns the frame that is not kept: the new one, or the one whose place it took. */
    private @Nullable Frame shelve(Frame frame, boolean paid) {
        synchronized (shelves) {
            if (closed || !shelves.isNews(frame)) {
                return frame;
            }
            if (paid) {
                return shelves.add(frame);
            }
            Optional<Frame> before = shelves.newest(Rendition.of(frame));
            if (before.isPresent() && budget.tryCharge(extraBookkeeping(frame, before.get()))) {
                return shelves.replaceNewest(frame);
            }
            refusals.incrementAndGet();
            return frame;
        }
    }

    private static long extraBookkeeping(Frame frame, Frame before) {
        return Shelf.bookkeepingBytes(frame) - Shelf.bookkeepingBytes(before);
    }

    private boolean admit(long bytes) {
        boolean admitted = makeRoom(bytes);
        if (!admitted) {
            refusals.incrementAndGet();
        }
        return admitted;
    }

    /** Charges bytes, at the price of what is worth less than a newest picture. */
    private boolean makeRoom(long bytes) {
        if (budget.tryCharge(bytes)) {
            return true;
        }
        synchronized (evicting) {
            while (!budget.tryCharge(bytes)) {
                // Others may have freed enough since the charge failed: that is no reason to give up.
                long needed = Math.max(1, budget.missing(bytes));
                boolean canEverFit = bytes <= budget.read().limitBytes();
                if (!canEverFit || !evictLesser(needed, CacheEviction.ROOM)) {
                    return false;
                }
            }
            return true;
        }
    }

    private void limitFrames() {
        List<Frame> excess;
        synchronized (shelves) {
            excess = shelves.evictDownTo(mostFrames, clock.instant());
        }
        evict(excess, CacheEviction.COUNT);
    }

    private boolean shrinkBy(long bytes) {
        synchronized (evicting) {
            return evictLesser(bytes, CacheEviction.RESIZE);
        }
    }

    /*
     * Pictures are made and sent meanwhile, and where cores are few they would wait for the whole of it. On a machine with
     * more to do than it has cores for each yield costs milliseconds, hence the limit. Linux lets who yields pay with a turn
     * of the scheduler, however short the other's was, so that many short ones may be paid for all at once, later.
     */
    @SuppressWarnings("ThreadPriorityCheck") // Nothing depends on who runs next.
    private long letOthersRun() {
        long start = nanoTime.getAsLong();
        Thread.yield();
        long took = nanoTime.getAsLong() - start;
        return took < NOBODY_NANOS ? 0 : Math.max(took, TURN_NANOS);
    }

    /** Evicts until the budget is kept, or all that is left over it is in the hands of readers. */
    private void trim(CacheEviction cause) {
        if (budget.missing(0) == 0) {
            return;
        }
        synchronized (evicting) {
            memory.freeTogether(() -> {
                boolean more = true;
                while (more && budget.missing(0) > 0) {
                    more = evictLesser(budget.missing(0), cause);
                }
                if (!more) {
                    evictPictures(cause);
                }
            });
        }
    }

    /** Returns false if nothing is left but the newest picture of each space. */
    private boolean evictLesser(long bytes, CacheEviction cause) {
        List<Frame> lesser;
        synchronized (shelves) {
            long step = Math.min(bytes, EVICTION_STEP_BYTES);
            lesser = cause == CacheEviction.RESIZE ? shelves.shrink(step) : shelves.makeRoom(step, clock.instant());
        }
        evict(lesser, cause);
        return !lesser.isEmpty();
    }

    /* What readers hold beside is no reason to give up more: that would not help them to be done. */
    private void evictPictures(CacheEviction cause) {
        List<Frame> least;
        do {
            long savedBytes = memory.savedBytes();
            synchronized (shelves) {
                boolean fits = shelves.heldBytes() - savedBytes <= budget.read().limitBytes();
                least = fits ? List.of() : shelves.evictPicture();
            }
            evict(least, cause);
        } while (!least.isEmpty());
    }

    private void evict(List<Frame> frames, CacheEviction cause) {
        if (!frames.isEmpty()) {
            evictions.add(cause, frames.size());
            drop(frames);
        }
    }

    /* Makes no object: frames leave most where there is need, and a full Java heap must not stop them half-way. */
    private void drop(List<Frame> frames) {
        if (frames.isEmpty()) {
            return;
        }
        memory.beginToFree();
        try {
            for (int index = 0; index < frames.size(); index++) {
                release(frames.get(index), true);
                memory.giveWay();
            }
        } finally {
            memory.endToFree();
        }
    }

    private void close(Frame frame, boolean paid) {
        memory.beginToFree();
        try {
            release(frame, paid);
        } finally {
            memory.endToFree();
        }
    }

    private void release(Frame frame, boolean paid) {
        frame.close();
        if (paid) {
            budget.release(Shelf.bookkeepingBytes(frame));
        }
    }

    private boolean isExpired(Frame frame) {
        return clock.millis() - frame.capturedAt().toEpochMilli() > ttlMillis;
    }
}
