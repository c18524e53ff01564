package dev.oriel.benchmarks.simulator;

import dev.oriel.benchmarks.simulator.Trace.Event;
import dev.oriel.benchmarks.simulator.Trace.Kind;
import dev.oriel.capture.Quality;
import java.util.Iterator;
import java.util.LinkedHashMap;

/*
 * Its code stored nothing at all; this is what its documents say. It learns of no change: a picture is filled in when it is
 * asked for and handed out for 30 s, whatever the screen shows by then. It has raw pixels and no history.
 */
/** The system that Oriel replaces, as it was meant to be: LRU with a TTL of 30 s, one picture for each space and quality. */
final class ReplacedSystem {

    private static final long TTL_MILLIS = 30_000;
    private static final long NATIVE_BYTES = 1920 * 1080 * 4;
    private static final long THUMBNAIL_BYTES = 400 * 225 * 4;

    private record Key(int space, Quality quality) {}

    private record Entry(Picture picture, long millis) {}

    private final long budgetBytes;
    private final LinkedHashMap<Key, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
    private long heldBytes;

    private ReplacedSystem(long budgetBytes) {
        this.budgetBytes = budgetBytes;
    }

    /**
     * What it answered from its cache.
     *
     * @param hits requests
     * @param stale those of them that got a picture of another moment than they asked for
     */
    record Result(long hits, long stale) {}

    static Result play(Trace trace, long budgetBytes) {
        ReplacedSystem system = new ReplacedSystem(budgetBytes);
        long hits = 0;
        long stale = 0;
        for (Event event : trace.events()) {
            if (event.kind() == Kind.LATEST) {
                Key key = new Key(event.picture().space(), event.picture().quality());
                Entry entry = system.entries.get(key);
                if (entry != null && event.millis() - entry.millis() <= TTL_MILLIS) {
                    hits++;
                    stale += entry.picture() == event.picture() ? 0 : 1;
                } else {
                    system.put(key, new Entry(event.picture(), event.millis()));
                }
            }
        }
        return new Result(hits, stale);
    }

    private void put(Key key, Entry entry) {
        heldBytes += bytes(key) - (entries.put(key, entry) == null ? 0 : bytes(key));
        Iterator<Key> eldest = entries.keySet().iterator();
        while (heldBytes > budgetBytes) {
            heldBytes -= bytes(eldest.next());
            eldest.remove();
        }
    }

    private static long bytes(Key key) {
        return key.quality() == Quality.THUMBNAIL ? THUMBNAIL_BYTES : NATIVE_BYTES;
    }
}
