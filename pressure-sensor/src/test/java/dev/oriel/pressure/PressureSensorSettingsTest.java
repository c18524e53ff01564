package dev.oriel.pressure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PressureSensorSettingsTest {
    private final PressureSensorSettings settings = PressureSensorSettings.defaults();

    @Test
    void changesOneThingAtATime() {
        HeadroomThresholds headroom = new HeadroomThresholds(0.5, 0.4, 2, 1);
        StallThresholds stall = new StallThresholds(0.5, 0.6, 0.7, 0.8, Duration.ofSeconds(1), Duration.ofSeconds(8));
        PageInThresholds pageIn = new PageInThresholds(1, 2, Duration.ofSeconds(3));
        PressureThresholds thresholds = PressureThresholds.defaults()
                .withAvailable(headroom)
                .withLimit(headroom)
                .withStall(stall)
                .withPageIn(pageIn)
                .withHeap(headroom)
                .withProcessCeilingBytes(7);
        Optional<PressureWatch> watch = Optional.of(new PressureWatch(Path.of("/run/x"), new byte[] {1}));
        PressureSensorSettings changed = settings.withInterval(Duration.ofSeconds(1))
                .withQuickInterval(Duration.ofMillis(9))
                .withFastestInterval(Duration.ofMillis(2))
                .withRelaxAfter(Duration.ofSeconds(3))
                .withForecast(Duration.ofMillis(5))
                .withFastestFillBytesPerSecond(4)
                .withThresholds(thresholds)
                .withWatch(watch);
        assertThat(thresholds)
                .isEqualTo(new PressureThresholds(headroom, headroom, stall, pageIn, headroom, OptionalLong.of(7)));
        assertThat(changed)
                .isEqualTo(new PressureSensorSettings(
                        Duration.ofSeconds(1),
                        Duration.ofMillis(9),
                        Duration.ofMillis(2),
                        Duration.ofSeconds(3),
                        Duration.ofMillis(5),
                        4,
                        thresholds,
                        watch));
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
