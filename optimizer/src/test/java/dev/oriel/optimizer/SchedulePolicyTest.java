package dev.oriel.optimizer;

import static dev.oriel.capture.Quality.FAST;
import static dev.oriel.capture.Quality.FULL;
import static dev.oriel.capture.Quality.OPTIMIZED;
import static dev.oriel.capture.Quality.THUMBNAIL;
import static dev.oriel.optimizer.TestSpaces.OFTEN;
import static dev.oriel.optimizer.TestSpaces.demand;
import static dev.oriel.optimizer.TestSpaces.everything;
import static dev.oriel.optimizer.TestSpaces.focused;
import static dev.oriel.optimizer.TestSpaces.id;
import static dev.oriel.optimizer.TestSpaces.ids;
import static dev.oriel.optimizer.TestSpaces.named;
import static dev.oriel.optimizer.TestSpaces.only;
import static dev.oriel.optimizer.TestSpaces.row;
import static dev.oriel.optimizer.TestSpaces.withState;
import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.capture.CaptureSchedule;
import dev.oriel.capture.CaptureTarget;
import dev.oriel.capture.Quality;
import dev.oriel.capture.Space;
import dev.oriel.capture.SpaceId;
import dev.oriel.capture.SpaceState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SchedulePolicyTest {

    /** Everything allowed, nothing unasked. */
    private static final LevelPlan PLAIN = plan(FULL, SpaceSelection.ALL, false);

    private static final LevelPlan PREFETCHING = plan(FULL, SpaceSelection.ALL, true);
    private static final LevelPlan NEIGHBOURHOOD = plan(FULL, SpaceSelection.ACTIVE_AND_ADJACENT, false);
    private static final LevelPlan ACTIVE_ONLY = plan(FULL, SpaceSelection.ACTIVE_ONLY, false);

    private final SchedulePolicy policy = new SchedulePolicy(Set.of());

    @Test
    void nobodyLooksSoNothingIsCaptured() {
        assertThat(policy.schedule(PREFETCHING, row(3, 1), Demand.NONE, Set.of(id(3))))
                .isEqualTo(CaptureSchedule.NOTHING);
    }

    @Test
    void aFocusAloneIsNotALook() {
        assertThat(schedule(PREFETCHING, row(3, 1), focused(2))).isEqualTo(CaptureSchedule.NOTHING);
    }

    @Test
    void withoutSpacesThereIsNothingToCapture() {
        assertThat(schedule(PREFETCHING, List.of(), demand(everything(FAST))).targets())
                .isEmpty();
    }

    @Test
    void whoWantsEverythingGetsEverySpaceInOrder() {
        assertThat(schedule(PLAIN, row(3, 2), demand(everything(FAST))).targets())
                .containsExactly(target(1, OFTEN, FAST), target(2, OFTEN, FAST), target(3, OFTEN, FAST));
    }

    @Test
    void theOrderIsThatOfTheSpacesAndNotOfTheirIndexesOrTheWishes() {
        List<Space> spaces = List.of(TestSpaces.space(3), TestSpaces.space(1), TestSpaces.space(2));

        assertThat(named(schedule(PLAIN, spaces, demand(only(2, FAST), only(1, FAST), only(3, FAST)))))
                .isEqualTo(ids(3, 1, 2));
    }

    @Test
    void whoWantsOneSpaceGetsThatOne() {
        assertThat(schedule(PLAIN, row(3, 1), demand(only(2, FAST))).targets()).containsExactly(target(2, OFTEN, FAST));
    }

    @Test
    void aSpaceThatIsNotThereIsNotCaptured() {
        assertThat(schedule(PLAIN, row(3, 1), demand(only(4, FAST))).targets()).isEmpty();
    }

    @Test
    void severalWishesForASpaceMakeOneTargetWithAllTheirQualities() {
        assertThat(schedule(PLAIN, row(2, 1), demand(everything(THUMBNAIL), only(1, FULL), only(1, FAST)))
                        .targets())
                .containsExactly(target(1, OFTEN, FULL, FAST, THUMBNAIL), target(2, OFTEN, THUMBNAIL));
    }

    @Test
    void whatIsBetterThanTheCeilingComesDownToIt() {
        LevelPlan fast = plan(FAST, SpaceSelection.ALL, false);

        assertThat(schedule(fast, row(1, 1), demand(only(1, FULL), only(1, OPTIMIZED), only(1, THUMBNAIL)))
                        .targets())
                .containsExactly(target(1, OFTEN, FAST, THUMBNAIL));
    }

    @Test
    void theImpatientSetThePace() {
        Demand demand = demand(
                paced(Optional.empty(), Duration.ofSeconds(1)),
                paced(Optional.of(id(2)), Duration.ofMillis(40)),
                paced(Optional.of(id(2)), Duration.ofMillis(300)),
                paced(Optional.of(id(3)), Duration.ZERO),
                paced(Optional.of(id(4)), Duration.ofSeconds(9)));

        assertThat(schedule(PLAIN, row(4, 1), demand).targets())
                .extracting(CaptureTarget::interval)
                .containsExactly(Duration.ofSeconds(1), Duration.ofMillis(40), Duration.ZERO, Duration.ofSeconds(1));
    }

    @Test
    void theJpegReductionIsThatOfThePlan() {
        LevelPlan reducing = new LevelPlan(1, 1, FULL, SpaceSelection.ALL, false, 25);

        assertThat(schedule(reducing, row(1, 1), demand(everything(FAST))).jpegReduction())
                .isEqualTo(25);
    }

    @Test
    void theNeighbourhoodIsTheActiveSpaceAndOneOnEachSide() {
        Demand demand = demand(everything(FAST));

        assertThat(named(schedule(NEIGHBOURHOOD, row(5, 3), demand))).isEqualTo(ids(2, 3, 4));
        assertThat(named(schedule(NEIGHBOURHOOD, row(5, 1), demand))).isEqualTo(ids(1, 2));
        assertThat(named(schedule(NEIGHBOURHOOD, row(5, 5), demand))).isEqualTo(ids(4, 5));
    }

    @Test
    void neighboursAreFoundByIndexEvenWhereSomeAreMissing() {
        List<Space> spaces =
                row(5, 3).stream().filter(space -> space.index() != 4).toList();

        assertThat(named(schedule(NEIGHBOURHOOD, spaces, demand(everything(FAST)))))
                .isEqualTo(ids(2, 3));
    }

    @Test
    void activeOnlyIsTheActiveSpace() {
        assertThat(named(schedule(ACTIVE_ONLY, row(5, 3), demand(everything(FAST)))))
                .isEqualTo(ids(3));
    }

    @Test
    void aNarrowPlanDoesNotCaptureWhatNobodyWants() {
        assertThat(schedule(NEIGHBOURHOOD, row(5, 3), focused(3, only(5, FAST))).targets())
                .isEmpty();
        assertThat(schedule(ACTIVE_ONLY, row(5, 3), focused(3, only(2, FAST))).targets())
                .isEmpty();
    }

    @Test
    void withoutAnActiveSpaceOnlyThePlanForAllCapturesAny() {
        Demand demand = demand(everything(FAST));

        assertThat(named(schedule(PLAIN, row(2), demand))).isEqualTo(ids(1, 2));
        assertThat(schedule(NEIGHBOURHOOD, row(2), demand).targets()).isEmpty();
        assertThat(schedule(ACTIVE_ONLY, row(2), demand).targets()).isEmpty();
    }

    @Test
    void aFocusOnALiveSpaceMakesItTheActiveOne() {
        Demand demand = focused(5, everything(FAST));

        assertThat(SchedulePolicy.active(row(6, 2), demand)).map(Space::id).contains(id(5));
        assertThat(named(schedule(ACTIVE_ONLY, row(6, 2), demand))).isEqualTo(ids(5));
        assertThat(named(schedule(NEIGHBOURHOOD, row(6, 2), demand))).isEqualTo(ids(4, 5, 6));
        assertThat(named(schedule(ACTIVE_ONLY, row(6), demand))).isEqualTo(ids(5));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "LIVE")
    void aFocusOnASpaceThatCannotBeReadChangesNothing(SpaceState state) {
        List<Space> spaces = withState(row(6, 2), 5, state);
        Demand demand = focused(5, everything(FAST));

        assertThat(SchedulePolicy.active(spaces, demand)).map(Space::id).contains(id(2));
        assertThat(named(schedule(ACTIVE_ONLY, spaces, demand))).isEqualTo(ids(2));
    }

    @Test
    void aFocusOnASpaceThatIsNotThereChangesNothing() {
        assertThat(SchedulePolicy.active(row(3, 2), focused(9))).map(Space::id).contains(id(2));
        assertThat(SchedulePolicy.active(row(3), focused(9))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void theActiveSpaceCountsWhateverItsState(SpaceState state) {
        assertThat(SchedulePolicy.active(withState(row(3, 2), 2, state), Demand.NONE))
                .map(Space::id)
                .contains(id(2));
    }

    @Test
    void onlyMonitoredSpacesAreCapturedNamedByIndexOrById() {
        Demand demand = demand(everything(FAST));

        assertThat(named(new SchedulePolicy(Set.of("2")).schedule(PLAIN, row(4, 1), demand, Set.of())))
                .isEqualTo(ids(2));
        assertThat(named(new SchedulePolicy(Set.of("desk-3")).schedule(PLAIN, row(4, 1), demand, Set.of())))
                .isEqualTo(ids(3));
        assertThat(named(new SchedulePolicy(Set.of("4", "desk-1")).schedule(PLAIN, row(4, 1), demand, Set.of())))
                .isEqualTo(ids(1, 4));
        assertThat(new SchedulePolicy(Set.of("9", "desk"))
                        .schedule(PLAIN, row(4, 1), demand, Set.of())
                        .targets())
                .isEmpty();
    }

    @Test
    void monitoringDoesNotMoveTheNeighbourhood() {
        assertThat(named(new SchedulePolicy(Set.of("2", "4", "5"))
                        .schedule(NEIGHBOURHOOD, row(5, 3), demand(everything(FAST)), Set.of())))
                .isEqualTo(ids(2, 4));
    }

    @Test
    void aFocusOnASpaceThatIsNotMonitoredLeavesTheActiveOneActive() {
        LevelPlan activeOnly = new LevelPlan(1, 1, FAST, SpaceSelection.ACTIVE_ONLY, false, 0);

        assertThat(named(new SchedulePolicy(Set.of("1", "2"))
                        .schedule(activeOnly, row(4, 1), focused(4, everything(FAST)), Set.of())))
                .isEqualTo(ids(1));
    }

    @Test
    void neighboursOfTheFocusedSpaceAreFetchedAheadSlowly() {
        assertThat(schedule(PREFETCHING, row(9), focused(3, only(3, FAST))).targets())
                .containsExactly(
                        target(2, SchedulePolicy.PREFETCH_INTERVAL, FAST),
                        target(3, OFTEN, FAST),
                        target(4, SchedulePolicy.PREFETCH_INTERVAL, FAST));
    }

    @Test
    void spacesLikelyToComeNextAreFetchedAheadSlowly() {
        assertThat(policy.schedule(PREFETCHING, row(9), focused(1, only(1, FAST)), Set.of(id(7)))
                        .targets())
                .containsExactly(
                        target(1, OFTEN, FAST),
                        target(2, SchedulePolicy.PREFETCH_INTERVAL, FAST),
                        target(7, SchedulePolicy.PREFETCH_INTERVAL, FAST));
    }

    @Test
    void theFocusedSpaceIsFetchedAheadThoughNobodyAsksForIt() {
        assertThat(named(schedule(PREFETCHING, row(9, 2), focused(6, only(1, FAST)))))
                .isEqualTo(ids(1, 5, 6, 7));
    }

    @Test
    void withoutAFocusNothingIsFetchedAhead() {
        assertThat(named(policy.schedule(PREFETCHING, row(9, 3), demand(only(3, FAST)), Set.of(id(7)))))
                .isEqualTo(ids(3));
    }

    @Test
    void whatIsFetchedAheadHasTheQualitiesWantedElsewhereUnderTheCeiling() {
        LevelPlan plan = plan(OPTIMIZED, SpaceSelection.ALL, true);

        assertThat(schedule(plan, row(2), focused(1, only(1, FULL), only(1, THUMBNAIL)))
                        .targets())
                .containsExactly(
                        target(1, OFTEN, OPTIMIZED, THUMBNAIL),
                        target(2, SchedulePolicy.PREFETCH_INTERVAL, OPTIMIZED, THUMBNAIL));
    }

    @Test
    void whatSomebodyWantsKeepsItsPaceThoughItIsLikelyToo() {
        assertThat(policy.schedule(PREFETCHING, row(2), focused(1, everything(FAST)), Set.of(id(2)))
                        .targets())
                .containsExactly(target(1, OFTEN, FAST), target(2, OFTEN, FAST));
    }

    @Test
    void whatIsNotMonitoredIsNotFetchedAhead() {
        SchedulePolicy some = new SchedulePolicy(Set.of("1"));

        assertThat(named(some.schedule(PREFETCHING, row(9), focused(1, only(1, FAST)), Set.of(id(7)))))
                .isEqualTo(ids(1));
    }

    @ParameterizedTest
    @EnumSource
    void noPlanThatForbidsItFetchesAhead(SpaceSelection selection) {
        LevelPlan plan = plan(FULL, selection, false);

        assertThat(named(policy.schedule(plan, row(9), focused(3, only(3, FAST)), Set.of(id(2), id(7)))))
                .isEqualTo(ids(3));
    }

    @Test
    void tellsWhichSpacesWouldBeCapturedIfSomebodyWantedThem() {
        List<Space> spaces = row(5, 3);
        SchedulePolicy some = new SchedulePolicy(Set.of("1", "3", "desk-4"));

        assertThat(spaces)
                .filteredOn(space -> some.mayCapture(space, NEIGHBOURHOOD, spaces, Demand.NONE))
                .extracting(Space::id)
                .isEqualTo(ids(3, 4));
        assertThat(spaces)
                .filteredOn(space -> some.mayCapture(space, ACTIVE_ONLY, spaces, focused(4)))
                .extracting(Space::id)
                .isEqualTo(ids(4));
    }

    private CaptureSchedule schedule(LevelPlan plan, List<Space> spaces, Demand demand) {
        return policy.schedule(plan, spaces, demand, Set.of());
    }

    private static LevelPlan plan(Quality ceiling, SpaceSelection selection, boolean prefetch) {
        return new LevelPlan(1, 1, ceiling, selection, prefetch, 0);
    }

    private static CaptureTarget target(int index, Duration interval, Quality... qualities) {
        return new CaptureTarget(id(index), Set.of(qualities), interval);
    }

    private static Interest paced(Optional<SpaceId> space, Duration interval) {
        return new Interest(space, FAST, interval);
    }
}
