package dev.oriel.pressure;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;

/**
 * Passes on what a real sensor says, made worse while something is simulated. Signals come from two sides, the real
 * sensor and whoever simulates; the lock of this object keeps them in order.
 */
final class SimulatingPressureSensor implements SimulablePressureSensor {
    private final PressureSensor real;
    private final Scheduler scheduler;
    private final Clock clock;
    private final StatusFeed feed = new StatusFeed();
    private final Disposable.Composite subscriptions = Disposables.composite();
    private final Disposable.Swap ending = Disposables.swap();

    private Optional<Simulation> simulation = Optional.empty();
    private Optional<PressureLevel> realLevel = Optional.empty();
    private @Nullable PressureStatus realStatus;
    private @Nullable PressureStatus published;

    private SimulatingPressureSensor(PressureSensor real, Scheduler scheduler, Clock clock) {
        this.real = real;
        this.scheduler = scheduler;
        this.clock = clock;
    }

    /** Follows the real sensor from now on, and owns it. */
    static SimulatingPressureSensor open(PressureSensor real, Scheduler scheduler, Clock clock) {
        SimulatingPressureSensor sensor = new SimulatingPressureSensor(real, scheduler, clock);
        sensor.subscriptions.add(real.decisions().subscribe(sensor::followDecision));
        sensor.subscriptions.add(real.statuses().subscribe(sensor::followStatus, failed -> {}, sensor.feed::close));
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
        ending.dispose();
        subscriptions.dispose();
        feed.close();
        real.close();
    }

    @Override
    public void simulate(PressureLevel level, Duration time) {
        if (time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException("time must be positive, was " + time);
        }
        String reason = "simulated " + level + " for " + seconds(time) + " s";
        synchronized (this) {
            if (!subscriptions.isDisposed()) {
                Simulation begun = new Simulation(level, clock.instant().plus(time));
                change(Optional.of(begun), reason);
                ending.update(scheduler.schedule(() -> endByItself(begun), time.toNanos(), NANOSECONDS));
            }
        }
    }

    @Override
    public synchronized void endSimulation() {
        ending.update(Disposables.disposed());
        simulation.ifPresent(ended -> change(Optional.empty(), "the simulation of " + ended.level() + " was ended"));
    }

    @Override
    public synchronized Optional<Simulation> simulated() {
        return simulation;
    }

    private synchronized void endByItself(Simulation begun) {
        if (simulation.filter(begun::equals).isPresent()) {
            change(Optional.empty(), "the simulation of " + begun.level() + " is over");
        }
    }

    private synchronized void followDecision(PressureDecision decision) {
        realLevel = decision.to();
        Optional<PressureLevel> from = PressureDecision.worse(decision.from(), simulatedLevel());
        Optional<PressureLevel> to = believed();
        if (!from.equals(to)) {
            feed.publish(new PressureDecision(
                    decision.at(),
                    from,
                    to,
                    to.equals(realLevel) ? decision.reason() : decision.reason() + "; the level is simulated",
                    decision.reading(),
                    decision.steps(),
                    decision.start(),
                    decision.dwell(),
                    decision.settle(),
                    simulatedLevel()));
        }
    }

    private synchronized void followStatus(PressureStatus status) {
        realLevel = status.level();
        realStatus = status;
        publishStatus(status.since());
    }

    private void change(Optional<Simulation> newSimulation, String reason) {
        Optional<PressureLevel> from = believed();
        simulation = newSimulation;
        Instant now = clock.instant();
        if (!from.equals(believed())) {
            feed.publish(new PressureDecision(
                    now,
                    from,
                    believed(),
                    reason,
                    reading(),
                    List.of(),
                    LevelState.believing(realLevel),
                    Duration.ZERO,
                    Duration.ZERO,
                    simulatedLevel()));
        }
        publishStatus(now);
    }

    private void publishStatus(Instant changedAt) {
        Optional<PressureLevel> level = believed();
        Instant since = Optional.ofNullable(published)
                .filter(before -> before.level().equals(level))
                .map(PressureStatus::since)
                .orElse(changedAt);
        PressureStatus status = new PressureStatus(level, since, reading());
        published = status;
        feed.publish(status);
    }

    private Optional<PressureLevel> believed() {
        return PressureDecision.worse(realLevel, simulatedLevel());
    }

    private Optional<PressureLevel> simulatedLevel() {
        return simulation.map(Simulation::level);
    }

    /* A simulation is one more source: whoever looks for the reason of a level finds it among the others. */
    private Optional<PressureReading> reading() {
        Optional<PressureReading> read = Optional.ofNullable(realStatus).flatMap(PressureStatus::reading);
        return simulation.isEmpty() ? read : Optional.of(withSimulation(read, simulation.get()));
    }

    private PressureReading withSimulation(Optional<PressureReading> read, Simulation going) {
        List<SourceReading> sources =
                new ArrayList<>(read.map(PressureReading::sources).orElse(List.of()));
        String evidence = going.level() + " is simulated until " + going.endsAt();
        sources.add(new SourceReading("simulation", going.level(), evidence, OptionalLong.empty(), Map.of()));
        return new PressureReading(
                sources,
                read.map(PressureReading::absent).orElse(List.of()),
                read.map(PressureReading::takenAt).orElseGet(clock::instant));
    }

    private static String seconds(Duration time) {
        return BigDecimal.valueOf(time.toNanos(), 9).stripTrailingZeros().toPlainString();
    }
}
