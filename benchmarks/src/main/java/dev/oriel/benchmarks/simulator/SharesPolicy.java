package dev.oriel.benchmarks.simulator;

import dev.oriel.benchmarks.simulator.Trace.Event;
import dev.oriel.capture.Quality;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;

/*
 * A film takes as many bytes in a second as somebody who types in ten minutes. By age alone it would push out the history of
 * all others; so what a rendition's history weighs counts more than its age.
 */
/**
 * The order of {@code FrameCache} alone, while it makes room. Newest pictures are kept as by {@link NewestFirstPolicy}.
 * History goes from the rendition whose bytes times the root of the age of its oldest picture are most; of that rendition the
 * oldest picture that nobody asked for goes first, as long as those asked for are not three quarters of it.
 */
final class SharesPolicy implements Policy {

    private static final double MOST_ASKED = 0.75;

    private record Rendition(int space, Quality quality) {}

    /** A picture, and how much more was held when it came. */
    private static final class Entry {

        private final Picture picture;
        private final long bytes;
        private boolean asked;

        Entry(Picture picture, long bytes) {
            this.picture = picture;
            this.bytes = bytes;
        }
    }

    /** The pictures of one rendition, oldest first. */
    private static final class Shelf {

        private final Deque<Entry> entries = new ArrayDeque<>();
        private long bytes;
        private int asked;

        void add(Entry entry) {
            entries.addLast(entry);
            bytes += entry.bytes;
        }

        void ask(Entry entry) {
            if (!entry.asked) {
                entry.asked = true;
                asked++;
            }
        }

        boolean hasHistory() {
            return entries.size() > 1;
        }

        double weight(long now) {
            long age = now - entries.getFirst().picture.millis();
            return bytes * Math.sqrt(age + 1.0);
        }

        Picture removeLeast() {
            Entry least = entries.getFirst();
            if (asked < MOST_ASKED * entries.size()) {
                Iterator<Entry> oldestFirst = entries.iterator();
                Entry entry = oldestFirst.next();
                while (entry.asked && oldestFirst.hasNext()) {
                    entry = oldestFirst.next();
                }
                least = oldestFirst.hasNext() ? entry : least;
            }
            entries.remove(least);
            bytes -= least.bytes;
            asked -= least.asked ? 1 : 0;
            return least.picture;
        }
    }

    private final Store store;
    private final long budgetBytes;
    private final Map<Rendition, Shelf> shelves = new HashMap<>();
    private final Map<Picture, Entry> entries = new HashMap<>();

    SharesPolicy(Store store, long budgetBytes) {
        this.store = store;
        this.budgetBytes = budgetBytes;
    }

    @Override
    public boolean get(Event request) {
        Entry entry = entries.get(request.picture());
        if (entry == null) {
            return false;
        }
        shelf(request.picture()).ask(entry);
        return true;
    }

    @Override
    public void put(Event event) {
        Picture picture = event.picture();
        long before = store.heldBytes();
        store.add(picture);
        Entry entry = new Entry(picture, store.heldBytes() - before);
        entries.put(picture, entry);
        shelf(picture).add(entry);
        while (store.heldBytes() > budgetBytes) {
            Picture least = leastShelf(event.millis()).removeLeast();
            entries.remove(least);
            store.remove(least);
        }
    }

    private Shelf shelf(Picture picture) {
        return shelves.computeIfAbsent(new Rendition(picture.space(), picture.quality()), unseen -> new Shelf());
    }

    private Shelf leastShelf(long now) {
        Optional<Shelf> heaviest = shelves.values().stream()
                .filter(Shelf::hasHistory)
                .max(Comparator.comparingDouble(shelf -> shelf.weight(now)));
        return heaviest.orElseGet(this::leastNewest);
    }

    /** With no history left: thumbnails first, then the oldest picture. */
    private Shelf leastNewest() {
        return shelves.values().stream()
                .filter(shelf -> !shelf.entries.isEmpty())
                .min(Comparator.comparing(
                                (Shelf shelf) -> shelf.entries.getLast().picture.quality())
                        .reversed()
                        .thenComparing(shelf -> shelf.entries.getLast().picture.millis()))
                .orElseThrow();
    }
}
