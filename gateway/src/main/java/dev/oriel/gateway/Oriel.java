package dev.oriel.gateway;

import dev.oriel.cache.CacheStats;
import dev.oriel.cache.FrameCache;
import dev.oriel.cache.FrameCacheSettings;
import dev.oriel.capture.CaptureEngine;
import dev.oriel.capture.CaptureSchedule;
import dev.oriel.capture.CaptureStats;
import dev.oriel.capture.Quality;
import dev.oriel.capture.ScreenSource;
import dev.oriel.capture.Space;
import dev.oriel.capture.SpaceId;
import dev.oriel.capture.SpaceState;
import dev.oriel.optimizer.CaptureOptimizer;
import dev.oriel.optimizer.Demand;
import dev.oriel.optimizer.LevelPlan;
import dev.oriel.optimizer.SchedulePolicy;
import dev.oriel.pressure.PressureDecision;
import dev.oriel.pressure.PressureLevel;
import dev.oriel.pressure.PressureSensor;
import dev.oriel.pressure.PressureStatus;
import dev.oriel.pressure.SimulablePressureSensor;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.helpers.NOPLogger;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * The whole system without its sockets: levels become plans, plans and demand become schedules, the engine follows them,
 * its frames go into the cache, and whoever listens is told that they came.
 */
final class Oriel implements AutoCloseable {

    /** Pictures change the memory in use; those that come meanwhile wait for the same look. */
    private static final Duration KEPT_AFTER_NEWS = Duration.ofSeconds(1);
    /** While no picture comes the process hardly grows, and it does not matter when just the oldest pictures go. */
    private static final Duration KEPT_WITHOUT_NEWS = Duration.ofSeconds(10);
    /** A window manager that restarts takes its desktops away for a moment; their pictures are kept that long. */
    private static final Duration FORGET_AFTER = Duration.ofSeconds(60);

    private static final String HEAP = "heap";

    private final PressureSensor sensor;
    private final Clock clock;
    private final FrameCache cache;
    private final CaptureEngine engine;
    private final BudgetKeeper budgetKeeper;
    private final Transitions transitions = new Transitions();
    private final Consumer<Boolean> shortOfMemory;
    private final Logger log;
    private final PressureAnswer answer;
    private final DemandBoard demand = new DemandBoard();
    private final Pictures pictures;
    private final MeasuredPictures measuredPictures;
    private final PastPictures pastPictures;
    private final Sinks.Many<Optional<PressureLevel>> levels =
            Sinks.many().replay().latest();
    private final Sinks.Many<LevelPlan> plans = Sinks.many().replay().latest();
    private final Sinks.Many<List<Space>> spaceLists = Sinks.many().replay().latest();
    private final Disposable.Composite running = Disposables.composite();
    private final Scheduler housekeeper = Schedulers.newSingle("oriel-housekeeper", true);

    private final Map<SpaceId, Instant> goneSince = new HashMap<>();
    private final Set<String> monitored;
    private final Set<String> redacted;
    private final long thumbnailPixels;
    private volatile List<Space> spaces = List.of();
    private volatile LevelPlan plan;
    private volatile Demand demanded = Demand.NONE;
    private volatile Optional<PressureStatus> pressure = Optional.empty();
    private volatile Optional<String> failure = Optional.empty();

    private Oriel(
            Settings settings,
            List<ScreenSource> sources,
            PressureSensor sensor,
            Clock clock,
            PressureAnswer.Way heap,
            Consumer<Boolean> shortOfMemory,
            Logger log) {
        this.shortOfMemory = shortOfMemory;
        this.log = log;
        CaptureOptimizer optimizer = new CaptureOptimizer(settings.pressure(), settings.monitored());
        this.clock = clock;
        this.sensor = sensor;
        this.monitored = settings.monitored();
        this.redacted = settings.capture().redaction().areas().stream()
                .flatMap(rule -> rule.space().stream())
                .map(SpaceId::value)
                .collect(Collectors.toSet());
        this.thumbnailPixels =
                (long) settings.capture().thumbnailWidth() * settings.capture().thumbnailHeight();
        this.plan = Objects.requireNonNull(optimizer.plans(Flux.empty()).blockFirst());
        this.cache = FrameCache.open(
                FrameCacheSettings.defaults()
                        .withBudgetBytes(plan.budgetBytes())
                        .withTtl(settings.ttl())
                        .withHistory(settings.history())
                        .withPoisonFreed(settings.poisonFreed()),
                clock);
        this.pictures = new Pictures(
                cache,
                new SchedulePolicy(settings.monitored()),
                demand,
                () -> new Pictures.Situation(plan, spaces, demanded));
        this.engine = CaptureEngine.start(sources, cache.memory(), settings.capture(), clock);
        this.measuredPictures = new MeasuredPictures(engine, cache, pictures, () -> plan);
        this.pastPictures = new PastPictures(cache, pictures, measuredPictures, () -> plan);
        this.budgetKeeper = new BudgetKeeper(cache, ProcessMemory::residentBytes, this::mostPixels);
        this.answer = new PressureAnswer(
                budgetKeeper,
                waysOfAllocators(),
                heap,
                shortOfMemory,
                ProcessMemory::residentBytes,
                transitions,
                housekeeper,
                System::nanoTime,
                log);
        run(optimizer);
    }

