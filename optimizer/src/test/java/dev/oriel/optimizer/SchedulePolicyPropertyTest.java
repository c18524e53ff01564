package dev.oriel.optimizer;

import static dev.oriel.optimizer.TestSpaces.everything;
import static dev.oriel.optimizer.TestSpaces.id;
import static dev.oriel.optimizer.TestSpaces.named;
import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.capture.CaptureSchedule;
import dev.oriel.capture.CaptureTarget;
import dev.oriel.capture.Quality;
import dev.oriel.capture.Space;
import dev.oriel.capture.SpaceId;
import dev.oriel.capture.SpaceState;
import dev.oriel.pressure.PressureLevel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Draws situations at random, always the same ones, and holds the schedules against what every schedule must be. */
class SchedulePolicyPropertyTest {

    private static final long SEED = 20260302;
    private static final int SITUATIONS = 3000;

    private record Situation(
            Set<String> monitored, LevelPlan plan, List<Space> spaces, Demand demand, Set<SpaceId> likelyNext) {

        CaptureSchedule schedule() {
            return new SchedulePolicy(monitored).schedule(plan, spaces, demand, likelyNext);
        }

        Situation with(LevelPlan otherPlan) {
            return new Situation(monitored, otherPlan, spaces, demand, likelyNext);
        }

        Situation with(Demand otherDemand) {
            return new Situation(monitored, plan, spaces, otherDemand, likelyNext);
        }

        List<Interest> interestsIn(SpaceId space) {
            return demand.interests().stream()
                    .filter(interest -> interest.space().map(space::equals).orElse(true))
                    .toList();
        }

        Optional<Integer> activeIndex() {
            Optional<Space> focus = spaces.stream()
                    .filter(space -> Optional.of(space.id()).equals(demand.focus()))
                    .filter(space -> space.state() == SpaceState.LIVE)
                    .filter(this::isNamed)
                    .findAny();
            return focus.or(() -> spaces.stream().filter(Space::active).findAny())
                    .map(Space::index);
        }

        private boolean isNamed(Space space) {
            return monitored.isEmpty()
                    || monitored.contains("" + space.index())
                    || monitored.contains(space.id().value());
        }

        boolean allows(Space space) {
            Set<Integer> near = activeIndex()
                    .map(index -> Set.of(index - 1, index, index + 1))
                    .orElse(Set.of());
            return isNamed(space)
                    && switch (plan.selection()) {
                        case ALL -> true;
                        case ACTIVE_AND_ADJACENT -> near.contains(space.index());
                        case ACTIVE_ONLY -> activeIndex().equals(Optional.of(space.index()));
                    };
        }

        boolean isWorthPrefetching(Space space) {
            boolean near = activeIndex()
                    .map(index -> Math.abs(index - space.index()) <= 1)
                    .orElse(false);
            boolean focusIsActive = spaces.stream()
                    .filter(other -> Optional.of(other.id()).equals(demand.focus()))
                    .anyMatch(other -> activeIndex().equals(Optional.of(other.index())));
            return plan.prefetch() && focusIsActive && (near || likelyNext.contains(space.id()));
        }
    }

    @Test
    void everyTargetIsAllowedByThePlanAndTheSettings() {
        inManySituations(now -> {
            Map<SpaceId, Space> spaces =
                    now.spaces().stream().collect(Collectors.toMap(Space::id, Function.identity()));
            assertThat(named(now.schedule())).allMatch(space -> now.allows(spaces.get(space)));
        });
    }

    @Test
    void noQualityIsBetterThanTheCeilingOrMissing() {
        inManySituations(now -> assertThat(now.schedule().targets()).allSatisfy(target -> {
            List<Interest> heard = now.interestsIn(target.space());
            assertThat(target.qualities())
                    .noneMatch(quality -> quality.isBetterThan(now.plan().ceiling()))
                    .containsExactlyInAnyOrderElementsOf(
                            (heard.isEmpty() ? now.demand().interests() : heard)
                                    .stream()
                                            .map(interest -> interest.quality()
                                                    .orWorse(now.plan().ceiling()))
                                            .collect(Collectors.toSet()));
        }));
    }

    @Test
    void theOrderFollowsTheSpaces() {
        inManySituations(now -> {
            List<SpaceId> order = now.spaces().stream().map(Space::id).toList();
            assertThat(named(now.schedule()))
                    .isSubsetOf(order)
                    .isSortedAccordingTo((a, b) -> Integer.compare(order.indexOf(a), order.indexOf(b)));
        });
    }

    @Test
    void whatSomebodyWantsAndThePlanAllowsIsCapturedAtTheSmallestInterval() {
        inManySituations(now -> {
            Map<SpaceId, Duration> paces = now.schedule().targets().stream()
                    .collect(Collectors.toMap(CaptureTarget::space, CaptureTarget::interval));
            for (Space space : now.spaces()) {
                Optional<Duration> least = now.interestsIn(space.id()).stream()
                        .map(Interest::interval)
                        .min(Duration::compareTo);
                if (now.allows(space) && least.isPresent()) {
                    assertThat(paces).containsEntry(space.id(), least.get());
                }
            }
        });
    }

