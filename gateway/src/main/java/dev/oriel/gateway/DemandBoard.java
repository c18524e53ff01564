package dev.oriel.gateway;

import dev.oriel.capture.SpaceId;
import dev.oriel.optimizer.Demand;
import dev.oriel.optimizer.Interest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/** What all who look want together. Whoever looks takes a place and says there what they want. Safe for many threads. */
final class DemandBoard {

    private final Map<Place, List<Interest>> interests = new LinkedHashMap<>();
    private final Sinks.Many<Demand> sink = Sinks.many().replay().latestOrDefault(Demand.NONE);
    /** The newest last. */
    private final Map<Place, SpaceId> focuses = new LinkedHashMap<>();

    /** One who looks. */
    final class Place implements AutoCloseable {

        private boolean closed;

        /** Of no effect when closed. */
        void want(List<Interest> wanted) {
            synchronized (DemandBoard.this) {
                if (!closed) {
                    interests.put(this, List.copyOf(wanted));
                    publish();
                }
            }
        }

        /** Brings a space to the front for all, or no longer; of several focuses the newest counts. */
        void focus(Optional<SpaceId> space) {
            synchronized (DemandBoard.this) {
                if (space.equals(Optional.ofNullable(focuses.get(this)))) {
                    return;
                }
                focuses.remove(this);
                if (!closed) {
                    space.ifPresent(focused -> focuses.put(this, focused));
                }
                publish();
            }
        }

        @Override
        public void close() {
            synchronized (DemandBoard.this) {
                closed = true;
                interests.remove(this);
                focuses.remove(this);
                publish();
            }
        }
    }

    Place take() {
        return new Place();
    }

    /** Hot; a late subscriber gets the newest at once. */
    Flux<Demand> demands() {
        return sink.asFlux().distinctUntilChanged().onBackpressureLatest();
    }

    private void publish() {
        List<Interest> all = new ArrayList<>();
        interests.values().forEach(all::addAll);
        Optional<SpaceId> focus = focuses.values().stream().reduce((older, newer) -> newer);
        sink.emitNext(new Demand(all, focus), Sinks.EmitFailureHandler.FAIL_FAST);
    }
}