    /**
     * Starts everything; nothing is captured until somebody wants it.
     *
     * @param sources from now on the system's
     * @param sensor from now on the system's
     */
    static Oriel start(Settings settings, List<ScreenSource> sources, PressureSensor sensor, Clock clock) {
        return new Oriel(
                settings,
                sources,
                sensor,
                clock,
                new PressureAnswer.Way(HEAP, System::gc),
                new JavaHeap()::leaveRoom,
                LoggerFactory.getLogger(Oriel.class));
    }

    /** The same, but it leaves the Java heap to the process, and does not log what becomes of the level. */
    static Oriel unnoticed(Settings settings, List<ScreenSource> sources, PressureSensor sensor, Clock clock) {
        return new Oriel(
                settings,
                sources,
                sensor,
                clock,
                new PressureAnswer.Way(HEAP, () -> {}),
                isShort -> {},
                NOPLogger.NOP_LOGGER);
    }

    private void run(CaptureOptimizer optimizer) {
        running.add(sensor.statuses().subscribe(surely(this::follow), this::failed));
        running.add(sensor.decisions().subscribe(surely(this::follow), this::failed));
        running.add(optimizer.plans(levels.asFlux()).subscribe(surely(this::follow), this::failed));
        running.add(engine.spaces().subscribe(surely(this::follow), this::failed));
        running.add(demand.demands().subscribe(surely(this::follow), this::failed));
        Flux<CaptureSchedule> schedules = optimizer
                .schedules(plans.asFlux(), spaceLists.asFlux(), demand.demands())
                .doOnNext(pictures::follow);
        running.add(engine.frames(schedules).subscribe(pictures::put, this::failed));
        running.add(timesToKeepHouse(pictures.arrivals(), housekeeper).subscribe(time -> keepHouse(), this::failed));
    }

    private <T> Consumer<T> surely(Consumer<T> follower) {
        return new FollowsAgain<>(follower, housekeeper);
    }

    /** A while after news, once for all that came meanwhile; and now and then without any. Never makes the news wait. */
    static Flux<Long> timesToKeepHouse(Flux<?> news, Scheduler timer) {
        return Flux.merge(
                news.onBackpressureLatest().concatMap(one -> Mono.delay(KEPT_AFTER_NEWS, timer), 0),
                Flux.interval(KEPT_WITHOUT_NEWS, timer).onBackpressureDrop());
    }

    private void failed(Throwable cause) {
        log.error("a part of Oriel failed and does not come back; restart Oriel", cause);
        failure = Optional.of(cause.toString());
    }

    /** What failed for good; empty while all is well. */
    Optional<String> failure() {
        return failure;
    }

    private static List<PressureAnswer.Way> waysOfAllocators() {
        return NativeHeap.trimming()
                .map(trim -> List.of(new PressureAnswer.Way("malloc", trim)))
                .orElse(List.of());
    }

    private void follow(PressureStatus next) {
        pressure = Optional.of(next);
    }

    private void follow(PressureDecision next) {
        answer.decided(next, plan);
        pressure = Optional.of(new PressureStatus(next.to(), next.at(), next.reading()));
        levels.emitNext(next.to(), Sinks.EmitFailureHandler.busyLooping(Duration.ofSeconds(1)));
        boolean isNews = next.from().isPresent() || !next.to().equals(Optional.of(PressureLevel.GREEN));
        if (isNews) {
            log.info(
                    "memory pressure is {}, was {}: {}",
                    TransitionView.name(next.to()),
                    TransitionView.name(next.from()),
                    next.reason());
        }
    }

    /* The answer comes first: those who listen may take their time. */
    private void follow(LevelPlan next) {
        LevelPlan before = plan;
        plan = next;
        answer.planned(before, this::plan);
        plans.emitNext(next, Sinks.EmitFailureHandler.busyLooping(Duration.ofSeconds(1)));
    }

    private void follow(List<Space> next) {
        if (spaces.isEmpty()) {
            tellUnknown(Setting.MONITORED_SPACES, monitored, next);
            tellUnknown(Setting.ORIEL_REDACT, redacted, next);
        }
        noteGone(next);
        spaces = next;
        pictures.keepCurrent(next.stream()
                .filter(space -> space.state() == SpaceState.LIVE)
                .map(Space::id)
                .collect(Collectors.toSet()));
        favourActive();
        spaceLists.emitNext(next, Sinks.EmitFailureHandler.busyLooping(Duration.ofSeconds(1)));
    }

