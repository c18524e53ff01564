package dev.oriel.optimizer;

import static dev.oriel.capture.Quality.FAST;
import static dev.oriel.capture.Quality.FULL;
import static dev.oriel.optimizer.TestSpaces.demand;
import static dev.oriel.optimizer.TestSpaces.everything;
import static dev.oriel.optimizer.TestSpaces.focused;
import static dev.oriel.optimizer.TestSpaces.ids;
import static dev.oriel.optimizer.TestSpaces.only;
import static dev.oriel.optimizer.TestSpaces.row;
import static dev.oriel.optimizer.TestSpaces.withState;
import static dev.oriel.pressure.PressureLevel.GREEN;
import static dev.oriel.pressure.PressureLevel.RED;
import static dev.oriel.pressure.PressureLevel.YELLOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.capture.CaptureSchedule;
import dev.oriel.capture.Space;
import dev.oriel.capture.SpaceId;
import dev.oriel.capture.SpaceState;
import dev.oriel.pressure.PressureLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

@Timeout(30)
class CaptureOptimizerTest {

    private final PressurePolicy table = new PressurePolicy(PressureSettings.defaults());
    private final SchedulePolicy choice = new SchedulePolicy(Set.of());
    private final LevelPlan unknown = table.planFor(Optional.empty());
    private final LevelPlan green = table.planFor(Optional.of(GREEN));
    private final LevelPlan yellow = table.planFor(Optional.of(YELLOW));
    private final LevelPlan red = table.planFor(Optional.of(RED));

    private final CaptureOptimizer optimizer = new CaptureOptimizer(PressureSettings.defaults(), Set.of());
    private final TestPublisher<PressureLevel> levels = TestPublisher.create();
    private final TestPublisher<LevelPlan> plans = TestPublisher.create();
    private final TestPublisher<List<Space>> spaces = TestPublisher.create();
    private final TestPublisher<Demand> demands = TestPublisher.create();
    private final Flux<CaptureSchedule> schedules = optimizer.schedules(plans, spaces, demands);

    private static Flux<Optional<PressureLevel>> known(Publisher<PressureLevel> levels) {
        return Flux.from(levels).map(Optional::of);
    }

    @Test
    void aLevelThatIsNoLongerKnownBringsThePlanForThat() {
        StepVerifier.create(optimizer.plans(Flux.just(Optional.of(GREEN), Optional.empty())))
                .expectNextCount(2)
                .assertNext(plan -> assertThat(plan)
                        .isEqualTo(new PressurePolicy(PressureSettings.defaults()).planFor(Optional.empty())))
                .verifyComplete();
    }

    @Test
    void plansBeginWithTheUnknownLevelAndFollowTheKnownOnes() {
        StepVerifier.create(optimizer.plans(known(levels)))
                .expectNext(unknown)
                .then(() -> levels.next(GREEN))
                .expectNext(green)
                .then(() -> levels.next(RED))
                .expectNext(red)
                .then(() -> levels.next(YELLOW))
                .expectNext(yellow)
                .then(levels::complete)
                .verifyComplete();
    }

    @Test
    void thePlanForAnUnknownLevelComesThoughNoLevelEverDoes() {
        StepVerifier.create(optimizer.plans(Flux.empty())).expectNext(unknown).verifyComplete();
    }

    @Test
    void aPlanThatIsInForceIsNotRepeated() {
        StepVerifier.create(optimizer.plans(known(Flux.just(GREEN, GREEN, RED, RED, GREEN))))
                .expectNext(unknown, green, red, green)
                .verifyComplete();
    }

    @Test
    void theUnknownLevelGivesWayToYellowInSilenceWhereTheirPlansAreEqual() {
        StepVerifier.create(optimizer.plans(known(Flux.just(YELLOW, GREEN))))
                .expectNext(unknown, green)
                .verifyComplete();
    }

    @Test
    void withoutAdaptationThereIsOnePlan() {
        PressureSettings usual = PressureSettings.defaults();
        PressureSettings fixed = new PressureSettings(
                false, true, true, true, usual.fallbackMegabytes(), usual.green(), usual.yellow(), usual.red());

        StepVerifier.create(new CaptureOptimizer(fixed, Set.of()).plans(known(Flux.just(GREEN, RED, YELLOW))))
                .expectNext(green)
                .verifyComplete();
    }

    @Test
    void aSlowSubscriberSkipsPlansAndGetsTheNewest() {
        StepVerifier.create(optimizer.plans(known(levels)), 0)
                .then(() -> levels.next(GREEN, YELLOW, RED))
                .thenRequest(1)
                .expectNext(red)
                .then(() -> levels.next(YELLOW, GREEN))
                .thenRequest(1)
                .expectNext(green)
                .then(levels::complete)
                .verifyComplete();
    }

    @Test
    void aSlowSubscriberIsNotToldAgainThePlanItHas() {
        StepVerifier.create(optimizer.plans(known(levels)), 1)
                .expectNext(unknown)
                .then(() -> levels.next(GREEN))
                .thenRequest(1)
                .expectNext(green)
                .then(() -> levels.next(RED, GREEN))
                .thenRequest(1)
                .then(() -> levels.next(RED))
                .expectNext(red)
                .thenCancel()
                .verify();
    }

