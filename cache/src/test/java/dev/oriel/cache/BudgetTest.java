package dev.oriel.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class BudgetTest {

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
    void keepsWhatIsChargedWhenItShrinksButTakesNothingNew() {
        budget.tryCharge(90);
        budget.resize(50);

        assertThat(budget.tryCharge(1)).isFalse();
        assertThat(budget.tryCharge(-10)).isTrue();
        assertThat(budget.missing(0)).isEqualTo(30);

        budget.release(40);

        assertThat(budget.tryCharge(10)).isTrue();
        assertThat(budget.tryCharge(1)).isFalse();
    }

    @Test
    void canBeLoweredToWhatLeavesRoom() {
        budget.tryCharge(70);

        assertThat(budget.lower(20, 10)).isEqualTo(50);
        assertThat(budget.tryCharge(11)).isFalse();
        assertThat(budget.tryCharge(10)).isTrue();

        budget.release(55);

        assertThat(budget.lower(20, 10)).isEqualTo(5);
        assertThat(budget.read()).isEqualTo(new Budget.Reading(35, 25));

        budget.release(20);

        assertThat(budget.lower(20, 10)).isZero();
        assertThat(budget.read()).isEqualTo(new Budget.Reading(20, 5));
        assertThat(budget.lower(100, 10)).isZero();
        assertThat(budget.read().limitBytes()).isEqualTo(20);
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
