package dev.oriel.pressure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PressureSensorSettingsTest {
    private final PressureSensorSettings settings = PressureSensorSettings.defaults();

    @Test
    void changesOneThingAtATime() {
        HeadroomThresholds headroom = new HeadroomThresholds(0.5, 0.4, 2, 1);
        StallThresholds stall = new StallThresholds(0.5, 0.6, 0.7, Duration.ofSeconds(8));
        PressureSensorSettings changed = settings.withInterval(Duration.ofSeconds(1))
                .withFastestInterval(Duration.ofMillis(2))
                .withRelaxAfter(Duration.ofSeconds(3))
                .withFastestFillBytesPerSecond(4)
                .withAvailable(headroom)
                .withLimit(headroom)
                .withStall(stall);
        assertThat(changed)
                .isEqualTo(new PressureSensorSettings(
                        Duration.ofSeconds(1),
                        Duration.ofMillis(2),
                        Duration.ofSeconds(3),
                        4,
                        headroom,
                        headroom,
                        stall));
    }

    @Test
    void saysWhatIsWrong() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings.withInterval(Duration.ZERO))
                .withMessage("interval must be positive, was PT0S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings.withRelaxAfter(Duration.ofSeconds(-1)))
                .withMessage("relaxAfter must not be negative, was PT-1S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings.withFastestFillBytesPerSecond(0))
                .withMessage("fastestFillBytesPerSecond must be positive, was 0");
    }
}
