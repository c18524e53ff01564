package dev.oriel.optimizer;

import static dev.oriel.optimizer.SpaceSelection.ACTIVE_AND_ADJACENT;
import static dev.oriel.optimizer.SpaceSelection.ACTIVE_ONLY;
import static dev.oriel.optimizer.SpaceSelection.ALL;
import static dev.oriel.pressure.PressureLevel.GREEN;
import static dev.oriel.pressure.PressureLevel.RED;
import static dev.oriel.pressure.PressureLevel.YELLOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.oriel.capture.Quality;
import dev.oriel.pressure.PressureLevel;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PressurePolicyTest {

    private static final long MEGABYTE = 1_048_576;
    private static final int FALLBACK = 170;
    private static final Optional<PressureLevel> UNKNOWN = Optional.empty();

    private final PressureSettings defaults = PressureSettings.defaults();

    static Stream<Optional<PressureLevel>> levels() {
        return Stream.of(Optional.of(GREEN), UNKNOWN, Optional.of(YELLOW), Optional.of(RED));
    }

    static Stream<PressureSettings> switches() {
        return Stream.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
                .map(bits -> switched((bits & 1) == 0, (bits & 2) == 0, (bits & 4) == 0, (bits & 8) == 0));
    }

    @Test
    void greenGivesEverything() {
        assertThat(plan(defaults, Optional.of(GREEN)))
                .isEqualTo(new LevelPlan(500 * MEGABYTE, 600 * MEGABYTE, Quality.OPTIMIZED, ALL, true, 0));
    }

    @Test
    void yellowGivesTheNeighbourhoodAtHalfTheSize() {
        assertThat(plan(defaults, Optional.of(YELLOW)))
                .isEqualTo(new LevelPlan(200 * MEGABYTE, 300 * MEGABYTE, Quality.FAST, ACTIVE_AND_ADJACENT, false, 15));
    }

    @Test
    void redGivesTheActiveSpaceAsAThumbnail() {
        assertThat(plan(defaults, Optional.of(RED)))
                .isEqualTo(new LevelPlan(50 * MEGABYTE, 100 * MEGABYTE, Quality.THUMBNAIL, ACTIVE_ONLY, false, 25));
    }

    @Test
    void anUnknownLevelIsTreatedAsYellowOnABudgetOfItsOwn() {
        PressureSettings settings = switched(true, true, true, true);

        assertThat(plan(settings, UNKNOWN))
                .isEqualTo(new LevelPlan(
                        FALLBACK * MEGABYTE, 300 * MEGABYTE, Quality.FAST, ACTIVE_AND_ADJACENT, false, 15));
    }

    @Test
    void theSettingsOfEachLevelReachItsPlanAndNoOther() {
        PressureSettings settings = new PressureSettings(
                true,
                true,
                true,
                true,
                4,
                new LevelSettings(3, 30, Quality.FULL),
                new LevelSettings(2, 20, Quality.OPTIMIZED),
                new LevelSettings(1, 10, Quality.FAST));

        assertThat(levels().map(level -> plan(settings, level)))
                .extracting(LevelPlan::budgetBytes, LevelPlan::rssCeilingBytes, LevelPlan::ceiling)
                .containsExactly(
                        tuple(3 * MEGABYTE, 30 * MEGABYTE, Quality.FULL),
                        tuple(4 * MEGABYTE, 20 * MEGABYTE, Quality.OPTIMIZED),
                        tuple(2 * MEGABYTE, 20 * MEGABYTE, Quality.OPTIMIZED),
                        tuple(MEGABYTE, 10 * MEGABYTE, Quality.FAST));
    }

    @Test
    void budgetsBeyondTwoGigabytesDoNotOverflow() {
        LevelSettings huge = new LevelSettings(Integer.MAX_VALUE, Integer.MAX_VALUE, Quality.FULL);
        PressureSettings settings = new PressureSettings(true, true, true, true, Integer.MAX_VALUE, huge, huge, huge);

        assertThat(levels().map(level -> plan(settings, level))).allSatisfy(plan -> {
            assertThat(plan.budgetBytes()).isEqualTo(Integer.MAX_VALUE * MEGABYTE);
            assertThat(plan.rssCeilingBytes()).isEqualTo(Integer.MAX_VALUE * MEGABYTE);
        });
    }

    @ParameterizedTest
    @MethodSource("levels")
    void withoutAdaptationThePlanStaysThatOfGreen(Optional<PressureLevel> level) {
        assertThat(plan(switched(false, true, true, true), level)).isEqualTo(plan(defaults, Optional.of(GREEN)));
    }

    @ParameterizedTest
    @MethodSource("levels")
    void withoutDynamicSizingTheBudgetAndItsCeilingStandStill(Optional<PressureLevel> level) {
        LevelPlan sized = plan(switched(true, true, true, true), level);

        assertThat(plan(switched(true, false, true, true), level))
                .isEqualTo(new LevelPlan(
                        FALLBACK * MEGABYTE,
                        plan(defaults, Optional.of(GREEN)).rssCeilingBytes(),
                        sized.ceiling(),
                        sized.selection(),
                        sized.prefetch(),
                        sized.jpegReduction()));
    }

    @ParameterizedTest
    @MethodSource("levels")
    void withoutAdaptationAndDynamicSizingTheBudgetIsTheFallback(Optional<PressureLevel> level) {
        assertThat(plan(switched(false, false, true, true), level).budgetBytes())
                .isEqualTo(FALLBACK * MEGABYTE);
    }

    @ParameterizedTest
    @MethodSource("levels")
    void withoutActiveOnlyEverySpaceIsAllowedAtEveryLevelAndNothingElseChanges(Optional<PressureLevel> level) {
        LevelPlan narrow = plan(switched(true, true, true, true), level);

        assertThat(plan(switched(true, true, false, true), level))
                .isEqualTo(new LevelPlan(
                        narrow.budgetBytes(),
                        narrow.rssCeilingBytes(),
                        narrow.ceiling(),
                        ALL,
                        narrow.prefetch(),
                        narrow.jpegReduction()));
    }

    @ParameterizedTest
    @MethodSource("levels")
    void withoutAggressiveCompressionTheJpegQualityStaysAndNothingElseChanges(Optional<PressureLevel> level) {
        LevelPlan lowered = plan(switched(true, true, true, true), level);

        assertThat(plan(switched(true, true, true, false), level))
                .isEqualTo(new LevelPlan(
                        lowered.budgetBytes(),
                        lowered.rssCeilingBytes(),
                        lowered.ceiling(),
                        lowered.selection(),
                        lowered.prefetch(),
                        0));
    }

    @ParameterizedTest
    @MethodSource("switches")
    void aWorseLevelNeverGivesMoreOfAnything(PressureSettings settings) {
        List<LevelPlan> plans = levels().map(level -> plan(settings, level)).toList();
        LevelPlan green = plans.get(0);
        LevelPlan unknown = plans.get(1);
        LevelPlan yellow = plans.get(2);
        LevelPlan red = plans.get(3);

        assertNoMore(yellow, green);
        assertNoMore(red, yellow);
        assertNoMore(unknown, green);
        assertNoMore(red, unknown);
    }

    private static void assertNoMore(LevelPlan worse, LevelPlan better) {
        assertThat(worse.budgetBytes()).isLessThanOrEqualTo(better.budgetBytes());
        assertThat(worse.rssCeilingBytes()).isLessThanOrEqualTo(better.rssCeilingBytes());
        assertThat(worse.ceiling().isBetterThan(better.ceiling())).isFalse();
        assertThat(worse.selection()).isGreaterThanOrEqualTo(better.selection());
        assertThat(worse.prefetch() && !better.prefetch()).isFalse();
        assertThat(worse.jpegReduction()).isGreaterThanOrEqualTo(better.jpegReduction());
    }

    private static LevelPlan plan(PressureSettings settings, Optional<PressureLevel> level) {
        return new PressurePolicy(settings).planFor(level);
    }

    /** The usual levels, with a fallback that is nobody's budget. */
    private static PressureSettings switched(
            boolean adaptive, boolean dynamicSizing, boolean activeOnly, boolean aggressive) {
        PressureSettings usual = PressureSettings.defaults();
        return new PressureSettings(
                adaptive, dynamicSizing, activeOnly, aggressive, FALLBACK, usual.green(), usual.yellow(), usual.red());
    }
}
