package dev.oriel.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules that values keep. */
class ValuesTest {

    private static final SpaceId SPACE = new SpaceId("x11-99-2");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x11-99-2",
                "a",
                "A.b_c-9",
                ".",
                "0123456789012345678901234567890123456789012345678901234567890123"
            })
    void aSpaceIdIsMadeOfCharactersThatAreSafeInAPath(String text) {
        assertThat(new SpaceId(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a b",
                "a/b",
                "ä",
                "a\n",
                "%20",
                "01234567890123456789012345678901234567890123456789012345678901234"
            })
    void aSpaceIdRefusesOtherText(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SpaceId(text))
                .withMessageContaining("\"" + text + "\"");
    }

    @Test
    void qualitiesAreRankedBestFirst() {
        assertThat(Quality.FULL.isBetterThan(Quality.OPTIMIZED)).isTrue();
        assertThat(Quality.OPTIMIZED.isBetterThan(Quality.FAST)).isTrue();
        assertThat(Quality.FAST.isBetterThan(Quality.THUMBNAIL)).isTrue();
        for (Quality quality : Quality.values()) {
            assertThat(quality.isBetterThan(quality)).isFalse();
        }
    }

    @Test
    void aCeilingGivesTheWorseOfTwoQualities() {
        for (Quality wanted : Quality.values()) {
            for (Quality ceiling : Quality.values()) {
                Quality given = wanted.orWorse(ceiling);
                assertThat(given).isIn(wanted, ceiling);
                assertThat(given.isBetterThan(wanted)).isFalse();
                assertThat(given.isBetterThan(ceiling)).isFalse();
            }
        }
    }

    @Test
    void aQualityIsFoundByItsLabelInAnyCase() {
        for (Quality quality : Quality.values()) {
            assertThat(Quality.parse(quality.label())).contains(quality);
            assertThat(Quality.parse(" " + quality.name() + "\n")).contains(quality);
        }
        assertThat(Quality.parse("best")).isEmpty();
        assertThat(Quality.parse("")).isEmpty();
    }

    @Test
    void theCodesOfTheFeedStayWhatTheyAre() {
        assertThat(Quality.values()).extracting(Quality::code).containsExactly(0, 1, 2, 3);
        assertThat(Quality.values()).containsExactly(Quality.FULL, Quality.OPTIMIZED, Quality.FAST, Quality.THUMBNAIL);
        assertThat(SpaceState.values()).extracting(SpaceState::code).containsExactly(0, 1, 2, 3);
        assertThat(SpaceState.values())
                .containsExactly(SpaceState.LIVE, SpaceState.STALE, SpaceState.LOST, SpaceState.DENIED);
    }

    @Test
    void aTargetNamesAQualityAndNoNegativeInterval() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CaptureTarget(SPACE, Set.of(), Duration.ZERO))
                .withMessageContaining("x11-99-2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CaptureTarget(SPACE, Set.of(Quality.FAST), Duration.ofMillis(-1)))
                .withMessageContaining("PT-0.001S");
    }

    @Test
    void aTargetDoesNotChangeWithTheSetItWasMadeFrom() {
        Set<Quality> qualities = new HashSet<>(EnumSet.of(Quality.FAST));
        CaptureTarget target = new CaptureTarget(SPACE, qualities, Duration.ZERO);
        qualities.add(Quality.FULL);
        assertThat(target.qualities()).containsExactly(Quality.FAST);
    }

    @Test
    void aScheduleNamesASpaceOnce() {
        CaptureTarget one = new CaptureTarget(SPACE, Set.of(Quality.FAST), Duration.ZERO);
        CaptureTarget again = new CaptureTarget(SPACE, Set.of(Quality.FULL), Duration.ZERO);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CaptureSchedule(List.of(one, again), 0))
                .withMessageContaining("at most once");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 100})
    void aReductionIsZeroToNinetyNine(int reduction) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CaptureSchedule(List.of(), reduction))
                .withMessageContaining("was " + reduction);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 101, -5})
    void anOptimizedPercentIsOneToHundred(int percent) {
        assertThatIllegalArgumentException().isThrownBy(() -> new CaptureSettings(percent, 400, 300));
    }

    @Test
    void aThumbnailBoxHasAPositiveSize() {
        assertThatIllegalArgumentException().isThrownBy(() -> new CaptureSettings(85, 0, 300));
        assertThatIllegalArgumentException().isThrownBy(() -> new CaptureSettings(85, 400, 65_536));
    }

    @Test
    void frameInfoRefusesWhatNoFrameHas() {
        assertThatIllegalArgumentException().isThrownBy(() -> info(0, 1, 1, 16));
        assertThatIllegalArgumentException().isThrownBy(() -> info(1, 0, 1, 16));
        assertThatIllegalArgumentException().isThrownBy(() -> info(1, 1, 65_536, 16));
        assertThatIllegalArgumentException().isThrownBy(() -> info(1, 1, 1, 12));
        assertThat(info(1, 65_535, 65_535, 8).revision()).isEqualTo(1);
    }

    @Test
    void aSpaceRefusesWhatNoSpaceHas() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Space(SPACE, 0, "a", new Area(0, 0, 1, 1), true, SpaceState.LIVE));
        assertThatIllegalArgumentException().isThrownBy(() -> new Area(0, 0, -1, 1));
    }

    private static FrameInfo info(long revision, int width, int height, int stripeHeight) {
        return new FrameInfo(SPACE, revision, Instant.EPOCH, width, height, Quality.FAST, 70, stripeHeight);
    }
}
