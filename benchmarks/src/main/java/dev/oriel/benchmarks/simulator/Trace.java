package dev.oriel.benchmarks.simulator;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Pictures that come and requests for them, in the order of time.
 *
 * @param contentBytes of each content that a stripe has
 */
record Trace(String name, List<Event> events, int[] contentBytes) {

    /** What happens. */
    enum Kind {
        /** A picture comes. */
        PUT,
        /** Somebody wants the newest picture, which can be taken again if it is not there. */
        LATEST,
        /** Somebody wants a picture of before, which is lost if it is not there. */
        LOOK_BACK
    }

    /**
     * Something that happens.
     *
     * @param picture what comes, or what would be the right answer
     */
    record Event(long millis, Kind kind, Picture picture) {

        boolean isRequest() {
            return kind != Kind.PUT;
        }
    }

    Trace {
        events = List.copyOf(events);
    }

    /** Puts pictures and requests into order; of one moment the pictures first. */
    static Trace of(String name, Screens screens, List<Event> requests) {
        Stream<Event> puts = screens.pictures().map(picture -> new Event(picture.millis(), Kind.PUT, picture));
        List<Event> events = Stream.concat(puts, requests.stream())
                .sorted(Comparator.comparingLong(Event::millis).thenComparing(Event::kind))
                .toList();
        return new Trace(name, events, screens.contentBytes());
    }

    long requests() {
        return events.stream().filter(Event::isRequest).count();
    }
}