    @Test
    void eachSubscriberOfThePlansBeginsWithTheUnknownLevel() {
        Flux<LevelPlan> all = optimizer.plans(known(levels));
        List<LevelPlan> early = new ArrayList<>();
        Disposable subscription = all.subscribe(early::add);
        levels.next(RED);

        StepVerifier.create(all)
                .expectNext(unknown)
                .then(() -> levels.next(RED))
                .expectNext(red)
                .thenCancel()
                .verify();
        assertThat(early).containsExactly(unknown, red);
        subscription.dispose();
    }

    @Test
    void plansFailWithTheLevels() {
        StepVerifier.create(optimizer.plans(known(levels)))
                .expectNext(unknown)
                .then(() -> levels.error(new IllegalStateException("no sensor")))
                .verifyErrorMessage("no sensor");
    }

    @Test
    void budgetsFollowThePlansWithoutRepeating() {
        LevelPlan cautious =
                new LevelPlan(green.budgetBytes(), green.rssCeilingBytes(), FAST, SpaceSelection.ACTIVE_ONLY, false, 0);

        StepVerifier.create(optimizer.budgets(Flux.just(green, cautious, red, green)))
                .expectNext(green.budgetBytes(), red.budgetBytes(), green.budgetBytes())
                .verifyComplete();
    }

    @Test
    void aSlowSubscriberSkipsBudgetsAndIsNotToldAgainTheOneItHas() {
        StepVerifier.create(optimizer.budgets(plans), 0)
                .then(() -> plans.next(green, yellow))
                .thenRequest(1)
                .expectNext(yellow.budgetBytes())
                .then(() -> plans.next(green, yellow))
                .thenRequest(1)
                .then(() -> plans.next(red))
                .expectNext(red.budgetBytes())
                .then(plans::complete)
                .verifyComplete();
    }

    @Test
    void theFirstScheduleWaitsForAllThreeInputs() {
        Demand demand = demand(everything(FAST));

        StepVerifier.create(schedules)
                .then(() -> demands.next(Demand.NONE, demand))
                .then(() -> plans.next(green, red))
                .then(() -> spaces.next(row(4, 2)))
                .expectNext(choice.schedule(red, row(4, 2), demand, Set.of()))
                .thenCancel()
                .verify();
    }

    @Test
    void theScheduleChangesWithEachInput() {
        Demand one = demand(only(2, FAST));
        Demand all = demand(everything(FAST));

        StepVerifier.create(schedules)
                .then(() -> start(green, row(4, 2), one))
                .expectNext(choice.schedule(green, row(4, 2), one, Set.of()))
                .then(() -> demands.next(all))
                .expectNext(choice.schedule(green, row(4, 2), all, Set.of()))
                .then(() -> plans.next(red))
                .expectNext(choice.schedule(red, row(4, 2), all, Set.of()))
                .then(() -> spaces.next(row(4, 3)))
                .expectNext(choice.schedule(red, row(4, 3), all, Set.of()))
                .then(() -> demands.next(Demand.NONE))
                .expectNext(CaptureSchedule.NOTHING)
                .thenCancel()
                .verify();
    }

    @Test
    void onlyMonitoredSpacesAreScheduled() {
        CaptureOptimizer some = new CaptureOptimizer(PressureSettings.defaults(), Set.of("1", "desk-3"));

        StepVerifier.create(captured(
                        some.schedules(Flux.just(green), Flux.just(row(4, 2)), Flux.just(demand(everything(FAST))))))
                .expectNext(ids(1, 3))
                .verifyComplete();
    }

    @Test
    void equalSchedulesAreNotRepeated() {
        Demand demand = demand(everything(FAST));

        StepVerifier.create(captured(schedules))
                .then(() -> start(yellow, row(4, 1), demand))
                .expectNext(ids(1, 2))
                .then(() -> plans.next(unknown))
                .then(() -> spaces.next(withState(row(4, 1), 4, SpaceState.LOST), row(9, 1)))
                .then(() -> demands.next(demand(everything(FAST), only(1, FULL), only(7, FAST))))
                .then(() -> spaces.next(row(9, 9)))
                .expectNext(ids(8, 9))
                .thenCancel()
                .verify();
    }

    @Test
    void aSlowSubscriberSkipsSchedulesAndGetsTheNewest() {
        StepVerifier.create(captured(schedules), 0)
                .then(() -> start(red, row(9, 1), demand(everything(FAST))))
                .then(() -> spaces.next(row(9, 2), row(9, 3), row(9, 4)))
                .thenRequest(1)
                .expectNext(ids(4))
                .then(() -> spaces.next(row(9, 5), row(9, 6)))
                .thenRequest(1)
                .expectNext(ids(6))
                .thenCancel()
                .verify();
    }

