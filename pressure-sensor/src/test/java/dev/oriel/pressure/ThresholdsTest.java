package dev.oriel.pressure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ThresholdsTest {
    private static final long GIB = 1L << 30;

    private final HeadroomThresholds headroom = HeadroomThresholds.defaults();
    private final StallThresholds stall = StallThresholds.defaults();

    @Test
    void headroomIsJudgedByItsShare() {
        assertThat(headroom.levelOf(20, 100)).isEqualTo(PressureLevel.GREEN);
        assertThat(headroom.levelOf(19, 100)).isEqualTo(PressureLevel.YELLOW);
        assertThat(headroom.levelOf(10, 100)).isEqualTo(PressureLevel.YELLOW);
        assertThat(headroom.levelOf(9, 100)).isEqualTo(PressureLevel.RED);
        assertThat(headroom.levelOf(0, 0)).isEqualTo(PressureLevel.RED);
    }

    @Test
    void marginLeadsToTheNextWorseLevel() {
        assertThat(headroom.marginBytes(50, 100)).isEqualTo(30);
        assertThat(headroom.marginBytes(15, 100)).isEqualTo(5);
        assertThat(headroom.marginBytes(5, 100)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void hugeWholesAreJudgedByAbsoluteAmounts() {
        assertThat(headroom.levelOf(17 * GIB, 1024 * GIB)).isEqualTo(PressureLevel.GREEN);
        assertThat(headroom.levelOf(15 * GIB, 1024 * GIB)).isEqualTo(PressureLevel.YELLOW);
        assertThat(headroom.levelOf(7 * GIB, 1024 * GIB)).isEqualTo(PressureLevel.RED);
    }

    @Test
    void stallsOfAllTasksWeighMoreThanThoseOfSome() {
        assertThat(stall.levelOf(0.06, 0.06)).isEqualTo(PressureLevel.GREEN);
        assertThat(stall.levelOf(0.07, 0.00)).isEqualTo(PressureLevel.YELLOW);
        assertThat(stall.levelOf(0.40, 0.00)).isEqualTo(PressureLevel.RED);
        assertThat(stall.levelOf(0.10, 0.10)).isEqualTo(PressureLevel.RED);
    }

    @Test
    void aQuarterOfATenthOfASecondIsAHardStall() {
        StallThresholds stall = StallThresholds.defaults();
        assertThat(stall.sharpSomeShare()).isEqualTo(0.25);
        assertThat(stall.sharpWindow()).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void yellowMustComeBeforeRed() {
        assertThatIllegalArgumentException().isThrownBy(() -> new HeadroomThresholds(0.1, 0.2, 2, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new HeadroomThresholds(0.2, 0.1, 1, 2));
        assertThatIllegalArgumentException().isThrownBy(() -> new HeadroomThresholds(Double.NaN, 0.1, 2, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new StallThresholds(0.5, 0.4, 0.1, 0.6, Duration.ofMillis(100), Duration.ofSeconds(1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StallThresholds(0.1, 0.4, 0.1, 0.3, Duration.ofMillis(100), Duration.ZERO));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new StallThresholds(0.1, 0.4, 0.1, 0.1, Duration.ofMillis(100), Duration.ofSeconds(1)))
                .withMessage("sharpSomeShare must be above yellowSomeShare and at most 1, was 0.1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StallThresholds(0.1, 0.4, 0.1, 0.3, Duration.ofSeconds(1), Duration.ofSeconds(1)))
                .withMessage("sharpWindow must be positive and less than window, was PT1S");
    }
}
