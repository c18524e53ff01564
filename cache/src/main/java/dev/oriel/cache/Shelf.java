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

    private static final double MOST_ASKED = 0.75;

    /** Where many of the oldest were asked for, the oldest of them goes after all, so that making room stays quick. */
    private static final int MOST_LOOKED_AT = 64;

    /** A ring, so that any of them is found as fast as the ends. */
    private @Nullable Kept[] ring = new Kept[FEWEST_PLACES];

    private int first;
    private int size;
    private long heldBytes;

    /** How many in the history were asked for. */
    private int asked;

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
    long oldestHistorySinceMillis() {
        return kept(1).capturedAtMillis();
    }

    Kept newest() {
        return kept(size - 1);
    }

    Optional<Kept> revision(long revision) {
        return last(frame -> frame.revision() <= revision)
                .filter(kept -> kept.frame().revision() == revision);
    }

    /** The newest captured by a moment. */
    Optional<Kept> at(Instant time) {
        return last(frame -> !frame.capturedAt().isAfter(time));
    }

    /** Those captured from one moment to another, both included. */
    List<HistoryEntry> entries(Instant from, Instant to) {
        List<HistoryEntry> entries = new ArrayList<>();
        int end = countOf(frame -> !frame.capturedAt().isAfter(to));
        for (int index = countOf(frame -> frame.capturedAt().isBefore(from)); index < end; index++) {
            Kept kept = kept(index);
            int newBytes = index == 0 ? kept.frame().sizeBytes() : kept.newBytes();
            entries.add(new HistoryEntry(kept.frame().info(), kept.frame().sizeBytes(), newBytes));
        }
        return entries;
    }

    void add(Frame frame) {
        Kept kept = isEmpty() ? new Kept(frame) : new Kept(newest().frame(), frame);
        if (size == ring.length) {
            resize(2 * ring.length);
        }
        if (!isEmpty()) {
            count(newest());
        }
        ring[place(size)] = kept;
        size++;
        heldBytes += kept.chargedBytes();
    }

    /** Puts a frame in the place of the newest. Returns that one. */
    Frame replaceNewest(Frame frame) {
        Kept replaced = newest();
        Kept kept = hasHistory() ? new Kept(kept(size - 2).frame(), frame) : new Kept(frame);
        ring[place(size - 1)] = kept;
        heldBytes = kept.chargedBytes() + (hasHistory() ? heldBytes - replaced.chargedBytes() : 0);
        return replaced.frame();
    }

    Frame frame(int index) {
        return kept(index).frame();
    }

    /**
     * The place of the oldest of the history that nobody asked for, as long as those asked for are not most of it; then of
     * the oldest. Only if there is history.
     */
    int leastOfHistory() {
        return asked < MOST_ASKED * (size - 1) ? firstNotAsked() : 0;
    }

    private int firstNotAsked() {
        int end = Math.min(size - 1, MOST_LOOKED_AT);
        int index = 0;
        while (index < end && kept(index).isCountedAsAsked()) {
            index++;
        }
        return index == end ? 0 : index;
    }

    /** Takes out one frame that others lie behind; its neighbours are neighbours now. */
    void removeFromHistory(int index) {
        Kept removed = kept(index);
        if (index == 0) {
            heldBytes -= kept(1).chargedBytesBefore();
        } else {
            Kept behind = kept(index + 1);
            long behindBefore = behind.chargedBytes();
            behind.comeAfter(kept(index - 1).frame());
            long more = behind.chargedBytes() - behindBefore;
            heldBytes += more - removed.chargedBytes();
        }
        asked -= removed.isCountedAsAsked() ? 1 : 0;
        for (int at = index; at > 0; at--) {
            ring[place(at)] = kept(at - 1);
        }
        ring[first] = null;
        first = place(1);
        size--;
        giveRoomBack();
    }

    /** How much there is to gain, and how little it may be worth. */
    double weight(long nowMillis) {
        long ageMillis = Math.max(0, nowMillis - kept(0).capturedAtMillis());
        return historyBytes() * Math.sqrt(ageMillis + 1.0);
    }

    /** What would no longer be held without the history. */
    private long historyBytes() {
        return heldBytes - newest().wholeBytes();
    }

    /** Somebody wanted this one of the shelf. */
    void ask(Kept kept) {
        kept.ask();
        if (kept != newest()) {
            count(kept);
        }
    }

    private void count(Kept kept) {
        if (kept.countAsAsked()) {
            asked++;
        }
    }

    private Optional<Kept> last(Predicate<Frame> holdsUpToHere) {
        int count = countOf(holdsUpToHere);
        return count == 0 ? Optional.empty() : Optional.of(kept(count - 1));
    }

    /** How many of the first entries something holds for, which does not hold for any behind them. */
    private int countOf(Predicate<Frame> holds) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (holds.test(kept(middle).frame())) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private Kept kept(int index) {
        return Objects.requireNonNull(ring[place(index)]);
    }

    private int place(int index) {
        return first + index & ring.length - 1;
    }

    private void giveRoomBack() {
        if (size < ring.length / 4 && ring.length > FEWEST_PLACES) {
            resize(ring.length / 2);
        }
    }

    private void resize(int places) {
        @Nullable Kept[] resized = new Kept[places];
        for (int index = 0; index < size; index++) {
            resized[index] = kept(index);
        }
        ring = resized;
        first = 0;
    }
}
