package dev.oriel.gateway;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/** The newest changes of the level, each growing while it is answered. Safe for many threads. */
final class Transitions {

    /** The most that are kept. */
    static final int MOST = 32;

    private static final Logger log = LoggerFactory.getLogger(Transitions.class);

    private final Map<Long, Transition> newest = new LinkedHashMap<>();
    private final Sinks.Many<Transition> changes = Sinks.many().multicast().directBestEffort();

    /** Keeps a new one, and tells nobody: the answer comes before the news of it. */
    void add(Transition transition) {
        synchronized (newest) {
            newest.put(transition.number(), transition);
            if (newest.size() > MOST) {
                newest.remove(newest.keySet().iterator().next());
            }
        }
    }

    /** Changes one that is still kept, and tells nobody. */
    void update(long number, UnaryOperator<Transition> change) {
        synchronized (newest) {
            newest.computeIfPresent(number, (key, transition) -> change.apply(transition));
        }
    }

    /** Tells how one stands that is still kept. */
    void tell(long number) {
        synchronized (newest) {
            newest(number).ifPresent(this::tell);
        }
    }

    /** Changes one that is still kept, and tells how it stands now. */
    void updateAndTell(long number, UnaryOperator<Transition> change) {
        synchronized (newest) {
            update(number, change);
            tell(number);
        }
    }

    /* Under the lock, so that nobody is told of an older state of a transition after a newer one. */
    private void tell(Transition transition) {
        Sinks.EmitResult result = changes.tryEmitNext(transition);
        if (result.isFailure()) {
            log.trace("nobody was told: {}", result);
        }
    }

    /** The oldest kept comes first. */
    List<Transition> newest() {
        synchronized (newest) {
            return List.copyOf(newest.values());
        }
    }

    /** The one with a number, if it is still kept. */
    Optional<Transition> newest(long number) {
        synchronized (newest) {
            return Optional.ofNullable(newest.get(number));
        }
    }

    /** Hot: each transition when it begins and each time the process was measured after it. A slow subscriber gets the newest. */
    Flux<Transition> changes() {
        return changes.asFlux().onBackpressureLatest();
    }
}