    private void tellUnknown(Setting setting, Set<String> named, List<Space> known) {
        Set<String> unknown = new TreeSet<>(named);
        known.forEach(space -> unknown.removeIf(name -> name.equals(Integer.toString(space.index()))
                || name.equals(space.id().value())
                || space.id().value().startsWith(name + "-")));
        if (!unknown.isEmpty()) {
            log.warn("{} names what is not there now: {}", setting, String.join(", ", unknown));
        }
    }

    private void noteGone(List<Space> next) {
        synchronized (goneSince) {
            spaces.forEach(space -> goneSince.putIfAbsent(space.id(), clock.instant()));
            next.forEach(space -> goneSince.remove(space.id()));
        }
    }

    private void forgetGone() {
        Instant latest = clock.instant().minus(FORGET_AFTER);
        List<SpaceId> forgotten = new ArrayList<>();
        synchronized (goneSince) {
            goneSince.forEach((space, since) -> {
                if (since.isBefore(latest)) {
                    forgotten.add(space);
                }
            });
            forgotten.forEach(goneSince::remove);
        }
        forgotten.forEach(cache::forget);
    }

    private void follow(Demand next) {
        demanded = next;
        favourActive();
    }

    private void favourActive() {
        cache.favour(SchedulePolicy.active(spaces, demanded).map(Space::id));
    }

    private long mostPixels(Quality quality) {
        long ofSpace = spaces.stream()
                .mapToLong(space -> (long) space.width() * space.height())
                .max()
                .orElse(0);
        return quality == Quality.THUMBNAIL ? Math.min(thumbnailPixels, ofSpace) : ofSpace;
    }

    private void keepHouse() {
        cache.expire();
        forgetGone();
        budgetKeeper.apply(plan);
        answer.keepCeiling(plan);
    }

    /** The newest list. */
    List<Space> spaces() {
        return spaces;
    }

    /** Hot; a late subscriber gets the newest list at once. */
    Flux<List<Space>> spaceLists() {
        return spaceLists.asFlux().onBackpressureLatest();
    }

    Optional<Space> space(SpaceId id) {
        return spaces.stream().filter(space -> space.id().equals(id)).findFirst();
    }

    LevelPlan plan() {
        return plan;
    }

    /** Hot; a late subscriber gets the newest plan at once. */
    Flux<LevelPlan> plans() {
        return plans.asFlux().onBackpressureLatest();
    }

    /** Empty until the sensor first spoke. */
    Optional<PressureStatus> pressure() {
        return pressure;
    }

    /** The newest changes of the level. */
    Transitions transitions() {
        return transitions;
    }

    /** Whether the sensor can be made to see what is not there. */
    boolean canSimulate() {
        return sensor instanceof SimulablePressureSensor;
    }

    /**
     * Simulates a level; no time ends a simulation. Cold; completes when everybody was told, on a thread that is not the one that answers.
     *
     * @throws IllegalStateException as a signal, if the sensor cannot simulate
     */
    Mono<Void> simulate(PressureLevel level, Duration time) {
        return Mono.<Void>fromRunnable(() -> {
                    if (!(sensor instanceof SimulablePressureSensor simulable)) {
                        throw new IllegalStateException("the sensor cannot simulate");
                    }
                    if (time.isZero()) {
                        simulable.endSimulation();
                    } else {
                        simulable.simulate(level, time);
                    }
                })
                .subscribeOn(Schedulers.boundedElastic());
    }

    /** Hot; a late subscriber gets the newest level at once. Only what changes is told, however often the sensor looks. */
    Flux<Optional<PressureLevel>> levels() {
        return levels.asFlux().onBackpressureLatest();
    }

    DemandBoard demand() {
        return demand;
    }

    /** What all want together. */
    Demand demanded() {
        return demanded;
    }

    CacheStats cacheStats() {
        return cache.stats();
    }

    CaptureStats captureStats() {
        return engine.stats();
    }

    /** The pictures there are, and how to get one. */
    Pictures pictures() {
        return pictures;
    }

    /** Pictures of a part of a space, or in a size of their own. */
    MeasuredPictures measuredPictures() {
        return measuredPictures;
    }

    /** Pictures of the past, and which there are. */
    PastPictures pastPictures() {
        return pastPictures;
    }

    /** Stops everything and frees all memory, within two seconds. */
    @Override
    public void close() {
        running.dispose();
        engine.close();
        sensor.close();
        housekeeper.dispose();
        shortOfMemory.accept(false);
        cache.close();
    }
}
