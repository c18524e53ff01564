package dev.oriel.cache;

import dev.oriel.capture.Frame;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * The frames of one rendition, oldest first, revisions rising. A frame shares stripes with its neighbours at most, so that
 * the bytes of the whole shelf are kept up to date by comparing neighbours. Not safe for many threads.
 */
final class Shelf {

    /** The Java objects of one frame beside its stripes: itself, its description, its header and its table. */
    private static final int FRAME_OBJECT_BYTES = 1024;

    private static final int TABLE_ENTRY_BYTES = 8;

    private final Deque<Frame> frames = new ArrayDeque<>();
    private long heldBytes;

    /** What is charged for keeping a frame, beside its regions. */
    static long bookkeepingBytes(Frame frame) {
        return FRAME_OBJECT_BYTES + (long) TABLE_ENTRY_BYTES * frame.stripeCount();
    }

    boolean isEmpty() {
        return frames.isEmpty();
    }

    int size() {
        return frames.size();
    }

    boolean hasHistory() {
        return frames.size() > 1;
    }

    /** Everything charged for the frames of this shelf, shared stripes once. */
    long heldBytes() {
        return heldBytes;
    }

    Frame oldest() {
        return frames.getFirst();
    }

    /** When the oldest frame became history: when the frame behind it was captured. Only if there is history. */
    Instant oldestHistorySince() {
        Iterator<Frame> oldestFirst = frames.iterator();
        oldestFirst.next();
        return oldestFirst.next().capturedAt();
    }

    Frame newest() {
        return frames.getLast();
    }

    Optional<Frame> revision(long revision) {
        return frames.stream().filter(frame -> frame.revision() == revision).findFirst();
    }

    /** The newest captured by a moment. */
    Optional<Frame> at(Instant time) {
        return frames.stream()
                .filter(frame -> !frame.capturedAt().isAfter(time))
                .reduce((older, newer) -> newer);
    }

    /** Those captured from one moment to another, both included. */
    List<HistoryEntry> entries(Instant from, Instant to) {
        List<HistoryEntry> entries = new ArrayList<>();
        Frame before = null;
        for (Frame frame : frames) {
            if (!frame.capturedAt().isBefore(from) && !frame.capturedAt().isAfter(to)) {
                int newBytes = before == null ? frame.sizeBytes() : frame.bytesNotIn(before);
                entries.add(new HistoryEntry(frame.info(), frame.sizeBytes(), newBytes));
            }
            before = frame;
        }
        return entries;
    }

    void add(Frame frame) {
        heldBytes += frames.isEmpty() ? wholeBytes(frame) : bytesNotIn(frame, newest());
        frames.addLast(frame);
    }

    Frame removeOldest() {
        Frame oldest = frames.removeFirst();
        heldBytes = frames.isEmpty() ? 0 : heldBytes - bytesNotIn(oldest, oldest());
        return oldest;
    }

    Frame removeNewest() {
        Frame newest = frames.removeLast();
        heldBytes = frames.isEmpty() ? 0 : heldBytes - bytesNotIn(newest, newest());
        return newest;
    }

    private static long wholeBytes(Frame frame) {
        return chargedBytes(frame, frame.stripeBytes(), frame.stripeCount());
    }

    private static long bytesNotIn(Frame frame, Frame neighbour) {
        int stripes = 0;
        for (int index = 0; index < frame.stripeCount(); index++) {
            if (!frame.sharesStripe(neighbour, index)) {
                stripes++;
            }
        }
        return chargedBytes(frame, frame.bytesNotIn(neighbour), stripes);
    }

    private static long chargedBytes(Frame frame, long stripeBytes, long stripes) {
        return bookkeepingBytes(frame) + stripeBytes + stripes * SegmentMemory.REGION_OBJECT_BYTES;
    }
}
