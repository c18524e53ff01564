package dev.oriel.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.oriel.capture.Area;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnalysisCacheSettingsTest {

    private static final AnalysisCacheSettings<String> TEXTS = AnalysisCacheSettings.ofTexts();

    @Test
    void changesOneValueAtATime() {
        Area area = new Area(1, 2, 3, 4);
        AnalysisCacheSettings<String> changed = TEXTS.withBudgetBytes(1)
                .withTtl(Duration.ofNanos(1))
                .withTolerance(64)
                .withRegion(area)
                .withIgnored(List.of(area));
        assertThat(changed.budgetBytes()).isEqualTo(1);
        assertThat(changed.ttl()).isEqualTo(Duration.ofNanos(1));
        assertThat(changed.tolerance()).isEqualTo(64);
        assertThat(changed.region()).contains(area);
        assertThat(changed.ignored()).containsExactly(area);
        assertThat(changed.weigher().applyAsInt("four")).isEqualTo(8);
    }

    @Test
    void refusesWhatMakesNoSense() {
        for (long bytes : new long[] {0, -1, Long.MIN_VALUE}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> TEXTS.withBudgetBytes(bytes))
                    .withMessage("budgetBytes must be positive, was " + bytes);
        }
        for (Duration ttl : List.of(Duration.ZERO, Duration.ofSeconds(-1), Duration.ofDays(400_000))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> TEXTS.withTtl(ttl))
                    .withMessage("ttl must be positive and at most 100 years, was " + ttl);
        }
        for (int tolerance : new int[] {-1, 65}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> TEXTS.withTolerance(tolerance))
                    .withMessage("tolerance must be 0 to 64, was " + tolerance);
        }
        assertThatIllegalArgumentException().isThrownBy(() -> TEXTS.withRegion(new Area(5, 5, 0, 9)));
        assertThatNullPointerException().isThrownBy(() -> AnalysisCacheSettings.defaults(null));
    }

    @Test
    void keepsItsOwnListOfAreas() {
        List<Area> areas = new ArrayList<>(List.of(new Area(0, 0, 8, 8)));
        AnalysisCacheSettings<String> settings = TEXTS.withIgnored(areas);
        areas.clear();
        assertThat(settings.ignored()).hasSize(1);
    }
}
