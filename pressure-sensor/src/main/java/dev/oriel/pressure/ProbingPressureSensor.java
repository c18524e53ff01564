package dev.oriel.pressure;

import dev.oriel.pressure.PressureProbe.Depth;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;

/** Looks, judges, tells, and waits until it is time to look again: round and round, on a thread of its own. */
final class ProbingPressureSensor implements PressureSensor {
    private static final Logger log = LoggerFactory.getLogger(ProbingPressureSensor.class);
    /* What is given up is back at the system within 100 ms; 150 ms later no forecast looks back to before that. */
    private static final Duration SETTLE = Duration.ofMillis(250);
    /* When a look comes later than it was due by so many of the longest pauses, anything may have happened. */
    private static final int PAUSES_TO_A_GAP = 4;
    private static final Duration LONGEST_GOODBYE = Duration.ofSeconds(2);

    private final PressureProbe probe;
    private final LongSupplier nanoTime;
    private final Clock clock;
    private final LongConsumer idle;

    private final long intervalNanos;
    private final long forecastNanos;
    private final Duration dwell;
    private final LevelMachine machine;
    private final ProbePace pace;
    private final StatusFeed feed = new StatusFeed();
    private final Thread thread = new Thread(this::run, "oriel-pressure");
    private final Object probeLock = new Object();
    private boolean probeIsClosed;
    private volatile boolean closed;

    /* What follows belongs to the thread above. */
    private final LevelTrace trace = new LevelTrace();
    private final Set<String> loggedFailures = new HashSet<>();
    private LevelState state = LevelState.believing(Optional.empty());
    private Optional<PressureLevel> decided = Optional.empty();
    private @Nullable Instant since;
    private boolean looked;
    private long lookedAtNanos;
    private long lookedFullyAtNanos;
    private long pauseNanos;
    private @Nullable Throwable failure;
    private @Nullable PressureLevel toldPresent;

    private ProbingPressureSensor(
            PressureProbe probe,
            PressureSensorSettings settings,
            LongSupplier nanoTime,
            Clock clock,
            LongConsumer idle) {
        this.probe = probe;
        this.nanoTime = nanoTime;
        this.clock = clock;
        this.idle = idle;
        intervalNanos = settings.interval().toNanos();
        forecastNanos = settings.forecast().toNanos();
        dwell = settings.relaxAfter();
        machine = new LevelMachine(dwell, SETTLE);
        pace = new ProbePace(settings);
    }

