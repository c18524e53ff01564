package dev.oriel.benchmarks.simulator;

import dev.oriel.benchmarks.simulator.Trace.Event;
import dev.oriel.benchmarks.simulator.Trace.Kind;
import dev.oriel.capture.Quality;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A trace made by hand: one second passes before each event, and every stripe has 1000 bytes unless told otherwise. */
final class TinyTrace {

    static final int STRIPE_BYTES = 1000;

    /** What a picture of one stripe takes, stored whole. */
    static final int PICTURE_BYTES = STRIPE_BYTES + Store.PICTURE_BYTES + Store.REGION_BYTES;

    private final List<Event> events = new ArrayList<>();
    private final Map<String, Picture> pictures = new HashMap<>();
    private final List<Integer> contentBytes = new ArrayList<>();
    private long millis;

    int content(int bytes) {
        contentBytes.add(bytes);
        return contentBytes.size() - 1;
    }

    TinyTrace pause(long pauseMillis) {
        millis += pauseMillis;
        return this;
    }

    /** A picture of one stripe, which is new. */
    TinyTrace put(String name, int space) {
        return put(name, space, Quality.OPTIMIZED, content(STRIPE_BYTES));
    }

    TinyTrace put(String name, int space, Quality quality, int... contents) {
        millis += 1000;
        Picture picture = new Picture(space, quality, pictures.size() + 1, millis, contents);
        pictures.put(name, picture);
        events.add(new Event(millis, Kind.PUT, picture));
        return this;
    }

    TinyTrace latest(String... names) {
        return ask(Kind.LATEST, names);
    }

    TinyTrace lookBack(String... names) {
        return ask(Kind.LOOK_BACK, names);
    }

    private TinyTrace ask(Kind kind, String... names) {
        for (String name : names) {
            millis += 1000;
            events.add(new Event(millis, kind, pictures.get(name)));
        }
        return this;
    }

    Trace trace() {
        return new Trace(
                "tiny",
                events,
                contentBytes.stream().mapToInt(Integer::intValue).toArray());
    }
}
