package dev.oriel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.cache.FrameCache;
import dev.oriel.cache.FrameCacheSettings;
import dev.oriel.capture.Quality;
import dev.oriel.optimizer.LevelPlan;
import dev.oriel.optimizer.SpaceSelection;
import java.time.Clock;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class BudgetKeeperTest {

    private static final long MEGABYTE = 1024 * 1024;

    private static LevelPlan plan(int budgetMegabytes, int rssMegabytes) {
        return new LevelPlan(
                budgetMegabytes * MEGABYTE, rssMegabytes * MEGABYTE, Quality.OPTIMIZED, SpaceSelection.ALL, true, 0);
    }

    private static OptionalLong megabytes(long megabytes) {
        return OptionalLong.of(megabytes * MEGABYTE);
    }

    @Test
    void givesTheBudgetOfThePlanWhereTheRestOfTheProcessIsSmall() {
        assertThat(BudgetKeeper.effectiveBudget(plan(500, 600), megabytes(150), 60 * MEGABYTE))
                .isEqualTo(500 * MEGABYTE);
    }

    @Test
    void givesWhatTheCeilingLeavesBesideTheRestOfTheProcess() {
        assertThat(BudgetKeeper.effectiveBudget(plan(500, 600), megabytes(400), 100 * MEGABYTE))
                .isEqualTo(300 * MEGABYTE);
    }

    @Test
    void theCachesOwnBytesDoNotCountAsTheRest() {
        assertThat(BudgetKeeper.effectiveBudget(plan(500, 600), megabytes(590), 490 * MEGABYTE))
                .isEqualTo(500 * MEGABYTE);
    }

    @Test
    void leavesRoomForThePicturesWhenTheRestIsOverTheCeilingAlready() {
        assertThat(BudgetKeeper.effectiveBudget(plan(50, 100), megabytes(400), 0))
                .isEqualTo(BudgetKeeper.LEAST_BUDGET_BYTES);
    }

    @Test
    void neverGivesMoreThanThePlan() {
        assertThat(BudgetKeeper.effectiveBudget(plan(5, 100), megabytes(400), 0))
                .isEqualTo(5 * MEGABYTE);
    }

    @Test
    void givesTheBudgetOfThePlanWhereTheProcessCannotBeMeasured() {
        assertThat(BudgetKeeper.effectiveBudget(plan(500, 600), OptionalLong.empty(), 0))
                .isEqualTo(500 * MEGABYTE);
    }

    @Test
    void copesWithACacheThatGrewBetweenTheTwoMeasurements() {
        assertThat(BudgetKeeper.effectiveBudget(plan(500, 400), megabytes(10), 20 * MEGABYTE))
                .isEqualTo(400 * MEGABYTE);
    }

    @Test
    void theCacheFollowsPlansAndTheProcess() {
        AtomicReference<OptionalLong> process = new AtomicReference<>(megabytes(100));
        try (FrameCache cache = FrameCache.open(FrameCacheSettings.defaults(), Clock.systemUTC())) {
            BudgetKeeper keeper = new BudgetKeeper(cache, process::get);

            keeper.apply(plan(500, 600));
            assertThat(cache.stats().budgetBytes()).isEqualTo(500 * MEGABYTE);

            keeper.apply(plan(50, 100));
            assertThat(cache.stats().budgetBytes()).isEqualTo(BudgetKeeper.LEAST_BUDGET_BYTES);

            process.set(megabytes(70));
            keeper.apply(plan(50, 100));
            assertThat(cache.stats().budgetBytes()).isEqualTo(30 * MEGABYTE);
        }
    }

    @Test
    void theKernelTellsWhatThisProcessHasResident() {
        ProcessMemory.residentBytes().ifPresent(bytes -> assertThat(bytes).isGreaterThan(10 * MEGABYTE));
    }
}
