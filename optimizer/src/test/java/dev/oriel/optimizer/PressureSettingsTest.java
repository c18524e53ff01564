package dev.oriel.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.oriel.capture.Quality;
import org.junit.jupiter.api.Test;

class PressureSettingsTest {

    private final LevelSettings level = new LevelSettings(1, 1, Quality.FULL);

    @Test
    void defaultsAreTheDocumentedOnes() {
        assertThat(PressureSettings.defaults())
                .isEqualTo(new PressureSettings(
                        true,
                        true,
                        true,
                        true,
                        200,
                        new LevelSettings(500, 600, Quality.OPTIMIZED),
                        new LevelSettings(200, 300, Quality.FAST),
                        new LevelSettings(50, 100, Quality.THUMBNAIL)));
    }

    @Test
    void refusesMegabytesThatAreNotPositive() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PressureSettings(true, true, true, true, 0, level, level, level))
                .withMessage("fallbackMegabytes must be positive, was 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LevelSettings(0, 1, Quality.FULL))
                .withMessage("megabytes must be positive, were 0 and 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LevelSettings(1, -1, Quality.FULL))
                .withMessage("megabytes must be positive, were 1 and -1");
    }

    @Test
    void aPlanHasBytesToGive() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LevelPlan(0, 1, Quality.FULL, SpaceSelection.ALL, false, 0))
                .withMessage("a plan has a positive budget and ceiling, was 0 and 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LevelPlan(1, 0, Quality.FULL, SpaceSelection.ALL, false, 0))
                .withMessage("a plan has a positive budget and ceiling, was 1 and 0");
    }
}
