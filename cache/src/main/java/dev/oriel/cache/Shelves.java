package dev.oriel.cache;

import dev.oriel.capture.Frame;
import dev.oriel.capture.Quality;
import dev.oriel.capture.SpaceId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All frames in the cache, and which of them is worth least. Worth most is the newest picture of a space; then its newest
 * pictures in other qualities; then what is only history.
 *
 * <p>Owns no holds and no bytes: whoever takes a frame out closes it. Not safe for many threads.
 */
final class Shelves {

    private final Map<Rendition, Shelf> shelves = new HashMap<>();
    private final LatestFrames latest;
    /** What is not there because it was evicted. */
    private final Set<Rendition> evicted = new HashSet<>();

    /** Taken out, to be closed by the next who takes something: a full Java heap may have stopped the one before. */
    private List<Frame> leaving = new ArrayList<>();

    private int frames;
    private @Nullable SpaceId favoured;

    /**
     * None yet.
     *
     * @param latest is told which frame of a rendition is the newest
     */
    Shelves(LatestFrames latest) {
        this.latest = latest;
    }

    void favour(@Nullable SpaceId space) {
        favoured = space;
    }

    int frames() {
        return frames;
    }

    long heldBytes() {
        return shelves.values().stream().mapToLong(Shelf::heldBytes).sum();
    }

    /** The part of it that is left when every space has its newest picture and nothing else. */
    long newestBytes() {
        return shelves.values().stream()
                .filter(shelf -> !isOtherQuality(shelf))
                .mapToLong(shelf -> shelf.newest().wholeBytes())
                .sum();
    }

    Optional<Frame> newest(Rendition rendition) {
        return shelf(rendition).map(Shelf::newest).map(Kept::frame);
    }

    /** Whether the newest picture of a rendition was there and was evicted. */
    boolean wasEvicted(Rendition rendition) {
        return evicted.contains(rendition);
    }

    /** The newest picture of a space: of the highest revision the best quality. */
    Optional<Frame> newest(SpaceId space, Set<Quality> among) {
        return latest.newest(space, among);
    }

    /** Of what was captured by a moment the newest, in the quality nearest to the one wanted. */
    Optional<Frame> at(SpaceId space, Quality wanted, Instant time) {
        return nearest(space, wanted, shelf -> shelf.at(time));
    }

    Optional<Frame> revision(SpaceId space, Quality wanted, long revision) {
        return nearest(space, wanted, shelf -> shelf.revision(revision));
    }

    /** What was captured between two moments, oldest first, of each quality, the best first. */
    List<List<HistoryEntry>> histories(SpaceId space, Instant from, Instant to) {
        return Stream.of(Quality.values())
                .flatMap(quality -> shelf(new Rendition(space, quality)).stream())
                .map(shelf -> shelf.entries(from, to))
                .toList();
    }

    /** The lowest revision that is kept of a space. */
    OptionalLong oldestRevision(SpaceId space) {
        return Stream.of(Quality.values())
                .flatMap(quality -> shelf(new Rendition(space, quality)).stream())
                .mapToLong(shelf -> shelf.frame(0).revision())
                .min();
    }

    /** The highest revision that is found; if several qualities have it, the best of those that are wanted. */
    private Optional<Frame> nearest(SpaceId space, Quality wanted, Function<Shelf, Optional<Kept>> find) {
        Optional<Kept> nearest = Stream.of(Quality.values())
                .sorted(Comparator.comparing((Quality quality) -> quality.orWorse(wanted) != quality)
                        .thenComparing(quality -> Math.abs(quality.ordinal() - wanted.ordinal())))
                .flatMap(quality -> shelf(new Rendition(space, quality)).flatMap(find).stream())
                .reduce((preferred, other) ->
                        later(preferred.frame(), other.frame()) == preferred.frame() ? preferred : other);
        nearest.ifPresent(
                kept -> shelf(Rendition.of(kept.frame())).orElseThrow().ask(kept));
        return nearest.map(Kept::frame);
    }

    private static Frame later(Frame preferred, Frame other) {
        return other.revision() > preferred.revision() ? other : preferred;
    }

    /** Whether a frame is not older than the newest. */
    boolean isNews(Frame frame) {
        return newest(Rendition.of(frame))
                .map(newest -> newest.revision() <= frame.revision())
                .orElse(true);
    }

    /** Adds news. Returns the frame before it, taken out, if that was another rendering of the same revision. */
    @Nullable
    Frame add(Frame news) {
        Rendition rendition = Rendition.of(news);
        Shelf shelf = shelf(rendition).orElseGet(Shelf::new);
        if (!shelf.isEmpty() && shelf.newest().frame().revision() == news.revision()) {
            return replaceNewest(news);
        }
        // What a full Java heap could refuse comes first: a frame is either all here or not at all.
        latest.expect(rendition.space());
        shelf.add(news);
        shelves.put(rendition, shelf);
        frames++;
        latest.set(rendition, shelf.newest());
        evicted.remove(rendition);
        return null;
    }

    /** Puts news in the place of the frame before it. Returns that one, taken out. */
    Frame replaceNewest(Frame news) {
        Rendition rendition = Rendition.of(news);
        Shelf shelf = shelf(rendition).orElseThrow();
        Frame before = shelf.replaceNewest(news);
        latest.set(rendition, shelf.newest());
        return before;
    }

    /**
     * Takes out what is worth least until so many bytes are no longer held, but no newest picture of a space. History goes
     * from where there is most of it, so that a film does not drive out what others did.
     */
    List<Frame> makeRoom(long bytes, Instant now) {
        removeForRoom(bytes, now);
        return takeLeaving();
    }

