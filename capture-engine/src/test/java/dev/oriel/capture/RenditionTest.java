package dev.oriel.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RenditionTest {

    private static final CaptureSettings SETTINGS = CaptureSettings.defaults();

    @ParameterizedTest
    @CsvSource({
        "1920, 1080, 400, 225",
        "1080, 1920, 169, 300",
        "400, 300, 400, 300",
        "399, 20, 399, 20",
        "1, 1, 1, 1",
        "32767, 1, 400, 1",
        "1, 32767, 1, 300",
        "800, 600, 400, 300"
    })
    void aThumbnailFitsItsBoxWithTheAspectKept(int sourceWidth, int sourceHeight, int width, int height) {
        Rendition thumbnail = Rendition.of(Quality.THUMBNAIL, sourceWidth, sourceHeight, SETTINGS, 0);
        assertThat(thumbnail.width()).isEqualTo(width);
        assertThat(thumbnail.height()).isEqualTo(height);
    }

    @ParameterizedTest
    @CsvSource({"1366, 768, 683, 384", "1, 1, 1, 1", "3, 5, 2, 3", "641, 481, 321, 241"})
    void fastIsHalfAsWideAndHighAndNeverNothing(int sourceWidth, int sourceHeight, int width, int height) {
        Rendition fast = Rendition.of(Quality.FAST, sourceWidth, sourceHeight, SETTINGS, 0);
        assertThat(fast.width()).isEqualTo(width);
        assertThat(fast.height()).isEqualTo(height);
    }

    @Test
    void fullAndOptimizedHaveTheSizeOfTheSpace() {
        for (Quality quality : new Quality[] {Quality.FULL, Quality.OPTIMIZED}) {
            assertThat(Rendition.of(quality, 801, 599, SETTINGS, 0).isNativeSize())
                    .isTrue();
        }
        assertThat(Rendition.of(Quality.FULL, 801, 599, SETTINGS, 0).stripes()).isEqualTo(75);
        assertThat(Rendition.of(Quality.OPTIMIZED, 801, 599, SETTINGS, 0).stripes())
                .isEqualTo(38);
    }

    @ParameterizedTest
    @CsvSource({
        "FULL, 85, 0, 95",
        "FULL, 85, 20, 75",
        "FULL, 85, 99, 30",
        "OPTIMIZED, 85, 0, 85",
        "OPTIMIZED, 85, 15, 70",
        "OPTIMIZED, 85, 99, 30",
        "OPTIMIZED, 20, 99, 20",
        "OPTIMIZED, 100, 0, 100",
        "FAST, 85, 0, 70",
        "FAST, 50, 0, 50",
        "FAST, 85, 10, 60",
        "THUMBNAIL, 85, 0, 70",
        "THUMBNAIL, 25, 10, 25"
    })
    void theReductionLowersThePercentButNotBelowThirty(Quality quality, int configured, int reduction, int percent) {
        CaptureSettings settings = new CaptureSettings(configured, 400, 300);
        assertThat(Rendition.of(quality, 640, 480, settings, reduction).jpegPercent())
                .isEqualTo(percent);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "15, 17",
        "640, 480",
        "801, 599",
        "1366, 768",
        "1920, 1080",
        "50, 32767",
        "3000, 33",
        "333, 1001"
    })
    void aStripeShowsABandExactlyWhenTheBandLiesInTheStripe(int width, int height) {
        for (Quality quality : Quality.values()) {
            Rendition rendition = Rendition.of(quality, width, height, SETTINGS, 0);
            int bands = (height + ScreenSource.BAND_HEIGHT - 1) / ScreenSource.BAND_HEIGHT;
            BitSet[] bandsOf = new BitSet[rendition.stripes()];
            int rows = 0;
            for (int stripe = 0; stripe < bandsOf.length; stripe++) {
                bandsOf[stripe] = rendition.bandsOf(stripe);
                assertThat(bandsOf[stripe].length()).isBetween(1, bands);
                rows += rendition.rowsOf(stripe);
            }
            assertThat(rows).isEqualTo(rendition.height());
            for (int band = 0; band < bands; band++) {
                BitSet only = new BitSet();
                only.set(band);
                BitSet stripes = rendition.stripesShowing(only);
                assertThat(stripes.isEmpty()).isFalse();
                assertThat(stripes.length()).isLessThanOrEqualTo(rendition.stripes());
                for (int stripe = 0; stripe < bandsOf.length; stripe++) {
                    assertThat(stripes.get(stripe))
                            .as("%s: band %d in stripe %d", rendition, band, stripe)
                            .isEqualTo(bandsOf[stripe].get(band));
                }
            }
        }
    }
}