    @Test
    void whatNobodyWantsIsCapturedSlowlyOrNotAtAll() {
        inManySituations(now -> {
            Map<SpaceId, Duration> paces = now.schedule().targets().stream()
                    .collect(Collectors.toMap(CaptureTarget::space, CaptureTarget::interval));
            for (Space space : now.spaces()) {
                if (now.interestsIn(space.id()).isEmpty()) {
                    boolean ahead =
                            !now.demand().interests().isEmpty() && now.allows(space) && now.isWorthPrefetching(space);
                    Duration slowest = now.demand().interests().stream()
                            .map(Interest::interval)
                            .filter(interval -> interval.compareTo(SchedulePolicy.PREFETCH_INTERVAL) > 0)
                            .max(Duration::compareTo)
                            .orElse(SchedulePolicy.PREFETCH_INTERVAL);
                    assertThat(Optional.ofNullable(paces.get(space.id())))
                            .isEqualTo(ahead ? Optional.of(slowest) : Optional.empty());
                }
            }
        });
    }

    @Test
    void mayCaptureAgreesWithTheScheduleForWhoWantsEverything() {
        inManySituations(now -> {
            Situation wanted = now.with(
                    new Demand(List.of(everything(Quality.FAST)), now.demand().focus()));
            SchedulePolicy policy = new SchedulePolicy(now.monitored());

            assertThat(now.spaces())
                    .filteredOn(space -> policy.mayCapture(space, now.plan(), now.spaces(), now.demand()))
                    .extracting(Space::id)
                    .isEqualTo(named(wanted.schedule()));
        });
    }

    @Test
    void aWorseLevelNeverCapturesMore() {
        PressurePolicy levels = new PressurePolicy(PressureSettings.defaults());
        inManySituations(now -> {
            CaptureSchedule green =
                    now.with(levels.planFor(Optional.of(PressureLevel.GREEN))).schedule();
            CaptureSchedule yellow =
                    now.with(levels.planFor(Optional.of(PressureLevel.YELLOW))).schedule();
            CaptureSchedule red =
                    now.with(levels.planFor(Optional.of(PressureLevel.RED))).schedule();

            assertNoMore(yellow, green);
            assertNoMore(red, yellow);
        });
    }

    private static void assertNoMore(CaptureSchedule worse, CaptureSchedule better) {
        assertThat(named(better)).containsAll(named(worse));
        assertThat(worse.targets())
                .allSatisfy(less -> assertThat(better.targets())
                        .filteredOn(more -> more.space().equals(less.space()))
                        .singleElement()
                        .satisfies(more -> {
                            assertThat(less.interval()).isGreaterThanOrEqualTo(more.interval());
                            assertThat(less.qualities())
                                    .hasSizeLessThanOrEqualTo(more.qualities().size());
                            assertThat(best(less).isBetterThan(best(more))).isFalse();
                        }));
    }

    private static Quality best(CaptureTarget target) {
        return Collections.min(target.qualities());
    }

    private static void inManySituations(Consumer<Situation> property) {
        Random random = new Random(SEED);
        for (int n = 0; n < SITUATIONS; n++) {
            Situation situation = situation(random);
            assertThat(situation).as("situation %d", n).satisfies(property);
        }
    }

    private static Situation situation(Random random) {
        int count = random.nextInt(8);
        Set<String> monitored = new HashSet<>();
        Set<SpaceId> likelyNext = new HashSet<>();
        for (int index = 1; index <= count; index++) {
            if (random.nextInt(6) == 0) {
                monitored.add(random.nextBoolean() ? "" + index : id(index).value());
            }
            if (random.nextInt(5) == 0) {
                likelyNext.add(id(index));
            }
        }
        return new Situation(monitored, plan(random), spaces(random, count), demand(random, count), likelyNext);
    }

    private static LevelPlan plan(Random random) {
        return new LevelPlan(
                1,
                1,
                any(random, Quality.values()),
                any(random, SpaceSelection.values()),
                random.nextBoolean(),
                random.nextInt(30));
    }

    private static List<Space> spaces(Random random, int count) {
        int active = random.nextInt(count + 1);
        List<Space> spaces = new ArrayList<>(TestSpaces.row(count, active));
        spaces.replaceAll(
                space -> random.nextInt(3) == 0 ? space.withState(any(random, SpaceState.values()), "") : space);
        Collections.shuffle(spaces, random);
        return spaces;
    }

    private static Demand demand(Random random, int count) {
        List<Interest> interests = new ArrayList<>();
        for (int n = random.nextInt(4); n > 0; n--) {
            interests.add(new Interest(
                    random.nextInt(4) == 0 ? Optional.empty() : Optional.of(id(random.nextInt(count + 2))),
                    any(random, Quality.values()),
                    Duration.ofMillis(random.nextInt(4000))));
        }
        return new Demand(
                interests, random.nextBoolean() ? Optional.empty() : Optional.of(id(random.nextInt(count + 2))));
    }

    @SafeVarargs
    private static <T> T any(Random random, T... values) {
        return values[random.nextInt(values.length)];
    }
}
