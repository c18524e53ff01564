package dev.oriel.benchmarks.simulator;

import dev.oriel.benchmarks.simulator.Trace.Event;
import dev.oriel.capture.Quality;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * By age, wherever it is, as {@code FrameCache} does when its budget becomes smaller: first goes what became history longest ago, then the newest pictures in other
 * qualities than the best of their space, then newest pictures, the oldest first.
 */
final class NewestFirstPolicy implements Policy {

    private record Rendition(int space, Quality quality) {}

    private record Past(long sinceMillis, Picture picture) {}

    private final Store store;
    private final long budgetBytes;
    private final Map<Rendition, Picture> newest = new HashMap<>();
    private final PriorityQueue<Past> history = new PriorityQueue<>(Comparator.comparingLong(Past::sinceMillis));

    NewestFirstPolicy(Store store, long budgetBytes) {
        this.store = store;
        this.budgetBytes = budgetBytes;
    }

    @Override
    public boolean get(Event request) {
        return store.holds(request.picture());
    }

    @Override
    public void put(Event event) {
        Picture picture = event.picture();
        Picture before = newest.put(new Rendition(picture.space(), picture.quality()), picture);
        store.add(picture);
        if (before != null) {
            history.add(new Past(picture.millis(), before));
        }
        while (store.heldBytes() > budgetBytes) {
            store.remove(takeLeast());
        }
    }

    private Picture takeLeast() {
        Past oldest = history.poll();
        return oldest == null ? takeLeastNewest() : oldest.picture();
    }

    private Picture takeLeastNewest() {
        List<Picture> lesser = new ArrayList<>(newest.values());
        lesser.removeIf(this::isBestOfItsSpace);
        Picture least = (lesser.isEmpty() ? newest.values() : lesser)
                .stream().min(Comparator.comparingLong(Picture::millis)).orElseThrow();
        newest.remove(new Rendition(least.space(), least.quality()));
        return least;
    }

    private boolean isBestOfItsSpace(Picture picture) {
        return newest.values().stream()
                .filter(other -> other.space() == picture.space())
                .min(Comparator.comparing(Picture::revision).reversed().thenComparing(Picture::quality))
                .filter(best -> best == picture)
                .isPresent();
    }
}
