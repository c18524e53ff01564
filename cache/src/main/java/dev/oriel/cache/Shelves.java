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
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
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

    Optional<Frame> newest(Rendition rendition) {
        return shelf(rendition).map(Shelf::newest).map(Kept::frame);
    }

    /** Whether the newest picture of a rendition was there and was evicted. */
    boolean wasEvicted(Rendition rendition) {
        return evicted.contains(rendition);
    }

    /** The newest picture of a space: of the highest revision the best quality. */
    Optional<Frame> newest(SpaceId space, Set<Quality> among) {
        return Stream.of(Quality.values())
                .filter(among::contains)
                .flatMap(quality -> newest(new Rendition(space, quality)).stream())
                .reduce(Shelves::later);
    }

    /** Of what was captured by a moment the newest, in the quality nearest to the one wanted. */
    Optional<Frame> at(SpaceId space, Quality wanted, Instant time) {
        return nearest(space, wanted, shelf -> shelf.at(time));
    }

    Optional<Frame> revision(SpaceId space, Quality wanted, long revision) {
        return nearest(space, wanted, shelf -> shelf.revision(revision));
    }

    /** One entry for each revision captured between two moments, in the best quality there is, oldest first. */
    List<HistoryEntry> history(SpaceId space, Instant from, Instant to) {
        SortedMap<Long, HistoryEntry> entries = new TreeMap<>();
        for (Quality quality : Quality.values()) {
            shelf(new Rendition(space, quality))
                    .ifPresent(shelf -> shelf.entries(from, to)
                            .forEach(entry -> entries.putIfAbsent(entry.info().revision(), entry)));
        }
        return List.copyOf(entries.values());
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
    Optional<Frame> add(Frame news) {
        Shelf shelf = shelves.computeIfAbsent(Rendition.of(news), rendition -> new Shelf());
        Optional<Frame> redone = shelf.isEmpty() || shelf.newest().frame().revision() < news.revision()
                ? Optional.empty()
                : Optional.of(shelf.removeNewest());
        place(news, shelf);
        frames -= redone.isPresent() ? 1 : 0;
        return redone;
    }

    /** Puts news in the place of the frame before it. Returns that one, taken out. */
    Frame replaceNewest(Frame news) {
        Shelf shelf = shelf(Rendition.of(news)).orElseThrow();
        Frame before = shelf.removeNewest();
        place(news, shelf);
        frames--;
        return before;
    }

    /**
     * Takes out what is worth least until so many bytes are no longer held, but no newest picture of a space. History goes
     * from where there is most of it, so that a film does not drive out what others did.
     */
    List<Frame> makeRoom(long bytes, Instant now) {
        long held = heldBytes();
        long downTo = held - bytes;
        List<Frame> taken = new ArrayList<>();
        Optional<Shelf> heaviest = heaviestHistory(now);
        while (held > downTo && heaviest.isPresent()) {
            Shelf shelf = heaviest.get();
            held -= shelf.heldBytes();
            frames--;
            taken.add(shelf.removeLeast());
            held += shelf.heldBytes();
            heaviest = heaviestHistory(now);
        }
        takeOtherQualities(held - downTo, taken);
        return taken;
    }

    /** The same, but what was history longest goes first, wherever it is: the newest history is kept. */
    List<Frame> shrink(long bytes) {
        long held = heldBytes();
        long downTo = held - bytes;
        List<Frame> taken = new ArrayList<>();
        PriorityQueue<Shelf> histories = histories();
        while (held > downTo && !histories.isEmpty()) {
            Shelf oldest = histories.remove();
            held -= oldest.heldBytes();
            taken.add(removeOldest(oldest));
            held += oldest.heldBytes();
            if (oldest.hasHistory()) {
                histories.add(oldest);
            }
        }
        takeOtherQualities(held - downTo, taken);
        return taken;
    }

    /** Only without history. */
    private void takeOtherQualities(long bytes, List<Frame> taken) {
        long missing = bytes;
        while (missing > 0) {
            Optional<Shelf> least = leastNewest(this::isOtherQuality);
            if (least.isEmpty()) {
                return;
            }
            missing -= least.get().heldBytes();
            taken.add(evictNewest(least.get()));
        }
    }

    private Optional<Shelf> heaviestHistory(Instant now) {
        return shelves.values().stream()
                .filter(Shelf::hasHistory)
                .max(Comparator.comparingDouble(shelf -> shelf.weight(now)));
    }

    /** Takes out what is worth least until there are no more than so many frames, but no newest picture of a space. */
    List<Frame> evictDownTo(int mostFrames, Instant now) {
        List<Frame> taken = new ArrayList<>();
        while (frames > mostFrames) {
            List<Frame> least = makeRoom(1, now);
            if (least.isEmpty()) {
                break;
            }
            taken.addAll(least);
        }
        return taken;
    }

    /** Takes out the newest picture that is worth least; the favoured space's is the last. */
    Optional<Frame> evictPicture() {
        return leastNewest(shelf -> true).map(shelf -> shelf.hasHistory() ? removeOldest(shelf) : evictNewest(shelf));
    }

    /** Takes out what became history before a moment. */
    List<Frame> removeHistoryBefore(Instant moment) {
        List<Frame> removed = new ArrayList<>();
        for (Shelf shelf : shelves.values()) {
            while (shelf.hasHistory() && shelf.oldestHistorySince().isBefore(moment)) {
                removed.add(removeOldest(shelf));
            }
        }
        return removed;
    }

    /** Takes out every frame of the spaces for which the test holds. */
    List<Frame> removeAll(Predicate<SpaceId> spaces) {
        evicted.removeIf(rendition -> spaces.test(rendition.space()));
        List<Frame> removed = new ArrayList<>();
        for (Shelf shelf : List.copyOf(shelves.values())) {
            SpaceId space = shelf.newest().frame().space();
            if (spaces.test(space)) {
                while (shelf.hasHistory()) {
                    removed.add(removeOldest(shelf));
                }
                removed.add(removeNewest(shelf));
                latest.forget(space);
            }
        }
        return removed;
    }

    private PriorityQueue<Shelf> histories() {
        PriorityQueue<Shelf> histories =
                new PriorityQueue<>(shelves.size() + 1, Comparator.comparing(Shelf::oldestHistorySince));
        for (Shelf shelf : shelves.values()) {
            if (shelf.hasHistory()) {
                histories.add(shelf);
            }
        }
        return histories;
    }

    private void place(Frame news, Shelf shelf) {
        shelf.add(news);
        frames++;
        latest.set(Rendition.of(news), shelf.newest());
        evicted.remove(Rendition.of(news));
    }

    private Frame removeOldest(Shelf withHistory) {
        frames--;
        return withHistory.removeOldest();
    }

    private Frame evictNewest(Shelf shelf) {
        evicted.add(Rendition.of(shelf.newest().frame()));
        return removeNewest(shelf);
    }

    /** Takes the last frame of a shelf without history, and the shelf away. */
    private Frame removeNewest(Shelf shelf) {
        Frame newest = shelf.newest().frame();
        latest.set(Rendition.of(newest), null);
        shelves.remove(Rendition.of(newest));
        frames--;
        return shelf.removeNewest();
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
