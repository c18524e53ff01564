package dev.oriel.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class StressPlanTest {

    @Test
    void readsWholeMegabytesAndPartsOfASecond() {
        assertThat(StressPlan.parse("880", "50", "0.1", "5"))
                .isEqualTo(new StressPlan(880, 50, Duration.ofMillis(100), Duration.ofSeconds(5)));
    }

    @Test
    void takesTheBounds() {
        assertThat(StressPlan.parse("1", "100000", "0.01", "0").interval()).isEqualTo(Duration.ofMillis(10));
        assertThat(StressPlan.parse("100000", "1", "86400", "86400").hold()).isEqualTo(Duration.ofDays(1));
    }

    @Test
    void namesAllThatIsWrong() {
        SettingsException wrong =
                catchThrowableOfType(SettingsException.class, () -> StressPlan.parse("0", "1e3", "0.001", "86400.5"));

        assertThat(wrong.problems())
                .containsExactly(
                        "--megabytes is \"0\"; allowed: a whole number from 1 to 100000",
                        "--step is \"1e3\"; allowed: a whole number from 1 to 100000",
                        "--interval is \"0.001\"; allowed: seconds from 0.01 to 86400, such as 0.2",
                        "--hold is \"86400.5\"; allowed: seconds from 0.0 to 86400, such as 0.2");
        assertThat(catchThrowableOfType(SettingsException.class, () -> StressPlan.parse("100001", "", "-1", "soon"))
                        .problems())
                .hasSize(4);
    }
}
