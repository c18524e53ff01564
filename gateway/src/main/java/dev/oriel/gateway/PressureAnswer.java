package dev.oriel.gateway;

import dev.oriel.optimizer.LevelPlan;
import dev.oriel.pressure.PressureDecision;
import dev.oriel.pressure.PressureLevel;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import reactor.core.scheduler.Scheduler;

/**
 * What is done about a change of the level: the cache gets its budget, and when it becomes smaller, memory goes back to
 * the system in the order of bytes for each millisecond. Frames come first; then what allocators keep for themselves; the
 * Java heap last, when what was on its way has arrived, since everybody waits while it is collected, and not again within
 * {@link #HEAP_HOLD_OFF}. What was freed meanwhile allocators have kept again, so they are asked once more. Each step is a
 * task of its own, so that the frames of a level that is worse still do not wait for the heap of this one.
 *
 * <p>Where the process grows over its ceiling later, allocators and the heap give back what has gathered.
 *
 * <p>All of it happens on one thread, and not on the one that watches the pressure.
 */
final class PressureAnswer {

    /** The least time between two collections of the Java heap. */
    static final Duration HEAP_HOLD_OFF = Duration.ofSeconds(30);

    /** What is on its way to clients when the level changes is there by then. */
    static final Duration SETTLED_AFTER = Duration.ofMillis(500);

    /** By then Java has freed what objects had outside its heap. */
    static final Duration CLEANED_AFTER = Duration.ofMillis(100);

    /** How long nothing is tried again for the ceiling that brought next to nothing. */
    static final Duration FRUITLESS_HOLD_OFF = Duration.ofMinutes(5);

    private static final long FRUIT_BYTES = 1024 * 1024;

    /** When the process is measured, after the decision. */
    private static final List<Duration> MARKS =
            List.of(Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ofSeconds(60));

    private static final double MEGABYTE = 1024 * 1024;

    /** A way to give memory back. */
    record Way(String name, Runnable giveBack) {}

    private final BudgetKeeper budget;
    private final List<Way> allocators;
    private final Way heap;
    private final Consumer<Boolean> shortOfMemory;
    private final Supplier<OptionalLong> residentBytes;
    private final Transitions transitions;
    private final Scheduler scheduler;
    private final LongSupplier nanoTime;
    private final Logger log;

    /* Of the thread of the sensor. */
    private long decided;
    private boolean isShort;

    /* Of the thread of the scheduler. */
    private long answered;
    private boolean answering;
    private OptionalLong heapNotBefore = OptionalLong.empty();
    private OptionalLong ceilingNotBefore = OptionalLong.empty();

    /**
     * Makes an answer to many decisions.
     *
     * @param allocators ways between the frames and the heap, in the order in which they are taken
     * @param shortOfMemory is told, once the frames are given back, whether the level is worse than GREEN
     * @param scheduler a single thread; what runs there may take tens of milliseconds
     */
    PressureAnswer(
            BudgetKeeper budget,
            List<Way> allocators,
            Way heap,
            Consumer<Boolean> shortOfMemory,
            Supplier<OptionalLong> residentBytes,
            Transitions transitions,
            Scheduler scheduler,
            LongSupplier nanoTime,
            Logger log) {
        this.budget = budget;
        this.allocators = List.copyOf(allocators);
        this.heap = heap;
        this.shortOfMemory = shortOfMemory;
        this.residentBytes = residentBytes;
        this.transitions = transitions;
        this.scheduler = scheduler;
        this.nanoTime = nanoTime;
        this.log = log;
    }

    /** Takes note of a decision; what it means comes with {@link #planned}. On the thread of the sensor. */
    void decided(PressureDecision decision, LevelPlan before) {
        long number = ++decided;
        isShort = decision.to().filter(level -> level != PressureLevel.GREEN).isPresent();
        transitions.add(Transition.of(number, decision, before, budget.budgetBytes())
                .withResident(Duration.ZERO, residentBytes.get()));
        MARKS.forEach(mark -> later(
                mark.toNanos(),
                () -> transitions.updateAndTell(number, grown -> grown.withResident(mark, residentBytes.get()))));
    }

    /**
     * Answers with a plan for the newest decision, and returns before anything was given back. On the thread of the
     * sensor.
     *
     * @param before the plan in force until now
     * @param plan the plan in force, asked again before each step: what is no longer wanted is not done
     */
    void planned(LevelPlan before, Supplier<LevelPlan> plan) {
        long number = decided;
        LevelPlan after = plan.get();
        boolean shrinks =
                after.budgetBytes() < before.budgetBytes() || after.rssCeilingBytes() < before.rssCeilingBytes();
        boolean nowShort = isShort;
        later(0, () -> frames(number, shrinks, plan));
        later(0, () -> shortOfMemory.accept(nowShort));
    }