    /**
     * Begins to look at once. The sensor owns the probe from now on: closing the one closes the other.
     *
     * @param idle lets so many nanoseconds pass whatever happens; for the little that must lie between two looks
     */
    static ProbingPressureSensor open(
            PressureProbe probe,
            PressureSensorSettings settings,
            LongSupplier nanoTime,
            Clock clock,
            LongConsumer idle) {
        ProbingPressureSensor sensor = new ProbingPressureSensor(probe, settings, nanoTime, clock, idle);
        sensor.thread.setDaemon(true);
        sensor.thread.start();
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

    /* Waits for the thread, but not for one that hangs in the system, and not if a subscriber closes on it. */
    @Override
    public void close() {
        closed = true;
        feed.close();
        synchronized (probeLock) {
            if (!probeIsClosed) {
                probe.wake();
            }
        }
        LockSupport.unpark(thread);
        if (Thread.currentThread() != thread) {
            try {
                thread.join(LONGEST_GOODBYE.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void run() {
        try {
            while (!closed) {
                long startedAt = nanoTime.getAsLong();
                rest(startedAt, round(startedAt));
                if (Thread.interrupted()) {
                    log.debug("a listener left an interrupt, with which no wait would be one");
                }
            }
        } finally {
            synchronized (probeLock) {
                probeIsClosed = true;
                probe.close();
            }
        }
    }

    /* Errors too: a heap that is full for a moment must not end the watch over memory. */
    private long round(long nowNanos) {
        try {
            return look(nowNanos);
        } catch (RuntimeException | Error broken) {
            logOnce(broken);
            return pace.longestNanos();
        }
    }

    private long look(long nowNanos) {
        boolean afterGap = looked && isGap(nowNanos - lookedAtNanos);
        boolean full = !looked || afterGap || nowNanos - lookedFullyAtNanos >= intervalNanos;
        Sight sight = see(full ? Depth.FULL : Depth.QUICK, nowNanos);
        LevelState next = machine.next(state, nowNanos, sight, afterGap);
        if (!full && !next.level().equals(state.level())) {
            full = true;
            sight = see(Depth.FULL, nowNanos);
            next = machine.next(state, nowNanos, sight, afterGap);
        }
        looked = true;
        lookedAtNanos = nowNanos;
        lookedFullyAtNanos = full ? nowNanos : lookedFullyAtNanos;
        long pause =
                failure == null ? pace.nanosAfter(probe, next.level().orElse(null), nowNanos) : pace.longestNanos();
        believe(next, nowNanos, sight, afterGap, full);
        pauseNanos = Math.min(pause, Math.max(pace.shortestNanos(), lookedFullyAtNanos + intervalNanos - nowNanos));
        return pauseNanos;
    }

    private boolean isGap(long elapsedNanos) {
        return elapsedNanos < 0 || elapsedNanos - pauseNanos > PAUSES_TO_A_GAP * pace.longestNanos();
    }

    private @Nullable Sight see(Depth depth, long nowNanos) {
        try {
            probe.look(depth, nowNanos);
            failure = null;
            return Sight.of(probe, forecastNanos, dwell.toNanos());
        } catch (RuntimeException | Error broken) {
            logOnce(broken);
            failure = broken;
            return null;
        }
    }

    private void believe(LevelState next, long nowNanos, @Nullable Sight sight, boolean afterGap, boolean full) {
        LevelState before = state;
        if (!next.equals(before)) {
            trace.add(before, LevelStep.of(nowNanos, sight, afterGap));
            state = next;
        }
        PressureLevel present = sight == null ? null : sight.present();
        if (full || present != toldPresent || !next.level().equals(decided)) {
            tell(before, nowNanos);
            toldPresent = present;
        }
    }

    private void tell(LevelState before, long nowNanos) {
        PressureReading reading = reading();
        Instant now = clock.instant();
        Instant holdsSince = since == null ? now : since;
        if (!state.level().equals(decided)) {
            PressureDecision decision = decision(before, reading, now, nowNanos);
            holdsSince = now;
            decided = state.level();
            trace.clear();
            feed.publish(decision);
        }
        since = holdsSince;
        feed.publish(new PressureStatus(state.level(), holdsSince, Optional.of(reading)));
    }

    private PressureDecision decision(LevelState before, PressureReading reading, Instant now, long nowNanos) {
        return new PressureDecision(
                now,
                decided,
                state.level(),
                reason(before, reading, nowNanos),
                Optional.of(reading),
                trace.steps(),
                trace.start(),
                dwell,
                SETTLE,
                Optional.empty());
    }

    private String reason(LevelState before, PressureReading reading, long nowNanos) {
        if (state.level().isEmpty()) {
            return Reason.ofUnknown(before, nowNanos);
        }
        PressureLevel to = state.level().get();
        return decided.filter(from -> from.isAtLeast(to))
                .map(from -> Reason.ofBetter(before, from, nowNanos))
                .orElseGet(() -> Reason.ofWorse(to, reading, forecastNanos));
    }

    private PressureReading reading() {
        if (failure == null) {
            return probe.reading();
        }
        return new PressureReading(List.of(), List.of("the probe failed: " + failure), clock.instant());
    }

    /* Counted from the start of the round: what the looking took does not add up. However often the kernel calls, the
     * shortest time lies between two looks. */
    private void rest(long startedAtNanos, long pauseNanos) {
        long remaining = pauseNanos - elapsedSince(startedAtNanos);
        try {
            if (!closed) {
                probe.await(Math.max(0, remaining));
            }
            remaining = pace.shortestNanos() - elapsedSince(startedAtNanos);
        } catch (RuntimeException | Error broken) {
            logOnce(broken);
        }
        if (!closed && remaining > 0) {
            idle.accept(remaining);
        }
    }

    private long elapsedSince(long startedAtNanos) {
        return Math.max(0, nanoTime.getAsLong() - startedAtNanos);
    }

    /* Where the heap is full there may be none left to say so. */
    private void logOnce(Throwable broken) {
        try {
            if (loggedFailures.add(broken.getClass().getName())) {
                log.warn("A round of the pressure sensor failed; the same failure is not logged again", broken);
            }
        } catch (RuntimeException | Error speechless) {
            failure = failure == null ? speechless : failure;
        }
    }
}