    @Test
    void aSlowSubscriberIsNotToldAgainTheScheduleItHas() {
        StepVerifier.create(captured(schedules), 1)
                .then(() -> start(red, row(9, 1), demand(everything(FAST))))
                .expectNext(ids(1))
                .then(() -> spaces.next(row(9, 2), row(9, 1)))
                .thenRequest(1)
                .then(() -> spaces.next(row(9, 3)))
                .expectNext(ids(3))
                .thenCancel()
                .verify();
    }

    @Test
    void aSubscriberThatAsksForNothingHoldsNobodyUp() {
        StepVerifier.create(captured(schedules), 0)
                .then(() -> start(red, row(9, 1), demand(everything(FAST))))
                .then(() -> {
                    for (int n = 0; n < 10_000; n++) {
                        spaces.next(row(9, 1 + n % 9));
                    }
                })
                .thenRequest(1)
                .expectNext(ids(1 + 9_999 % 9))
                .thenCancel()
                .verify();
        spaces.assertNoRequestOverflow();
    }

    @Test
    void learnsFromTheChangesOfTheActiveSpaceWhatIsLikelyNext() {
        StepVerifier.create(captured(schedules))
                .then(() -> start(green, row(9, 1), demand(only(9, FAST))))
                .expectNext(ids(9))
                .then(() -> spaces.next(row(9, 5), row(9, 1)))
                .then(() -> demands.next(focused(1, only(9, FAST))))
                .expectNext(ids(1, 2, 5, 9))
                .thenCancel()
                .verify();
    }

    @Test
    void learnsFromTheChangesOfTheFocusToo() {
        StepVerifier.create(captured(schedules))
                .then(() -> start(green, row(9), focused(1, only(9, FAST))))
                .expectNext(ids(1, 2, 9))
                .then(() -> demands.next(focused(5, only(9, FAST))))
                .expectNext(ids(4, 5, 6, 9))
                .then(() -> demands.next(focused(1, only(9, FAST))))
                .expectNext(ids(1, 2, 5, 9))
                .thenCancel()
                .verify();
    }

    @Test
    void learnsWhilePressureForbidsItToUseWhatItLearns() {
        StepVerifier.create(captured(schedules))
                .then(() -> start(red, row(9), focused(1, only(1, FAST))))
                .expectNext(ids(1))
                .then(() -> demands.next(focused(5, only(1, FAST))))
                .expectNext(ids())
                .then(() -> demands.next(focused(1, only(1, FAST))))
                .expectNext(ids(1))
                .then(() -> plans.next(green))
                .expectNext(ids(1, 2, 5))
                .thenCancel()
                .verify();
    }

    @Test
    void subscriptionsDoNotShareWhatTheyLearn() {
        Flux<List<SpaceId>> all = captured(schedules);
        List<List<SpaceId>> early = new ArrayList<>();
        Disposable subscription = all.subscribe(early::add);
        start(green, row(9), focused(1, only(9, FAST)));
        demands.next(focused(5, only(9, FAST)));

        StepVerifier.create(all)
                .then(() -> start(green, row(9), focused(1, only(9, FAST))))
                .expectNext(ids(1, 2, 9))
                .thenCancel()
                .verify();
        assertThat(early).containsExactly(ids(1, 2, 9), ids(4, 5, 6, 9), ids(1, 2, 5, 9));
        subscription.dispose();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void theFailureOfAnInputFailsTheSchedulesAndLetsGoOfTheOthers(int failing) {
        List<TestPublisher<?>> inputs = List.of(plans, spaces, demands);

        StepVerifier.create(captured(schedules))
                .then(() -> start(red, row(3, 1), demand(everything(FAST))))
                .expectNext(ids(1))
                .then(() -> inputs.get(failing).error(new IllegalStateException("input " + failing + " is gone")))
                .verifyErrorMessage("input " + failing + " is gone");
        inputs.stream().filter(input -> input != inputs.get(failing)).forEach(TestPublisher::assertCancelled);
    }

    @Test
    void endsWhenAllInputsHaveEnded() {
        StepVerifier.create(captured(schedules))
                .then(() -> start(red, row(3, 1), demand(everything(FAST))))
                .expectNext(ids(1))
                .then(plans::complete)
                .then(demands::complete)
                .then(() -> spaces.next(row(3, 2)))
                .expectNext(ids(2))
                .then(spaces::complete)
                .verifyComplete();
    }

    @Test
    void whoLeavesLetsGoOfAllInputs() {
        StepVerifier.create(schedules)
                .then(() -> start(red, row(3, 1), demand(everything(FAST))))
                .expectNextCount(1)
                .thenCancel()
                .verify();

        List.<TestPublisher<?>>of(plans, spaces, demands).forEach(TestPublisher::assertCancelled);
    }

    private void start(LevelPlan plan, List<Space> all, Demand demand) {
        plans.next(plan);
        spaces.next(all);
        demands.next(demand);
    }

    private static Flux<List<SpaceId>> captured(Flux<CaptureSchedule> schedules) {
        return schedules.map(TestSpaces::named);
    }
}
