package dev.oriel.pressure;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;

/** Probes, judges, tells, and decides when to look again: round and round until it is closed. */
final class ProbingPressureSensor implements PressureSensor {
    private static final Logger log = LoggerFactory.getLogger(ProbingPressureSensor.class);

    private final PressureProbe probe;
    private final PressureSensorSettings settings;
    private final Scheduler scheduler;
    private final LongSupplier nanoTime;
    private final Clock clock;

    private final Hysteresis hysteresis;
    private final ProbePace pace;
    private final StatusFeed feed = new StatusFeed();
    private final Set<String> loggedFailures = new HashSet<>();

    private @Nullable PressureStatus published;
    private long publishedAtNanos;

    private ProbingPressureSensor(
            PressureProbe probe,
            PressureSensorSettings settings,
            Scheduler scheduler,
            LongSupplier nanoTime,
            Clock clock) {
        this.probe = probe;
        this.settings = settings;
        this.scheduler = scheduler;
        this.nanoTime = nanoTime;
        this.clock = clock;
        hysteresis = new Hysteresis(settings.relaxAfter());
        pace = new ProbePace(settings);
    }

    /** Begins to probe at once. The sensor owns the scheduler from now on: closing the one disposes the other. */
    static ProbingPressureSensor open(
            PressureProbe probe,
            PressureSensorSettings settings,
            Scheduler scheduler,
            LongSupplier nanoTime,
            Clock clock) {
        ProbingPressureSensor sensor = new ProbingPressureSensor(probe, settings, scheduler, nanoTime, clock);
        sensor.scheduleRound(0);
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
        feed.close();
        scheduler.dispose();
    }

    private void round() {
        long startedAt = nanoTime.getAsLong();
        Duration pause = settings.interval();
        try {
            pause = look(startedAt);
        } catch (RuntimeException broken) {
            logOnce(broken);
        } finally {
            // Counted from the start of this round: what the probe itself took does not add up.
            scheduleRound(startedAt + pause.toNanos() - nanoTime.getAsLong());
        }
    }

    private Duration look(long nowNanos) {
        PressureReading reading = readOrSayWhyNot();
        Optional<PressureLevel> believed = believe(reading, nowNanos);
        Duration pause = pace.after(reading, hysteresis.level(), nowNanos);
        PressureStatus status = new PressureStatus(believed, since(believed, reading), Optional.of(reading));
        if (isWorthTelling(status, nowNanos, pause)) {
            published = status;
            publishedAtNanos = nowNanos;
            feed.publish(status);
        }
        return pause;
    }

    private PressureReading readOrSayWhyNot() {
        try {
            return probe.probe();
        } catch (RuntimeException broken) {
            logOnce(broken);
            return new PressureReading(List.of(), List.of("the probe failed: " + broken), clock.instant());
        }
    }

    private Optional<PressureLevel> believe(PressureReading reading, long nowNanos) {
        Optional<PressureLevel> read = reading.level();
        if (read.isEmpty()) {
            hysteresis.interrupt();
        }
        return read.map(level -> hysteresis.accept(level, nowNanos));
    }

    private Instant since(Optional<PressureLevel> believed, PressureReading reading) {
        return published != null && published.level().equals(believed) ? published.since() : reading.takenAt();
    }

    private boolean isWorthTelling(PressureStatus status, long nowNanos, Duration pause) {
        return published == null
                || nowNanos + pause.toNanos() - publishedAtNanos
                        > settings.interval().toNanos()
                || !looksAlike(published, status);
    }

    /* Alike for a person: raw numbers may differ as long as the words are the same. */
    private static boolean looksAlike(PressureStatus one, PressureStatus other) {
        return one.level().equals(other.level())
                && one.reading()
                        .map(ProbingPressureSensor::words)
                        .equals(other.reading().map(ProbingPressureSensor::words));
    }

    private static List<Object> words(PressureReading reading) {
        return List.of(
                reading.absent(),
                reading.sources().stream()
                        .map(source -> List.of(source.name(), source.level(), source.evidence()))
                        .toList());
    }

    private void scheduleRound(long delayNanos) {
        try {
            scheduler.schedule(this::round, Math.max(0, delayNanos), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException closedMeanwhile) {
            log.debug("no further round, the scheduler is gone");
        }
    }

    private void logOnce(RuntimeException broken) {
        if (loggedFailures.add(broken.getClass().getName())) {
            log.warn("A round of the pressure sensor failed; the same failure is not logged again", broken);
        }
    }
}
