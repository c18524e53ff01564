package dev.oriel.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class BudgetTest {

    private static final long MEBIBYTE = 1024 * 1024;
    private static final long ROOM = Budget.ROOM_WHILE_SHRINKING_BYTES;

    private final Budget budget = new Budget(100);

    @Test
    void chargesUpToTheLimitAndNotOneByteMore() {
        assertThat(budget.tryCharge(60)).isTrue();
        assertThat(budget.tryCharge(41)).isFalse();
        assertThat(budget.tryCharge(40)).isTrue();
        assertThat(budget.read()).isEqualTo(new Budget.Reading(100, 100));
    }

    @Test
    void saysHowMuchIsMissing() {
        budget.tryCharge(70);

        assertThat(budget.missing(30)).isZero();
        assertThat(budget.missing(31)).isEqualTo(1);
        assertThat(budget.missing(Long.MAX_VALUE)).isPositive();
    }

    @Test
    void keepsWhatIsChargedWhenItShrinksButTakesNothingNewOnceItIsSettled() {
        budget.tryCharge(90);
        budget.resize(50);
        budget.settle();

        assertThat(budget.tryCharge(1)).isFalse();
        assertThat(budget.tryCharge(-10)).isTrue();
        assertThat(budget.missing(0)).isEqualTo(30);

        budget.release(40);

        assertThat(budget.tryCharge(10)).isTrue();
        assertThat(budget.tryCharge(1)).isFalse();
    }

    @Test
    void leavesALittleRoomWhileItShrinks() {
        Budget large = new Budget(100 * MEBIBYTE);
        large.tryCharge(90 * MEBIBYTE);
        large.resize(20 * MEBIBYTE);

        assertThat(large.excess()).isEqualTo(70 * MEBIBYTE);
        assertThat(large.tryCharge(ROOM + 1)).isFalse();
        assertThat(large.tryCharge(ROOM)).isTrue();
        assertThat(large.tryCharge(1)).isFalse();

        large.release(50 * MEBIBYTE);

        assertThat(large.tryCharge(ROOM)).isTrue();
        assertThat(large.tryCharge(1)).isFalse();
        assertThat(large.read()).isEqualTo(new Budget.Reading(20 * MEBIBYTE, 40 * MEBIBYTE + 2 * ROOM));

        large.release(20 * MEBIBYTE + 2 * ROOM);

        assertThat(large.excess()).isZero();
        assertThat(large.tryCharge(1)).isFalse();
    }

    @Test
    void theLimitWantedLastCountsWhoeverIsDoneLast() {
        Budget large = new Budget(100 * MEBIBYTE);
        large.tryCharge(90 * MEBIBYTE);
        large.resize(50 * MEBIBYTE);
        large.resize(20 * MEBIBYTE);
        large.settle();
        assertThat(large.read().limitBytes()).isEqualTo(20 * MEBIBYTE);

        large.resize(95 * MEBIBYTE);
        large.settle();
        assertThat(large.tryCharge(5 * MEBIBYTE)).isTrue();
        assertThat(large.tryCharge(1)).isFalse();
    }

    @Test
    void refusesAbsurdLimits() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> budget.resize(0))
                .withMessage("the budget must be positive, was 0");
        assertThatIllegalArgumentException().isThrownBy(() -> budget.resize(-1));
        assertThat(budget.read().limitBytes()).isEqualTo(100);
    }
}
