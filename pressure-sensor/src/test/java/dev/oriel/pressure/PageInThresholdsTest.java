package dev.oriel.pressure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PageInThresholdsTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void judgesASpeed() {
        PageInThresholds thresholds = new PageInThresholds(10, 20, SECOND);
        assertThat(thresholds.levelOf(9)).isEqualTo(PressureLevel.GREEN);
        assertThat(thresholds.levelOf(10)).isEqualTo(PressureLevel.YELLOW);
        assertThat(thresholds.levelOf(19)).isEqualTo(PressureLevel.YELLOW);
        assertThat(thresholds.levelOf(20)).isEqualTo(PressureLevel.RED);
    }

    @Test
    void saysWhatIsWrong() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PageInThresholds(20, 20, SECOND))
                .withMessage("pages must obey 0 < yellowPagesPerSecond < redPagesPerSecond, were 20 and 20");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PageInThresholds(1, 2, Duration.ZERO))
                .withMessage("window must be positive, was PT0S");
    }
}
