package dev.oriel.cache;

import dev.oriel.capture.Quality;
import dev.oriel.capture.SpaceId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What a {@link FrameCache} does, told as plainly as can be: a list of pictures, everything else found by looking at all of
 * them, every charge counted anew. For one thread.
 */
final class ReferenceCache {

    /** Stripes of the same number have the same bytes; each is an object of its own nevertheless. */
    static final class Piece {
        final long content;
        final int bytes;

        Piece(long content, int bytes) {
            this.content = content;
            this.bytes = bytes;
        }
    }

    record Picture(SpaceId space, Quality quality, long revision, Instant capturedAt, List<Piece> pieces) {

        int bookkeepingBytes() {
            return 256 + 4 * pieces.size();
        }

        boolean isOf(SpaceId wanted, Quality wantedQuality) {
            return space.equals(wanted) && quality == wantedQuality;
        }
    }

    private final Clock clock;
    private final Duration history;
    private final int mostFrames;
    private final Set<Picture> asked = new HashSet<>();
    private final List<Picture> pictures = new ArrayList<>();
    private final List<Picture> heldByReaders = new ArrayList<>();
    private final List<Piece> beingMade = new ArrayList<>();
    private long budgetBytes;
    private Optional<SpaceId> favoured = Optional.empty();

    ReferenceCache(Clock clock, long budgetBytes, Duration history, int mostFrames) {
        this.clock = clock;
        this.budgetBytes = budgetBytes;
        this.history = history;
        this.mostFrames = mostFrames;
    }

    int frames() {
        return pictures.size();
    }

    long chargedBytes() {
        Set<Piece> pieces = new HashSet<>(beingMade);
        Stream.concat(pictures.stream(), heldByReaders.stream()).forEach(picture -> pieces.addAll(picture.pieces()));
        return bookkeepingBytes() + storedBytes(pieces);
    }

    /** What only readers have, every stripe as a whole. */
    long pinnedBytes() {
        Set<Piece> pieces = new HashSet<>();
        heldByReaders.forEach(picture -> pieces.addAll(picture.pieces()));
        pictures.forEach(picture -> pieces.removeAll(picture.pieces()));
        return pieces.stream().mapToLong(ReferenceCache::wholeBytes).sum();
    }

    long newestBytes() {
        return pictures.stream()
                .map(Picture::space)
                .distinct()
                .map(space -> newest(space).orElseThrow())
                .mapToLong(picture -> picture.bookkeepingBytes()
                        + picture.pieces().stream()
                                .mapToLong(ReferenceCache::wholeBytes)
                                .sum())
                .sum();
    }

    void hold(Picture picture) {
        heldByReaders.add(picture);
    }

    void letGo(Picture picture) {
        heldByReaders.remove(picture);
    }

    /** Sets room aside for one piece, and fills it. Returns whether there was room. */
    boolean make(Piece piece, int reserved) {
        int charged = reserved + SegmentMemory.REGION_OBJECT_BYTES;
        if (!makeRoom(charged)) {
            return false;
        }
        beingMade.add(piece);
        return true;
    }

    /** What was made became part of a picture, or was let go. */
    void made() {
        beingMade.clear();
    }

    void put(Picture picture, Instant now) {
        heldByReaders.add(picture);
        boolean fits = makeRoom(picture.bookkeepingBytes());
        heldByReaders.remove(picture);
        Optional<Picture> before = latest(picture.space(), picture.quality());
        if (before.isEmpty()) {
            if (fits) {
                pictures.add(picture);
            }
        } else if (before.get().revision() <= picture.revision()) {
            if (!fits || before.get().revision() == picture.revision()) {
                pictures.remove(before.get());
            }
            pictures.add(picture);
        }
        expire(now);
        while (pictures.size() > mostFrames && evictLesser(this::leastForRoom)) {}
        trim(this::leastForRoom);
    }

    /** Somebody asked for it, and got it. */
    void ask(Optional<Picture> picture) {
        picture.ifPresent(asked::add);
    }

    void resize(long newBudgetBytes) {
        budgetBytes = newBudgetBytes;
        trim(this::oldest);
    }

    void favour(Optional<SpaceId> space) {
        favoured = space;
    }

    void forget(SpaceId space) {
        pictures.removeIf(picture -> picture.space().equals(space));
    }

    void expire(Instant now) {
        Instant oldest = now.minus(history);
        pictures.removeIf(picture ->
                after(picture).filter(since -> since.isBefore(oldest)).isPresent());
    }

    Optional<Picture> latest(SpaceId space, Quality quality) {
        return best(picture -> picture.isOf(space, quality), Quality.FULL);
    }

    Optional<Picture> newest(SpaceId space) {
        return best(picture -> picture.space().equals(space), Quality.FULL);
    }

    Optional<Picture> at(SpaceId space, Quality wanted, Instant time) {
        return best(
                picture ->
                        picture.space().equals(space) && !picture.capturedAt().isAfter(time),
                wanted);
    }

    Optional<Picture> revision(SpaceId space, Quality wanted, long revision) {
        return best(picture -> picture.space().equals(space) && picture.revision() == revision, wanted);
    }

