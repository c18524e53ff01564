package dev.oriel.pressure;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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
    private Optional<PressureLevel> believed = Optional.empty();

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
    public Flux<PressureDecision> decisions() {
        return feed.decisions();
    }

    @Override
    public void close() {
        subscription.dispose();
        feed.close();
    }

    private void tell(PressureLevel level) {
        believe(Optional.of(level), "told", Sight.of(level, level, level), Optional.empty(), clock.instant());
    }

    private void tellOfFailure(Throwable failure) {
        log.warn("The level is unknown from now on, its publisher failed", failure);
        String reason = "the publisher of levels failed: " + failure;
        Instant now = clock.instant();
        PressureReading nothing = new PressureReading(List.of(), List.of(reason), now);
        believe(Optional.empty(), reason, null, Optional.of(nothing), now);
    }

    private void believe(
            Optional<PressureLevel> to,
            String reason,
            @Nullable Sight sight,
            Optional<PressureReading> reading,
            Instant now) {
        Optional<PressureLevel> from = believed;
        believed = to;
        if (!to.equals(from)) {
            feed.publish(decision(from, to, reason, sight, reading, now));
        }
        feed.publish(new PressureStatus(to, now, reading));
    }

    /* What is told is what a machine without a dwell makes of a single look. */
    private static PressureDecision decision(
            Optional<PressureLevel> from,
            Optional<PressureLevel> to,
            String reason,
            @Nullable Sight sight,
            Optional<PressureReading> reading,
            Instant now) {
        return new PressureDecision(
                now,
                from,
                to,
                reason,
                reading,
                List.of(LevelStep.of(0, sight, false)),
                LevelState.believing(from),
                Duration.ZERO,
                Duration.ZERO,
                Optional.empty());
    }
}