    private void frames(long number, boolean shrinks, Supplier<LevelPlan> plan) {
        answered = number;
        long start = nanoTime.getAsLong();
        LevelPlan now = plan.get();
        long released = budget.apply(now);
        transitions.update(number, grown -> grown.withPlan(now, budget.budgetBytes()));
        answering = shrinks;
        if (shrinks) {
            note(number, "frames", released, start);
            later(0, () -> allocators(number, 0, () -> later(SETTLED_AFTER.toNanos(), () -> heap(number, plan))));
        }
        transitions.tell(number);
    }

    private void allocators(long number, int index, Runnable then) {
        if (answered != number) {
            return;
        }
        if (index == allocators.size()) {
            then.run();
            return;
        }
        take(number, allocators.get(index));
        later(0, () -> allocators(number, index + 1, then));
    }

    private void heap(long number, Supplier<LevelPlan> plan) {
        if (answered != number) {
            return;
        }
        long left = nanosLeft(heapNotBefore);
        if (left > 0) {
            later(left, () -> heap(number, plan));
        } else {
            take(number, heap);
            heapNotBefore = in(HEAP_HOLD_OFF);
        }
        later(CLEANED_AFTER.toNanos(), () -> allocators(number, 0, () -> finish(number, plan)));
    }

    private void finish(long number, Supplier<LevelPlan> plan) {
        answering = false;
        // Beside a smaller heap there may be room for more pictures below the ceiling of the process.
        budget.apply(plan.get());
        transitions.update(number, grown -> grown.withPlan(plan.get(), budget.budgetBytes()));
        transitions.newest(number).ifPresent(this::tell);
    }

    /**
     * Gives back what has gathered, where the process is over its ceiling though the cache keeps to its budget and the last
     * change of the level is answered. To be called from time to time, on the thread of the scheduler.
     */
    void keepCeiling(LevelPlan plan) {
        boolean isOver = residentBytes.get().orElse(0) > plan.rssCeilingBytes();
        if (!isOver || answering || nanosLeft(ceilingNotBefore) > 0) {
            return;
        }
        long released = 0;
        for (Way allocator : allocators) {
            released += bytesOf(allocator);
        }
        if (nanosLeft(heapNotBefore) <= 0) {
            released += bytesOf(heap);
            heapNotBefore = in(HEAP_HOLD_OFF);
        }
        budget.apply(plan);
        ceilingNotBefore = in(released < FRUIT_BYTES ? FRUITLESS_HOLD_OFF : HEAP_HOLD_OFF);
        log.debug("given back for the ceiling: {} MB", released / MEGABYTE);
    }

    private void later(long nanos, Runnable step) {
        try {
            scheduler.schedule(step, nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            log.debug("the system was closed while it answered");
        }
    }

    private OptionalLong in(Duration time) {
        return OptionalLong.of(nanoTime.getAsLong() + time.toNanos());
    }

    /** Until a moment; not more than zero if it has come, or there is none. */
    private long nanosLeft(OptionalLong moment) {
        return moment.isPresent() ? moment.getAsLong() - nanoTime.getAsLong() : 0;
    }

    private void take(long number, Way way) {
        long start = nanoTime.getAsLong();
        note(number, way.name(), bytesOf(way), start);
    }

    private long bytesOf(Way way) {
        OptionalLong before = residentBytes.get();
        way.giveBack().run();
        OptionalLong after = residentBytes.get();
        long less = before.isPresent() && after.isPresent() ? before.getAsLong() - after.getAsLong() : 0;
        return Math.max(0, less);
    }

    private void note(long number, String name, long bytes, long startNanos) {
        long micros = TimeUnit.NANOSECONDS.toMicros(nanoTime.getAsLong() - startNanos);
        transitions.update(number, grown -> grown.with(new Transition.Step(name, bytes, micros)));
    }

    private void tell(Transition done) {
        log.info(
                "given back for {}: {}",
                TransitionView.name(done.decision().to()),
                done.steps().stream()
                        .map(step -> String.format(
                                Locale.ROOT,
                                "%s %.1f MB in %.1f ms",
                                step.name(),
                                step.bytes() / MEGABYTE,
                                step.micros() / 1000.0))
                        .collect(Collectors.joining(", ")));
    }
}