    /** The same, but what was history longest goes first, wherever it is: the newest history is kept. */
    List<Frame> shrink(long bytes) {
        long held = heldBytes();
        long downTo = held - bytes;
        PriorityQueue<Shelf> histories = histories();
        while (held > downTo && !histories.isEmpty()) {
            Shelf oldest = histories.remove();
            held -= oldest.heldBytes();
            removeOldest(oldest);
            held += oldest.heldBytes();
            if (oldest.hasHistory()) {
                histories.add(oldest);
            }
        }
        removeOtherQualities(held - downTo);
        return takeLeaving();
    }

    /** Makes room until there are no more than so many frames. */
    List<Frame> evictDownTo(int mostFrames, Instant now) {
        boolean more = true;
        while (more && frames > mostFrames) {
            more = removeForRoom(1, now);
        }
        return takeLeaving();
    }

    /** Takes out the newest picture that is worth least; the favoured space's is the last. Empty if there is none. */
    List<Frame> evictPicture() {
        leastNewest(shelf -> true).ifPresent(shelf -> {
            if (shelf.hasHistory()) {
                removeOldest(shelf);
            } else {
                evictNewest(shelf);
            }
        });
        return takeLeaving();
    }

    /** Takes out what became history before a moment. */
    List<Frame> removeHistoryBefore(Instant moment) {
        for (Shelf shelf : shelves.values()) {
            while (shelf.hasHistory() && shelf.oldestHistorySinceMillis() < moment.toEpochMilli()) {
                removeOldest(shelf);
            }
        }
        return takeLeaving();
    }

    /** Takes out every frame of the spaces for which the test holds. */
    List<Frame> removeAll(Predicate<SpaceId> spaces) {
        evicted.removeIf(rendition -> spaces.test(rendition.space()));
        for (Shelf shelf : List.copyOf(shelves.values())) {
            if (spaces.test(shelf.newest().frame().space())) {
                while (shelf.hasHistory()) {
                    removeOldest(shelf);
                }
                removeNewest(shelf);
            }
        }
        latest.forget(spaces);
        return takeLeaving();
    }

    private boolean removeForRoom(long bytes, Instant now) {
        int framesBefore = frames;
        long held = heldBytes();
        long downTo = held - bytes;
        Optional<Shelf> heaviest = heaviestHistory(now);
        while (held > downTo && heaviest.isPresent()) {
            Shelf shelf = heaviest.get();
            held -= shelf.heldBytes();
            remove(shelf, shelf.leastOfHistory());
            held += shelf.heldBytes();
            heaviest = heaviestHistory(now);
        }
        removeOtherQualities(held - downTo);
        return frames < framesBefore;
    }

    /** Only without history. */
    private void removeOtherQualities(long bytes) {
        long missing = bytes;
        Optional<Shelf> least = leastNewest(this::isOtherQuality);
        while (missing > 0 && least.isPresent()) {
            missing -= least.get().heldBytes();
            evictNewest(least.get());
            least = leastNewest(this::isOtherQuality);
        }
    }

    private Optional<Shelf> heaviestHistory(Instant now) {
        return shelves.values().stream()
                .filter(Shelf::hasHistory)
                .max(Comparator.comparingDouble(shelf -> shelf.weight(now.toEpochMilli())));
    }

    private List<Frame> takeLeaving() {
        if (leaving.isEmpty()) {
            return List.of();
        }
        List<Frame> none = new ArrayList<>();
        List<Frame> taken = leaving;
        leaving = none;
        return taken;
    }

    private PriorityQueue<Shelf> histories() {
        PriorityQueue<Shelf> histories =
                new PriorityQueue<>(shelves.size() + 1, Comparator.comparingLong(Shelf::oldestHistorySinceMillis));
        for (Shelf shelf : shelves.values()) {
            if (shelf.hasHistory()) {
                histories.add(shelf);
            }
        }
        return histories;
    }

    private void removeOldest(Shelf withHistory) {
        remove(withHistory, 0);
    }

    private void remove(Shelf shelf, int index) {
        leaving.add(shelf.frame(index));
        frames--;
        shelf.removeFromHistory(index);
    }

    private void evictNewest(Shelf shelf) {
        evicted.add(Rendition.of(shelf.newest().frame()));
        removeNewest(shelf);
    }

    /** Takes the last frame of a shelf without history, and the shelf away. */
    private void removeNewest(Shelf shelf) {
        Frame newest = shelf.newest().frame();
        Rendition rendition = Rendition.of(newest);
        leaving.add(newest);
        latest.set(rendition, null);
        shelves.remove(rendition);
        frames--;
    }

    private Optional<Shelf> leastNewest(Predicate<Shelf> among) {
        return shelves.values().stream()
                .filter(among)
                .min(Comparator.comparing(this::isFavoured)
                        .thenComparing(shelf -> shelf.newest().frame().capturedAt()));
    }

    private boolean isOtherQuality(Shelf shelf) {
        Frame frame = shelf.newest().frame();
        return newest(frame.space(), EnumSet.allOf(Quality.class))
                .filter(picture -> picture != frame)
                .isPresent();
    }

    private boolean isFavoured(Shelf shelf) {
        return shelf.newest().frame().space().equals(favoured);
    }

    private Optional<Shelf> shelf(Rendition rendition) {
        return Optional.ofNullable(shelves.get(rendition));
    }
}
