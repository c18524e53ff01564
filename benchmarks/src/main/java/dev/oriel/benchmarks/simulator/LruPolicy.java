package dev.oriel.benchmarks.simulator;

import dev.oriel.benchmarks.simulator.Trace.Event;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Drops what was not asked for longest. With a TTL it answers with nothing older, as it cannot know what has changed. */
final class LruPolicy implements Policy {

    static final long NO_TTL = Long.MAX_VALUE;

    private final Store store;
    private final long budgetBytes;
    private final long ttlMillis;
    private final Map<Picture, Long> putMillis = new LinkedHashMap<>(16, 0.75f, true);

    LruPolicy(Store store, long budgetBytes, long ttlMillis) {
        this.store = store;
        this.budgetBytes = budgetBytes;
        this.ttlMillis = ttlMillis;
    }

    @Override
    public boolean get(Event request) {
        Long put = putMillis.get(request.picture());
        return put != null && request.millis() - put <= ttlMillis;
    }

    @Override
    public void put(Event event) {
        Picture picture = event.picture();
        putMillis.put(picture, event.millis());
        if (!store.holds(picture)) {
            store.add(picture);
            Iterator<Picture> eldest = putMillis.keySet().iterator();
            while (store.heldBytes() > budgetBytes) {
                store.remove(eldest.next());
                eldest.remove();
            }
        }
    }
}
