package dev.oriel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.cache.FrameCache;
import dev.oriel.cache.FrameCacheSettings;
import dev.oriel.optimizer.LevelPlan;
import dev.oriel.optimizer.PressurePolicy;
import dev.oriel.optimizer.PressureSettings;
import dev.oriel.pressure.LevelState;
import dev.oriel.pressure.PressureDecision;
import dev.oriel.pressure.PressureLevel;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.helpers.NOPLogger;
import reactor.test.scheduler.VirtualTimeScheduler;

class PressureAnswerTest {

    private static final long MEGABYTE = 1024 * 1024;
    private static final Duration DONE = PressureAnswer.SETTLED_AFTER.plus(PressureAnswer.CLEANED_AFTER);

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final PressurePolicy policy = new PressurePolicy(PressureSettings.defaults());
    private final FrameCache cache = FrameCache.open(FrameCacheSettings.defaults(), Clock.systemUTC());
    private final Transitions transitions = new Transitions();
    private final List<String> given = new ArrayList<>();
    private Runnable whenTaken = () -> {};
    private long resident = 90 * MEGABYTE;
    private boolean fruitless;
    private final List<Boolean> shortages = new ArrayList<>();
    private final PressureAnswer answer = new PressureAnswer(
            new BudgetKeeper(cache, this::residentBytes, quality -> 0),
            List.of(way("malloc", 3), way("pools", 2)),
            way("heap", 20),
            shortages::add,
            this::residentBytes,
            transitions,
            time,
            () -> time.now(TimeUnit.NANOSECONDS),
            NOPLogger.NOP_LOGGER);
    private Optional<PressureLevel> level = Optional.empty();
    private LevelPlan plan = policy.planFor(level);

    private OptionalLong residentBytes() {
        return OptionalLong.of(resident);
    }

    private PressureAnswer.Way way(String name, int megabytes) {
        return new PressureAnswer.Way(name, () -> {
            given.add(name);
            Runnable then = whenTaken;
            whenTaken = () -> {};
            then.run();
            resident -= fruitless ? 0 : megabytes * MEGABYTE;
        });
    }

    private void turn(PressureLevel next) {
        LevelPlan before = plan;
        answer.decided(decision(level, next), before);
        level = Optional.of(next);
        plan = policy.planFor(level);
        answer.planned(before, () -> plan);
    }

    private static PressureDecision decision(Optional<PressureLevel> from, PressureLevel to) {
        return new PressureDecision(
                Instant.EPOCH,
                from,
                Optional.of(to),
                "told",
                Optional.empty(),
                List.of(),
                LevelState.believing(Optional.of(to)),
                Duration.ZERO,
                Duration.ZERO,
                Optional.empty());
    }

    private Transition newest() {
        List<Transition> kept = transitions.newest();
        return kept.get(kept.size() - 1);
    }

    private void pass(Duration duration) {
        time.advanceTimeBy(duration);
    }

    @AfterEach
    void close() {
        time.dispose();
        cache.close();
    }

    @Test
    void theHeapHasRoomAtGreenOnly() {
        turn(PressureLevel.GREEN);
        turn(PressureLevel.RED);
        turn(PressureLevel.YELLOW);
        turn(PressureLevel.GREEN);
        pass(DONE);

        assertThat(shortages).containsExactly(false, true, true, false);
    }

    @Test
    void whatBringsMostInAMillisecondGoesFirst() {
        turn(PressureLevel.GREEN);
        turn(PressureLevel.RED);
        pass(Duration.ZERO);
        assertThat(given).containsExactly("malloc", "pools");

        pass(DONE);
        assertThat(given).containsExactly("malloc", "pools", "heap", "malloc", "pools");
        assertThat(newest().steps())
                .extracting(Transition.Step::name)
                .containsExactly("frames", "malloc", "pools", "heap", "malloc", "pools");
        assertThat(newest().steps())
                .extracting(Transition.Step::bytes)
                .containsExactly(0L, 3 * MEGABYTE, 2 * MEGABYTE, 20 * MEGABYTE, 3 * MEGABYTE, 2 * MEGABYTE);
        assertThat(newest().releasedBytes()).isEqualTo(30 * MEGABYTE);
        assertThat(newest().budgetBytes())
                .as("what the ceiling leaves, but for a margin, beside the smaller heap")
                .isEqualTo(38 * MEGABYTE);
    }

    @Test
    void nothingIsGivenBackWhenMemoryGetsBetter() {
        turn(PressureLevel.RED);
        pass(Duration.ZERO);
        given.clear();
        turn(PressureLevel.GREEN);
        pass(Duration.ofSeconds(100));

        assertThat(given).isEmpty();
        assertThat(newest().steps()).isEmpty();
        assertThat(newest().budgetBytes()).isEqualTo(500 * MEGABYTE);
        assertThat(newest().plan().budgetBytes()).isEqualTo(500 * MEGABYTE);
    }

