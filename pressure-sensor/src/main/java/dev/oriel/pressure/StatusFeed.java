package dev.oriel.pressure;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.BufferOverflowStrategy;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.publisher.Sinks.EmitFailureHandler;

/**
 * Shares one line of statuses and one of decisions among all subscribers of a sensor. One thread at a time publishes;
 * any thread may close.
 */
final class StatusFeed {
    private static final Logger log = LoggerFactory.getLogger(StatusFeed.class);
    private static final int KEPT_DECISIONS = 64;

    private final Sinks.Many<PressureStatus> newest = Sinks.many().replay().latest();
    private final Sinks.Many<PressureDecision> history = Sinks.many().replay().limit(KEPT_DECISIONS);
    /* Closing does not go through the sinks above: it may come from any thread, in the middle of a signal. */
    private final Sinks.Empty<Void> closing = Sinks.empty();
    private final Mono<Void> closed = closing.asMono();

    void publish(PressureStatus status) {
        newest.emitNext(status, EmitFailureHandler.FAIL_FAST);
    }

    void publish(PressureDecision decision) {
        history.emitNext(decision, EmitFailureHandler.FAIL_FAST);
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

    Flux<PressureDecision> decisions() {
        return history.asFlux()
                .takeUntilOther(closed)
                .onBackpressureBuffer(KEPT_DECISIONS, BufferOverflowStrategy.DROP_OLDEST);
    }

    void close() {
        Sinks.EmitResult result = closing.tryEmitEmpty();
        if (result.isFailure()) {
            log.debug("nothing to close: {}", result);
        }
    }
}
