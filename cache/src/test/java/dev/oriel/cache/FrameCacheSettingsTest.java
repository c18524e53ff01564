package dev.oriel.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FrameCacheSettingsTest {

    private final FrameCacheSettings defaults = FrameCacheSettings.defaults();

    @Test
    void defaultsAreTheDocumentedOnes() {
        assertThat(defaults)
                .isEqualTo(new FrameCacheSettings(
                        209_715_200,
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(15),
                        (int) (Runtime.getRuntime().maxMemory() / 3 / FrameCacheSettings.HEAP_BYTES_PER_FRAME),
                        false));
    }

    @Test
    void withersChangeOneValueEach() {
        assertThat(defaults.withBudgetBytes(1)
                        .withTtl(Duration.ofMillis(2))
                        .withHistory(Duration.ZERO)
                        .withMostFrames(7))
                .isEqualTo(new FrameCacheSettings(1, Duration.ofMillis(2), Duration.ZERO, 7, false));
    }

    @Test
    void refusesValuesOutOfRange() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> defaults.withMostFrames(0))
                .withMessageContaining("was 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> defaults.withBudgetBytes(0))
                .withMessage("budgetBytes must be positive, was 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> defaults.withTtl(Duration.ZERO))
                .withMessage("ttl must be positive and at most 100 years, was PT0S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> defaults.withHistory(Duration.ofSeconds(-1)))
                .withMessage("history must be zero to 100 years, was PT-1S");
    }
}
