package dev.oriel.pressure;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.publisher.Sinks.EmitFailureHandler;

/**
 * Shares one line of statuses among all subscribers of a sensor. One thread at a time publishes; any thread may close.
 */
final class StatusFeed {
    private static final Logger log = LoggerFactory.getLogger(StatusFeed.class);

    private final Sinks.Many<PressureStatus> newest = Sinks.many().replay().latest();
    /* Closing does not go through the sink above: it may come from any thread, in the middle of a signal. */
    private final Sinks.Empty<Void> closing = Sinks.empty();
    private final Mono<Void> closed = closing.asMono();

    void publish(PressureStatus status) {
        newest.emitNext(status, EmitFailureHandler.FAIL_FAST);
    }

    /* A replaying sink keeps every element that its slowest subscriber has not asked for; with the newest alone kept for
     * each subscriber none of them can hold up memory. */
    Flux<PressureStatus> statuses() {
        return newest.asFlux().takeUntilOther(closed).onBackpressureLatest();
    }

    Flux<PressureLevel> levels() {
        return statuses()
                .<PressureLevel>handle((status, sink) -> status.level().ifPresent(sink::next))
                .distinctUntilChanged();
    }

    void close() {
        Sinks.EmitResult result = closing.tryEmitEmpty();
        if (result.isFailure()) {
            log.debug("nothing to close: {}", result);
        }
    }
}
