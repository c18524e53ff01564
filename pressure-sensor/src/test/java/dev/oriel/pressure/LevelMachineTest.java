package dev.oriel.pressure;

import static dev.oriel.pressure.PressureLevel.GREEN;
import static dev.oriel.pressure.PressureLevel.RED;
import static dev.oriel.pressure.PressureLevel.YELLOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LevelMachineTest {
    private final LevelMachine machine = new LevelMachine(Duration.ofSeconds(5), Duration.ofMillis(250));
    private LevelState state = LevelState.believing(Optional.empty());

    @Test
    void believesTheFirstThingSeen() {
        assertThat(at(0, YELLOW)).contains(YELLOW);
    }

    @Test
    void believesWorseAtOnce() {
        at(0, GREEN);
        assertThat(at(0.001, RED)).contains(RED);
    }

    @Test
    void believesWorseThatIsForeseenAtOnce() {
        at(0, GREEN);
        assertThat(at(0.1, Sight.of(GREEN, YELLOW, RED))).contains(YELLOW);
    }

    @Test
    void believesBetterOnlyWhenItHasHeldForTheWholeDwell() {
        at(0, RED);
        assertThat(at(10, GREEN)).contains(RED);
        assertThat(at(14.999, GREEN)).contains(RED);
        assertThat(at(15, GREEN)).contains(GREEN);
    }

    @Test
    void startsTheDwellAnewWhenItIsInterrupted() {
        at(0, RED);
        at(1, GREEN);
        at(5, RED);
        at(6, GREEN);
        assertThat(at(10, GREEN)).contains(RED);
        assertThat(at(11, GREEN)).contains(GREEN);
    }

    @Test
    void doesNotGetBetterWhileHeadroomFalls() {
        at(0, RED);
        at(1, GREEN);
        at(5, Sight.of(GREEN, GREEN, RED));
        assertThat(at(6, GREEN)).contains(RED);
        assertThat(at(10.9, GREEN)).contains(RED);
        assertThat(at(11, GREEN)).contains(GREEN);
    }

    @Test
    void goesToTheWorstOutlookOfTheDwellAndNoFurtherInTheNext() {
        at(0, RED);
        at(1, GREEN);
        at(2, Sight.of(GREEN, GREEN, YELLOW));
        at(3, GREEN);
        assertThat(at(6, GREEN)).contains(YELLOW);
        assertThat(at(8, GREEN)).as("a dwell since YELLOW was read").contains(YELLOW);
        assertThat(at(10.9, GREEN)).contains(YELLOW);
        assertThat(at(11, GREEN)).as("a dwell since the last improvement").contains(GREEN);
    }

    @Test
    void whatCannotBeReadStaysForADwellAndIsUnknownThen() {
        at(0, RED);
        assertThat(at(1, (Sight) null)).contains(RED);
        assertThat(at(5.9, (Sight) null)).contains(RED);
        assertThat(at(6, (Sight) null)).isEmpty();
        assertThat(at(7, GREEN)).contains(GREEN);
    }

    @Test
    void oneMissingSampleStartsTheDwellAnew() {
        at(0, RED);
        at(1, GREEN);
        at(5, (Sight) null);
        assertThat(at(6, GREEN)).contains(RED);
        assertThat(at(10.9, GREEN)).contains(RED);
        assertThat(at(11, GREEN)).contains(GREEN);
    }

    @Test
    void nothingGetsBetterOverAGap() {
        at(0, RED);
        at(1, GREEN);
        gapBefore(100, GREEN);
        assertThat(at(104.9, GREEN)).contains(RED);
        assertThat(at(105, GREEN)).contains(GREEN);
    }

    @Test
    void nothingIsForgottenOverAGap() {
        at(0, RED);
        at(1, (Sight) null);
        gapBefore(100, (Sight) null);
        assertThat(at(104.9, (Sight) null)).contains(RED);
        assertThat(at(105, (Sight) null)).isEmpty();
    }

    @Test
    void aClockThatGoesBackStartsTheDwellAnew() {
        at(100, RED);
        at(101, GREEN);
        assertThat(at(50, GREEN)).contains(RED);
        assertThat(at(54.9, GREEN)).contains(RED);
        assertThat(at(55, GREEN)).contains(GREEN);
    }

    @Test
    void aForecastWaitsUntilTheLastAnswerHasLanded() {
        at(0, GREEN);
        at(1, YELLOW);
        assertThat(at(1.1, Sight.of(YELLOW, RED, RED))).contains(YELLOW);
        assertThat(at(1.249, Sight.of(YELLOW, RED, RED))).contains(YELLOW);
        assertThat(at(1.25, Sight.of(YELLOW, RED, RED))).contains(RED);
    }

    @Test
    void aLevelThatIsThereWaitsForNothing() {
        at(0, GREEN);
        at(1, YELLOW);
        assertThat(at(1.001, RED)).contains(RED);
    }

    @Test
    void aForecastAfterAGapWaitsToo() {
        at(0, GREEN);
        at(1, YELLOW);
        gapBefore(9, Sight.of(YELLOW, RED, RED));
        assertThat(state.level()).contains(YELLOW);
        assertThat(at(9.25, Sight.of(YELLOW, RED, RED))).contains(RED);
    }

    @Test
    void givesTheSameObjectWhenNothingChanges() {
        at(0, GREEN);
        LevelState before = state;
        at(0.1, GREEN);
        at(0.2, Sight.of(GREEN, GREEN, RED));
        gapBefore(100, GREEN);
        assertThat(state).isSameAs(before);
        at(101, RED);
        at(102, GREEN);
        before = state;
        at(103, GREEN);
        assertThat(state).isSameAs(before);
    }

    @Test
    void survivesTheOverflowOfTheNanosecondCount() {
        long start = Long.MAX_VALUE - Duration.ofSeconds(1).toNanos();
        atNanos(start, RED);
        atNanos(start, GREEN);
        assertThat(atNanos(start + Duration.ofSeconds(4).toNanos(), GREEN)).contains(RED);
        assertThat(atNanos(start + Duration.ofSeconds(5).toNanos(), GREEN)).contains(GREEN);
    }

    @Test
    void withoutADwellBelievesEverythingAtOnce() {
        LevelMachine immediate = new LevelMachine(Duration.ZERO, Duration.ZERO);
        LevelState red = LevelState.believing(Optional.of(RED));
        assertThat(immediate.next(red, 0, Sight.of(GREEN, GREEN, GREEN), false).level())
                .contains(GREEN);
        assertThat(immediate.next(red, 0, null, false).level()).isEmpty();
    }

    private Optional<PressureLevel> at(double seconds, PressureLevel level) {
        return at(seconds, Sight.of(level, level, level));
    }

    private Optional<PressureLevel> at(double seconds, @Nullable Sight sight) {
        state = machine.next(state, Math.round(seconds * 1e9), sight, false);
        return state.level();
    }

    private Optional<PressureLevel> atNanos(long nanos, PressureLevel level) {
        state = machine.next(state, nanos, Sight.of(level, level, level), false);
        return state.level();
    }

    private void gapBefore(double seconds, PressureLevel level) {
        gapBefore(seconds, Sight.of(level, level, level));
    }

    private void gapBefore(double seconds, @Nullable Sight sight) {
        state = machine.next(state, Math.round(seconds * 1e9), sight, true);
    }
}
