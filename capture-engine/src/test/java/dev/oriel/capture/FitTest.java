package dev.oriel.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FitTest {

    private static final int ROUNDS = 20_000;

    @ParameterizedTest
    @CsvSource({
        "1920, 1080, 1456, 819",
        "2560, 1440, 1456, 819",
        "3840, 2160, 1456, 819",
        "1920, 1200, 1389, 868",
        "2560, 1600, 1389, 868",
        "1280, 960, 1270, 952",
        "960, 1280, 952, 1270",
        "1280, 800, 1280, 800",
        "1366, 768, 1366, 768",
        "1024, 768, 1024, 768",
        "5120, 1440, 1568, 441",
        "1, 1, 1, 1",
        "1, 1568, 1, 1568",
        "1, 1569, 1, 1568",
        "60000, 1, 1568, 1",
        "1092, 1092, 1092, 1092",
        "1093, 1093, 1092, 1092",
        "5000, 5000, 1092, 1092"
    })
    void aModelSees(int width, int height, int seenWidth, int seenHeight) {
        assertThat(Fit.MODEL.sizeOf(width, height)).isEqualTo(new Area(0, 0, seenWidth, seenHeight));
    }

    @ParameterizedTest
    @CsvSource({
        "1920, 1080, 1024, 768, 1024, 576",
        "1280, 1024, 1024, 768, 960, 768",
        "640, 400, 1024, 768, 640, 400",
        "1080, 1920, 1366, 768, 432, 768",
        "640, 400, 640, 400, 640, 400",
        "640, 400, 1, 1, 1, 1",
        "8192, 8192, 100, 8192, 100, 100"
    })
    void aBoxHolds(int width, int height, int boxWidth, int boxHeight, int fitsWidth, int fitsHeight) {
        assertThat(Fit.box(boxWidth, boxHeight).sizeOf(width, height)).isEqualTo(new Area(0, 0, fitsWidth, fitsHeight));
    }

    @Test
    void theModelRuleHoldsAndNothingLargerDoes() {
        Random random = new Random(1);
        for (int round = 0; round < ROUNDS; round++) {
            int width = 1 + random.nextInt(round % 2 == 0 ? 12_000 : 1800);
            int height = 1 + random.nextInt(round % 3 == 0 ? 12_000 : 1800);
            Area size = Fit.MODEL.sizeOf(width, height);
            String what = width + "x" + height + " to " + size;
            assertThat(isSeenByAModel(size.width(), size.height())).as(what).isTrue();
            keepsTheAspect(width, height, size, what);
            int longEdge = Math.max(size.width(), size.height());
            if (longEdge < Math.max(width, height)) {
                double shortEdge = Math.min(width, height) * (longEdge + 1.0) / Math.max(width, height);
                assertThat(isSeenByAModel(longEdge + 1, (int) Math.max(1, Math.ceil(shortEdge - 0.5))))
                        .as("larger than " + what)
                        .isFalse();
            }
        }
    }

    private static boolean isSeenByAModel(int width, int height) {
        int patches = (int) (Math.ceil(width / 28.0) * Math.ceil(height / 28.0));
        return Math.max(width, height) <= 1568 && patches <= 1568;
    }

    @Test
    void aBoxIsNeverLeftAndOneEdgeMeetsIt() {
        Random random = new Random(2);
        for (int round = 0; round < ROUNDS; round++) {
            int width = 1 + random.nextInt(9000);
            int height = 1 + random.nextInt(9000);
            int boxWidth = 1 + random.nextInt(2000);
            int boxHeight = 1 + random.nextInt(2000);
            Area size = Fit.box(boxWidth, boxHeight).sizeOf(width, height);
            String what = width + "x" + height + " in " + boxWidth + "x" + boxHeight + " to " + size;
            assertThat(size.width()).as(what).isLessThanOrEqualTo(Math.min(boxWidth, width));
            assertThat(size.height()).as(what).isLessThanOrEqualTo(Math.min(boxHeight, height));
            keepsTheAspect(width, height, size, what);
            if (width > boxWidth || height > boxHeight) {
                assertThat(size.width() == boxWidth || size.height() == boxHeight)
                        .as(what)
                        .isTrue();
            } else {
                assertThat(size).as(what).isEqualTo(new Area(0, 0, width, height));
            }
        }
    }

    private static void keepsTheAspect(int width, int height, Area size, String what) {
        double scale = Math.max(size.width(), size.height()) / (double) Math.max(width, height);
        double shortEdge = Math.min(width, height) * scale;
        int made = width >= height ? size.height() : size.width();
        assertThat(Math.abs(made - shortEdge)).as(what).isLessThanOrEqualTo(shortEdge < 0.5 ? 1 : 0.5 + 1e-9);
    }

    @Test
    void readsBoxesAndNames() {
        assertThat(Fit.parse("640x480")).contains(Fit.box(640, 480));
        assertThat(Fit.parse(" 1X8192 ")).contains(Fit.box(1, 8192));
        assertThat(Fit.parse("xga")).contains(Fit.box(1024, 768));
        assertThat(Fit.parse("WXGA")).contains(Fit.box(1280, 800));
        assertThat(Fit.parse("fwxga")).contains(Fit.box(1366, 768));
        assertThat(Fit.parse("Model")).contains(Fit.MODEL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "x", "0x5", "5x0", "8193x5", "5x8193", "-5x5", "5", "5x5x5", "5.0x5", "vga", "99999999999x1"
            })
    void refusesWhatIsNeither(String text) {
        assertThat(Fit.parse(text)).isEmpty();
    }

    @Test
    void refusesSidesAndPatchesOutOfRange() {
        assertThatIllegalArgumentException().isThrownBy(() -> Fit.box(0, 1)).withMessageContaining("0x1");
        assertThatIllegalArgumentException().isThrownBy(() -> Fit.box(1, 8193)).withMessageContaining("1x8193");
        assertThatIllegalArgumentException().isThrownBy(() -> new Fit(1, 1, 0)).withMessageContaining("was 0");
    }
}