    /** The revisions, each with its best quality. */
    Map<Long, Quality> history(SpaceId space, Instant from, Instant to) {
        Map<Long, Quality> history = new TreeMap<>();
        for (Picture picture : pictures) {
            if (picture.space().equals(space)
                    && !picture.capturedAt().isBefore(from)
                    && !picture.capturedAt().isAfter(to)) {
                history.merge(
                        picture.revision(), picture.quality(), (one, other) -> one.compareTo(other) < 0 ? one : other);
            }
        }
        return history;
    }

    /** The highest revision; then what is not better than wanted; then what is near. */
    private Optional<Picture> best(Predicate<Picture> among, Quality wanted) {
        return pictures.stream()
                .filter(among)
                .max(Comparator.comparingLong(Picture::revision)
                        .thenComparing(picture -> picture.quality().compareTo(wanted) >= 0)
                        .thenComparing(picture -> -Math.abs(picture.quality().compareTo(wanted))));
    }

    private boolean makeRoom(long bytes) {
        while (chargedBytes() + bytes > budgetBytes) {
            if (bytes > budgetBytes || !evictLesser(this::leastForRoom)) {
                return false;
            }
        }
        return true;
    }

    private void trim(Supplier<Optional<Picture>> leastOfHistory) {
        boolean hasLesser = true;
        while (hasLesser && chargedBytes() > budgetBytes) {
            hasLesser = evictLesser(leastOfHistory);
        }
        while (!hasLesser && evictableBytes() > budgetBytes) {
            pictures.remove(leastNewest(picture -> true).orElseThrow());
        }
    }

    /** What keeps the pictures here, as if readers had none; equal bytes that only readers have are not told apart. */
    private long evictableBytes() {
        Set<Piece> cached = new HashSet<>();
        pictures.forEach(picture -> cached.addAll(picture.pieces()));
        Set<Piece> all = new HashSet<>(cached);
        heldByReaders.forEach(picture -> all.addAll(picture.pieces()));
        all.addAll(beingMade);
        long logicalBytes =
                cached.stream().mapToLong(ReferenceCache::wholeBytes).sum();
        long savedBytes = all.stream().mapToLong(ReferenceCache::wholeBytes).sum() - storedBytes(all);
        return bookkeepingBytes() + logicalBytes - savedBytes;
    }

    private long bookkeepingBytes() {
        return pictures.stream().mapToLong(Picture::bookkeepingBytes).sum();
    }

    private static long wholeBytes(Piece piece) {
        return piece.bytes + SegmentMemory.REGION_OBJECT_BYTES;
    }

    private static long storedBytes(Set<Piece> pieces) {
        Set<Long> seen = new TreeSet<>();
        return pieces.stream()
                .mapToLong(piece -> seen.add(piece.content) ? wholeBytes(piece) : SegmentMemory.OWNER_OBJECT_BYTES)
                .sum();
    }

    /** History; then qualities beside the newest picture, the favoured space's last. */
    private boolean evictLesser(Supplier<Optional<Picture>> leastOfHistory) {
        Optional<Picture> least = leastOfHistory
                .get()
                .or(() -> leastNewest(picture -> !newest(picture.space()).equals(Optional.of(picture))));
        least.ifPresent(pictures::remove);
        return least.isPresent();
    }

    /** What became history first. */
    private Optional<Picture> oldest() {
        return pictures.stream()
                .filter(picture -> after(picture).isPresent())
                .min(Comparator.comparing(picture -> after(picture).orElseThrow()));
    }

    /** Where there is most history: the oldest nobody asked for, unless three of four were asked for. */
    private Optional<Picture> leastForRoom() {
        return pictures.stream()
                .filter(picture -> after(picture).isEmpty())
                .map(this::historyBefore)
                .filter(past -> !past.isEmpty())
                .max(Comparator.comparingDouble(this::weight))
                .map(past -> past.stream().filter(asked::contains).count() < 0.75 * past.size()
                        ? past.stream()
                                .filter(picture -> !asked.contains(picture))
                                .findFirst()
                                .orElseThrow()
                        : past.get(0));
    }

    private List<Picture> historyBefore(Picture newest) {
        return pictures.stream()
                .filter(other -> other.isOf(newest.space(), newest.quality()) && other.revision() < newest.revision())
                .sorted(Comparator.comparingLong(Picture::revision))
                .toList();
    }

    private double weight(List<Picture> past) {
        Picture first = past.get(0);
        Set<Piece> pieces = new HashSet<>();
        past.forEach(picture -> pieces.addAll(picture.pieces()));
        pieces.removeAll(latest(first.space(), first.quality()).orElseThrow().pieces());
        long bytes = past.stream().mapToLong(Picture::bookkeepingBytes).sum()
                + pieces.stream().mapToLong(ReferenceCache::wholeBytes).sum();
        long age = clock.instant().toEpochMilli() - first.capturedAt().toEpochMilli();
        return bytes * Math.sqrt(age + 1.0);
    }

    private Optional<Picture> leastNewest(Predicate<Picture> among) {
        return pictures.stream()
                .filter(picture -> after(picture).isEmpty())
                .filter(among)
                .min(Comparator.comparing((Picture picture) -> favoured.equals(Optional.of(picture.space())))
                        .thenComparing(Picture::capturedAt));
    }

    /** When the next one of the same rendition came; empty for the newest. */
    private Optional<Instant> after(Picture picture) {
        return pictures.stream()
                .filter(other ->
                        other.isOf(picture.space(), picture.quality()) && other.revision() > picture.revision())
                .map(Picture::capturedAt)
                .min(Comparator.naturalOrder());
    }
}
