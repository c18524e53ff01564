package dev.oriel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.cache.FrameCache;
import dev.oriel.cache.FrameCacheSettings;
import dev.oriel.capture.FrameInfo;
import dev.oriel.capture.Quality;
import dev.oriel.capture.SpaceId;
import dev.oriel.capture.TestFrames;
import dev.oriel.optimizer.LevelPlan;
import dev.oriel.optimizer.SpaceSelection;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BudgetKeeperTest {

    private static final long MEGABYTE = 1024 * 1024;

    private static final long LEAST = 4 * MEGABYTE;

    private static LevelPlan plan(int budgetMegabytes, int rssMegabytes) {
        return new LevelPlan(
                budgetMegabytes * MEGABYTE, rssMegabytes * MEGABYTE, Quality.OPTIMIZED, SpaceSelection.ALL, true, 0);
    }

    private static long effective(LevelPlan plan, OptionalLong process, long liveBytes) {
        return BudgetKeeper.effectiveBudget(plan, process, liveBytes, LEAST);
    }

    private static OptionalLong megabytes(long megabytes) {
        return OptionalLong.of(megabytes * MEGABYTE);
    }

    @Test
    void givesTheBudgetOfThePlanWhereTheRestOfTheProcessIsSmall() {
        assertThat(effective(plan(500, 600), megabytes(140), 60 * MEGABYTE)).isEqualTo(500 * MEGABYTE);
    }

    @Test
    void givesWhatTheCeilingLeavesBesideTheRestOfTheProcessButForAMargin() {
        assertThat(effective(plan(500, 600), megabytes(400), 100 * MEGABYTE)).isEqualTo(288 * MEGABYTE);
    }

    @Test
    void theCachesOwnBytesDoNotCountAsTheRest() {
        assertThat(effective(plan(500, 600), megabytes(570), 490 * MEGABYTE)).isEqualTo(500 * MEGABYTE);
    }

    @Test
    void leavesRoomForThePicturesWhenTheRestIsOverTheCeilingAlready() {
        assertThat(effective(plan(50, 100), megabytes(400), 0)).isEqualTo(LEAST);
    }

    @Test
    void neverGivesMoreThanThePlan() {
        assertThat(effective(plan(3, 100), megabytes(400), 0)).isEqualTo(3 * MEGABYTE);
    }

    @Test
    void givesTheBudgetOfThePlanWhereTheProcessCannotBeMeasured() {
        assertThat(effective(plan(500, 600), OptionalLong.empty(), 0)).isEqualTo(500 * MEGABYTE);
    }

    @Test
    void copesWithACacheThatGrewBetweenTheTwoMeasurements() {
        assertThat(effective(plan(500, 400), megabytes(10), 20 * MEGABYTE)).isEqualTo(392 * MEGABYTE);
    }

    @Test
    void theCacheFollowsPlansAndTheProcess() {
        AtomicReference<OptionalLong> process = new AtomicReference<>(megabytes(80));
        try (FrameCache cache = FrameCache.open(FrameCacheSettings.defaults(), Clock.systemUTC())) {
            BudgetKeeper keeper = new BudgetKeeper(cache, process::get, quality -> 0);

            keeper.apply(plan(500, 600));
            assertThat(cache.stats().budgetBytes()).isEqualTo(500 * MEGABYTE);

            keeper.apply(plan(50, 100));
            assertThat(cache.stats().budgetBytes()).isEqualTo(18 * MEGABYTE);

            process.set(megabytes(400));
            keeper.apply(plan(50, 100));
            assertThat(cache.stats().budgetBytes()).isEqualTo(LEAST);

            process.set(megabytes(70));
            keeper.apply(plan(50, 100));
            assertThat(cache.stats().budgetBytes()).isEqualTo(28 * MEGABYTE);
        }
    }

    @Test
    void whatIsLeftTakesTheNewestPicturesAndOneThatIsMade() {
        assertThat(BudgetKeeper.leastBudget(0, 0)).isEqualTo(4 * MEGABYTE);
        assertThat(BudgetKeeper.leastBudget(0, 1920 * 1080)).isEqualTo(4 * MEGABYTE);
        assertThat(BudgetKeeper.leastBudget(4 * MEGABYTE, 1920 * 1080)).isEqualTo(5 * MEGABYTE + 1920 * 1080);
        assertThat(BudgetKeeper.leastBudget(4 * MEGABYTE, 3840 * 2160)).isEqualTo(5 * MEGABYTE + 3840 * 2160);
        assertThat(BudgetKeeper.leastBudget(40 * MEGABYTE, 0)).isEqualTo(16 * MEGABYTE);
    }

    @Test
    void aProcessOverItsCeilingKeepsTheNewestPicturesAndCanMakeOthers() {
        LevelPlan red = plan(50, 100);
        try (FrameCache cache = FrameCache.open(FrameCacheSettings.defaults(), Clock.systemUTC())) {
            BudgetKeeper keeper = new BudgetKeeper(cache, () -> megabytes(400), quality -> 1920 * 1080);
            List<SpaceId> spaces = IntStream.range(0, 9)
                    .mapToObj(number -> new SpaceId("s" + number))
                    .toList();
            for (int revision = 1; revision <= 30; revision++) {
                put(cache, spaces, revision);
            }

            keeper.apply(red);
            assertThat(cache.stats().chargedBytes()).isLessThan(9 * MEGABYTE);
            put(cache, spaces, 31);
            keeper.apply(red);

            assertThat(spaces)
                    .allSatisfy(space -> assertThat(
                                    cache.newestInfo(space).orElseThrow().revision())
                            .isEqualTo(31));
            assertThat(cache.stats().refusals()).isZero();
        }
    }

    @Test
    void roomIsLeftForAPictureOfTheBestQualityThatIsMade() {
        try (FrameCache cache = FrameCache.open(FrameCacheSettings.defaults(), Clock.systemUTC())) {
            put(cache, List.of(new SpaceId("s")), 1);
            long newest = cache.stats().newestBytes() * 5 / 4;
            BudgetKeeper keeper = new BudgetKeeper(
                    cache, () -> megabytes(400), quality -> quality == Quality.THUMBNAIL ? 6 * MEGABYTE : 7 * MEGABYTE);

            keeper.apply(plan(50, 100));
            assertThat(keeper.budgetBytes()).isEqualTo(newest + 7 * MEGABYTE);
            keeper.apply(new LevelPlan(
                    50 * MEGABYTE, 100 * MEGABYTE, Quality.THUMBNAIL, SpaceSelection.ACTIVE_ONLY, false, 25));
            assertThat(keeper.budgetBytes()).isEqualTo(newest + 6 * MEGABYTE);
        }
    }

    private static void put(FrameCache cache, List<SpaceId> spaces, int revision) {
        Instant time = Instant.EPOCH.plusSeconds(revision);
        for (SpaceId space : spaces) {
            FrameInfo info = new FrameInfo(space, revision, time, 1920, 1080, Quality.OPTIMIZED, 85, 16);
            cache.put(TestFrames.fresh(cache.memory(), info, 68, 8 * 1024).orElseThrow());
        }
    }

    @Test
    void theKernelTellsWhatThisProcessHasResident() {
        ProcessMemory.residentBytes().ifPresent(bytes -> assertThat(bytes).isGreaterThan(10 * MEGABYTE));
    }
}