    @Test
    void theHeapWaitsForItsHoldOff() {
        turn(PressureLevel.GREEN);
        turn(PressureLevel.YELLOW);
        pass(Duration.ofSeconds(10));
        turn(PressureLevel.RED);
        pass(Duration.ofSeconds(19));
        assertThat(given).containsOnlyOnce("heap");
        assertThat(newest().steps())
                .extracting(Transition.Step::name)
                .as("what can be had without the heap is not waited for")
                .containsExactly("frames", "malloc", "pools", "malloc", "pools");

        pass(Duration.ofSeconds(2));
        assertThat(given).endsWith("pools", "heap", "malloc", "pools");
        assertThat(newest().decision().to()).contains(PressureLevel.RED);
        assertThat(newest().steps()).extracting(Transition.Step::name).endsWith("heap", "malloc", "pools");
    }

    @Test
    void aHeapThatStillWaitsIsLeftAloneOnceMemoryIsBetter() {
        turn(PressureLevel.YELLOW);
        pass(DONE);
        turn(PressureLevel.RED);
        pass(Duration.ofSeconds(5));
        turn(PressureLevel.GREEN);
        pass(Duration.ofSeconds(60));

        assertThat(given).containsOnlyOnce("heap");
    }

    @Test
    void framesOfAWorseLevelDoNotWaitForTheHeapOfTheOneBefore() {
        turn(PressureLevel.GREEN);
        whenTaken = () -> turn(PressureLevel.RED);
        turn(PressureLevel.YELLOW);
        pass(DONE);

        assertThat(given).containsExactly("malloc", "malloc", "pools", "heap", "malloc", "pools");
        assertThat(newest().steps())
                .extracting(Transition.Step::name)
                .containsExactly("frames", "malloc", "pools", "heap", "malloc", "pools");
    }

    @Test
    void theProcessIsMeasuredForAMinute() {
        turn(PressureLevel.GREEN);
        turn(PressureLevel.RED);
        pass(Duration.ofMillis(500));
        assertThat(newest().rssAtBytes()).containsOnlyKeys(0L, 100L).containsEntry(0L, 90 * MEGABYTE);

        pass(Duration.ofSeconds(60));
        assertThat(newest().rssAtBytes())
                .containsOnlyKeys(0L, 100L, 1000L, 60_000L)
                .containsEntry(60_000L, 60 * MEGABYTE);
    }

    @Test
    void whatGathersAboveTheCeilingIsGivenBack() {
        turn(PressureLevel.RED);
        resident = 150 * MEGABYTE;
        answer.keepCeiling(plan);
        pass(Duration.ZERO);
        answer.keepCeiling(plan);
        assertThat(given).as("what the change of the level brings").containsExactly("malloc", "pools");
        pass(Duration.ofMinutes(1));
        given.clear();
        resident = 100 * MEGABYTE;
        answer.keepCeiling(plan);
        assertThat(given).as("below the ceiling").isEmpty();

        resident = 150 * MEGABYTE;
        answer.keepCeiling(plan);
        assertThat(given).containsExactly("malloc", "pools", "heap");
        assertThat(newest().steps()).as("of the change of the level").hasSize(6);

        pass(PressureAnswer.HEAP_HOLD_OFF.minusSeconds(1));
        answer.keepCeiling(plan);
        assertThat(given).hasSize(3);
        pass(Duration.ofSeconds(1));
        answer.keepCeiling(plan);
        assertThat(given).hasSize(6);
    }

    @Test
    void whatBringsNothingIsSeldomTried() {
        turn(PressureLevel.RED);
        pass(Duration.ofMinutes(1));
        given.clear();
        resident = 200 * MEGABYTE;
        fruitless = true;
        answer.keepCeiling(plan);
        assertThat(given).hasSize(3);

        pass(PressureAnswer.FRUITLESS_HOLD_OFF.minusSeconds(1));
        answer.keepCeiling(plan);
        assertThat(given).hasSize(3);
        pass(Duration.ofSeconds(1));
        answer.keepCeiling(plan);
        assertThat(given).hasSize(6);
    }

    @Test
    void theNewestTransitionsAreKept() {
        for (int i = 0; i < Transitions.MOST; i++) {
            turn(PressureLevel.YELLOW);
            turn(PressureLevel.GREEN);
        }
        pass(Duration.ofSeconds(100));

        assertThat(transitions.newest()).hasSize(Transitions.MOST);
        assertThat(newest().number()).isEqualTo(2L * Transitions.MOST);
    }
}
