package dev.oriel.cache;

import dev.oriel.capture.Frame;
import dev.oriel.capture.Quality;
import dev.oriel.capture.SpaceId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
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
    private @Nullable SpaceId favoured;

    void favour(@Nullable SpaceId space) {
        favoured = space;
    }

    int frames() {
        return shelves.values().stream().mapToInt(Shelf::size).sum();
    }

    long heldBytes() {
        return shelves.values().stream().mapToLong(Shelf::heldBytes).sum();
    }

    Optional<Frame> newest(Rendition rendition) {
        return shelf(rendition).map(Shelf::newest);
    }

    /** The newest picture of a space: of the highest revision the best quality. */
    Optional<Frame> newest(SpaceId space) {
        return newest(space, EnumSet.allOf(Quality.class));
    }

    Optional<Frame> newest(SpaceId space, Set<Quality> among) {
        return Stream.of(Quality.values())
                .filter(among::contains)
                .flatMap(quality -> newest(new Rendition(space, quality)).stream())
                .reduce((better, other) -> other.revision() > better.revision() ? other : better);
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
    private Optional<Frame> nearest(SpaceId space, Quality wanted, Function<Shelf, Optional<Frame>> find) {
        return Stream.of(Quality.values())
                .sorted(Comparator.comparing((Quality quality) -> quality.orWorse(wanted) != quality)
                        .thenComparing(quality -> Math.abs(quality.ordinal() - wanted.ordinal())))
                .flatMap(quality -> shelf(new Rendition(space, quality)).flatMap(find).stream())
                .reduce((nearer, other) -> other.revision() > nearer.revision() ? other : nearer);
    }

    /** Whether a frame is not the newest already, and not older than that. */
    boolean isNews(Frame frame) {
        return newest(Rendition.of(frame))
                .map(newest -> newest != frame && newest.revision() <= frame.revision())
                .orElse(true);
    }

    /** Adds news. Returns the frame before it, taken out, if that was another rendering of the same revision. */
    Optional<Frame> add(Frame news) {
        Shelf shelf = shelves.computeIfAbsent(Rendition.of(news), rendition -> new Shelf());
        Optional<Frame> redone = shelf.isEmpty() || shelf.newest().revision() < news.revision()
                ? Optional.empty()
                : Optional.of(shelf.removeNewest());
        shelf.add(news);
        return redone;
    }

    /** Puts news in the place of the frame before it. Returns that one, taken out. */
    Frame replaceNewest(Frame news) {
        Shelf shelf = shelf(Rendition.of(news)).orElseThrow();
        Frame before = shelf.removeNewest();
        shelf.add(news);
        return before;
    }

    /** Takes out what is worth least until so many bytes are no longer held, but no newest picture of a space. */
    List<Frame> evictLesser(long bytes) {
        return evict(heldBytes() - bytes, this::leastLesser);
    }

    /** Takes out what is worth least until there are no more than so many frames, but no newest picture of a space. */
    List<Frame> evictDownTo(int mostFrames) {
        List<Frame> evicted = new ArrayList<>();
        for (int excess = frames() - mostFrames; excess > 0; excess--) {
            Optional<Shelf> least = leastLesser();
            if (least.isEmpty()) {
                break;
            }
            evicted.add(removeOldest(least.get()));
        }
        return evicted;
    }

    /** Takes out newest pictures, the favoured space's last, until no more than so many bytes are held. */
    List<Frame> evictPictures(long downToBytes) {
        return evict(downToBytes, () -> leastNewest(shelf -> true));
    }

    /** Takes out what became history before a moment. */
    List<Frame> removeHistoryBefore(Instant moment) {
        List<Frame> removed = new ArrayList<>();
        for (Shelf shelf : shelves.values()) {
            while (shelf.hasHistory() && shelf.oldestHistorySince().isBefore(moment)) {
                removed.add(shelf.removeOldest());
            }
        }
        return removed;
    }

    /** Takes out every frame of the spaces for which the test holds. */
    List<Frame> removeAll(Predicate<SpaceId> spaces) {
        List<Frame> removed = new ArrayList<>();
        for (Shelf shelf : List.copyOf(shelves.values())) {
            while (!shelf.isEmpty() && spaces.test(shelf.newest().space())) {
                removed.add(removeOldest(shelf));
            }
        }
        return removed;
    }

    private List<Frame> evict(long downToBytes, Supplier<Optional<Shelf>> least) {
        List<Frame> evicted = new ArrayList<>();
        long held = heldBytes();
        while (held > downToBytes) {
            Optional<Shelf> shelf = least.get();
            if (shelf.isEmpty()) {
                break;
            }
            held -= shelf.get().heldBytes();
            evicted.add(removeOldest(shelf.get()));
            held += shelf.get().heldBytes();
        }
        return evicted;
    }

    private Frame removeOldest(Shelf shelf) {
        Frame oldest = shelf.removeOldest();
        if (shelf.isEmpty()) {
            shelves.remove(Rendition.of(oldest));
        }
        return oldest;
    }

    private Optional<Shelf> leastLesser() {
        return shelves.values().stream()
                .filter(Shelf::hasHistory)
                .min(Comparator.comparing(Shelf::oldestHistorySince))
                .or(() -> leastNewest(this::isOtherQuality));
    }

    private Optional<Shelf> leastNewest(Predicate<Shelf> among) {
        return shelves.values().stream()
                .filter(among)
                .min(Comparator.comparing(this::isFavoured)
                        .thenComparing(shelf -> shelf.newest().capturedAt()));
    }

    private boolean isOtherQuality(Shelf shelf) {
        Frame frame = shelf.newest();
        return newest(frame.space()).filter(picture -> picture != frame).isPresent();
    }

    private boolean isFavoured(Shelf shelf) {
        return shelf.newest().space().equals(favoured);
    }

    private Optional<Shelf> shelf(Rendition rendition) {
        return Optional.ofNullable(shelves.get(rendition));
    }
}
