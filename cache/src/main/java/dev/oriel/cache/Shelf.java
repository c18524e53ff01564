package dev.oriel.cache;

import dev.oriel.capture.Frame;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The frames of one rendition, oldest first, revisions rising. A frame shares stripes with its neighbours at most, so that
 * the bytes of the whole shelf are kept up to date by comparing neighbours, once for each frame. Not safe for many threads.
 */
final class Shelf {

    /** The Java objects of a frame in which little changed: itself, its description, its blocks and its entry here. */
    private static final int FRAME_OBJECT_BYTES = 256;

    private static final int BYTES_FOR_EACH_STRIPE = 4;

    private static final int FEWEST_PLACES = 4;

    /** A ring of entries, so that any of them is found as fast as the ends. */
    private @Nullable Entry[] ring = new Entry[FEWEST_PLACES];

    private int first;
    private int size;
    private long heldBytes;

    /**
     * A frame on the shelf.
     *
     * @param newBytes in stripes that the frame before it has not
     * @param chargedBytes that it adds to those of the frames before it
     * @param chargedBytesBefore that leave with the frame before it
     */
    private record Entry(Frame frame, int newBytes, long chargedBytes, long chargedBytesBefore) {

        static Entry first(Frame frame) {
            return new Entry(frame, frame.sizeBytes(), charge(frame, frame.stripeBytes(), frame.stripeCount()), 0);
        }

        static Entry after(Frame before, Frame frame) {
            int changed = changedStripes(before, frame);
            return new Entry(
                    frame,
                    frame.bytesNotIn(before),
                    charge(frame, frame.bytesNotIn(before), changed),
                    charge(before, before.bytesNotIn(frame), changed + before.stripeCount() - frame.stripeCount()));
        }

        private static long charge(Frame frame, long stripeBytes, long stripes) {
            return bookkeepingBytes(frame) + stripeBytes + stripes * SegmentMemory.REGION_OBJECT_BYTES;
        }
    }

    /** What is charged for keeping a frame, beside its regions. */
    static long bookkeepingBytes(Frame frame) {
        return FRAME_OBJECT_BYTES + (long) BYTES_FOR_EACH_STRIPE * frame.stripeCount();
    }

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    boolean hasHistory() {
        return size > 1;
    }

    /** Everything charged for the frames of this shelf, shared stripes once. */
    long heldBytes() {
        return heldBytes;
    }

    /** When the oldest frame became history: when the frame behind it was captured. Only if there is history. */
    Instant oldestHistorySince() {
        return entry(1).frame().capturedAt();
    }

    Frame newest() {
        return entry(size - 1).frame();
    }

    Optional<Frame> revision(long revision) {
        return last(entry -> entry.frame().revision() <= revision).filter(frame -> frame.revision() == revision);
    }

    /** The newest captured by a moment. */
    Optional<Frame> at(Instant time) {
        return last(entry -> !entry.frame().capturedAt().isAfter(time));
    }

    /** Those captured from one moment to another, both included. */
    List<HistoryEntry> entries(Instant from, Instant to) {
        List<HistoryEntry> entries = new ArrayList<>();
        int end = countOf(entry -> !entry.frame().capturedAt().isAfter(to));
        for (int index = countOf(entry -> entry.frame().capturedAt().isBefore(from)); index < end; index++) {
            Entry entry = entry(index);
            int newBytes = index == 0 ? entry.frame().sizeBytes() : entry.newBytes();
            entries.add(new HistoryEntry(entry.frame().info(), entry.frame().sizeBytes(), newBytes));
        }
        return entries;
    }

    void add(Frame frame) {
        Entry entry = isEmpty() ? Entry.first(frame) : Entry.after(newest(), frame);
        if (size == ring.length) {
            resize(2 * ring.length);
        }
        ring[place(size)] = entry;
        size++;
        heldBytes += entry.chargedBytes();
    }

    Frame removeOldest() {
        Frame oldest = entry(0).frame();
        heldBytes = hasHistory() ? heldBytes - entry(1).chargedBytesBefore() : 0;
        ring[first] = null;
        first = place(1);
        oneLess();
        return oldest;
    }

    Frame removeNewest() {
        Entry newest = entry(size - 1);
        heldBytes = hasHistory() ? heldBytes - newest.chargedBytes() : 0;
        ring[place(size - 1)] = null;
        oneLess();
        return newest.frame();
    }

    private static int changedStripes(Frame before, Frame frame) {
        int changed = 0;
        for (int index = 0; index < frame.stripeCount(); index++) {
            if (!frame.sharesStripe(before, index)) {
                changed++;
            }
        }
        return changed;
    }

    private Optional<Frame> last(Predicate<Entry> holdsUpToHere) {
        int count = countOf(holdsUpToHere);
        return count == 0 ? Optional.empty() : Optional.of(entry(count - 1).frame());
    }

    /** How many of the first entries something holds for, which does not hold for any behind them. */
    private int countOf(Predicate<Entry> holds) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (holds.test(entry(middle))) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private Entry entry(int index) {
        return Objects.requireNonNull(ring[place(index)]);
    }

    private int place(int index) {
        return first + index & ring.length - 1;
    }

    private void oneLess() {
        size--;
        if (size < ring.length / 4 && ring.length > FEWEST_PLACES) {
            resize(ring.length / 2);
        }
    }

    private void resize(int places) {
        @Nullable Entry[] resized = new Entry[places];
        for (int index = 0; index < size; index++) {
            resized[index] = entry(index);
        }
        ring = resized;
        first = 0;
    }
}
