package dev.oriel.pressure;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;

/** Believes the levels it is told. Told nothing more, it stays with the last; told of a failure, it knows none. */
final class PublishedPressureSensor implements PressureSensor {
    private static final Logger log = LoggerFactory.getLogger(PublishedPressureSensor.class);

    private final Clock clock;
    private final StatusFeed feed = new StatusFeed();
    private final Disposable.Swap subscription = Disposables.swap();

    private PublishedPressureSensor(Clock clock) {
        this.clock = clock;
    }

    static PublishedPressureSensor open(Publisher<PressureLevel> levels, Clock clock) {
        PublishedPressureSensor sensor = new PublishedPressureSensor(clock);
        sensor.subscription.update(
                Flux.from(levels).distinctUntilChanged().subscribe(sensor::tell, sensor::tellOfFailure));
        return sensor;
    }

    @Override
    public Flux<PressureLevel> levels() {
        return feed.levels();
    }

    @Override
    public Flux<PressureStatus> statuses() {
        return feed.statuses();
    }

    @Override
    public void close() {
        subscription.dispose();
        feed.close();
    }

    private void tell(PressureLevel level) {
        feed.publish(new PressureStatus(Optional.of(level), clock.instant(), Optional.empty()));
    }

    private void tellOfFailure(Throwable failure) {
        log.warn("The level is unknown from now on, its publisher failed", failure);
        Instant now = clock.instant();
        PressureReading nothing =
                new PressureReading(List.of(), List.of("the publisher of levels failed: " + failure), now);
        feed.publish(new PressureStatus(Optional.empty(), now, Optional.of(nothing)));
    }
}
