package dev.oriel.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.capture.jpeg.Chroma;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AreaScalerTest {

    private static final double ROUNDING = 0.5 + 2 / 256.0 + 1e-9;

    @Test
    void aPictureThatWasGivenUpLeavesNothingBehind() {
        Rendition rendition = Rendition.of(Quality.THUMBNAIL, 64, 64, new CaptureSettings(85, 8, 8), 0);
        AreaScaler scaler = new AreaScaler(rendition);
        ByteBuffer white = ByteBuffer.allocateDirect(64 * Integer.BYTES).order(ByteOrder.nativeOrder());
        for (int x = 0; x < 64; x++) {
            white.putInt(x * Integer.BYTES, 0x808080);
        }
        scaler.read(white, 0);
        assertThat(scaler.add(0, 0)).isFalse();

        scaler.begin();
        for (int row = 0; row < 8; row++) {
            scaler.read(white, 0);
            assertThat(scaler.add(row, 0)).isEqualTo(row == 7);
        }
        scaler.write(0);
        assertThat(scaler.stripe().getInt(0)).isEqualTo(0x808080);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, 1, 1",
        "32, 32, 16, 16",
        "33, 41, 17, 21",
        "1366, 20, 400, 6",
        "7, 5, 7, 5",
        "7, 5, 3, 2",
        "100, 70, 1, 1",
        "2, 3, 1, 2",
        "60, 1000, 24, 400"
    })
    void givesTheMeanOfWhatFallsOnAPixel(int inputWidth, int inputHeight, int width, int height) {
        Pixels pixels = Pixels.noise(inputWidth, inputHeight, 5);
        Pixels small = scaled(pixels, width, height);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                for (int shift = 0; shift <= 16; shift += 8) {
                    double exact = AreaAverage.exactly(pixels, width, height, x, y, shift);
                    assertThat(Math.abs(small.channel(x, y, shift) - exact))
                            .as("%d,%d: %s is near enough to %s", x, y, small.channel(x, y, shift), exact)
                            .isLessThanOrEqualTo(ROUNDING);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"64, 64, 32, 32", "1001, 37, 501, 19", "1920, 1080, 400, 225", "640, 480, 640, 480", "5, 9, 3, 4"})
    void leavesAPictureOfOneColourAsItIs(int inputWidth, int inputHeight, int width, int height) {
        for (int color : new int[] {0, 0xFFFFFF, 0x010203, 0xFE7F80, 0xFF0000}) {
            Pixels small = scaled(Pixels.flat(inputWidth, inputHeight, color), width, height);
            assertThat(small.colors()).containsOnly(color);
        }
    }

    @ParameterizedTest
    @CsvSource({"32767, 2, 400, 1", "2, 32767, 1, 400", "32767, 1, 16384, 1", "1, 32767, 1, 16384"})
    void doesNotOverflowOnTheLargestScreens(int inputWidth, int inputHeight, int width, int height) {
        Pixels small = scaled(Pixels.flat(inputWidth, inputHeight, 0xFFFFFF), width, height);
        assertThat(small.colors()).containsOnly(0xFFFFFF);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, 1, 1",
        "1, 1, 8, 8",
        "5, 3, 15, 9",
        "64, 41, 32, 20",
        "64, 42, 32, 21",
        "65, 41, 33, 21",
        "128, 96, 127, 95",
        "33, 20, 80, 48",
        "100, 70, 13, 9",
        "70, 100, 9, 13",
        "1, 500, 1, 157",
        "500, 1, 157, 1",
        "40, 3, 1, 1"
    })
    void keepsTheAspectToTheLastDigit(int inputWidth, int inputHeight, int width, int height) {
        Pixels pixels = Pixels.noise(inputWidth, inputHeight, 6);
        Rendition rendition =
                new Rendition(Quality.FAST, inputWidth, inputHeight, width, height, 70, Chroma.TWO_BY_TWO);
        Pixels seen = scaled(pixels, rendition, AreaScaler.keepingAspect(rendition, new ScratchStripe()));
        double side = Math.max(inputWidth, inputHeight) / (double) Math.max(width, height);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                for (int shift = 0; shift <= 16; shift += 8) {
                    double exact = AreaAverage.ofSquare(pixels, x * side, y * side, side, shift);
                    assertThat(Math.abs(seen.channel(x, y, shift) - exact))
                            .as("%d,%d: %s is near enough to %s", x, y, seen.channel(x, y, shift), exact)
                            .isLessThanOrEqualTo(ROUNDING);
                }
            }
        }
    }

    @Test
    void doesNotOverflowWhenAPictureIsMadeLarger() {
        Rendition rendition = new Rendition(Quality.FULL, 32767, 1, 8192, 1, 95, Chroma.EVERY_PIXEL);
        Pixels white = Pixels.flat(32767, 1, 0xFFFFFF);
        assertThat(scaled(white, rendition, AreaScaler.keepingAspect(rendition, new ScratchStripe()))
                        .colors())
                .containsOnly(0xFFFFFF);
        Rendition larger = new Rendition(Quality.FULL, 1024, 2, 8192, 16, 95, Chroma.EVERY_PIXEL);
        assertThat(scaled(Pixels.flat(1024, 2, 0xFFFFFF), larger, AreaScaler.keepingAspect(larger, new ScratchStripe()))
                        .colors())
                .containsOnly(0xFFFFFF);
    }

    private static Pixels scaled(Pixels pixels, int width, int height) {
        Rendition rendition =
                new Rendition(Quality.FAST, pixels.width(), pixels.height(), width, height, 70, Chroma.TWO_BY_TWO);
        return scaled(pixels, rendition, new AreaScaler(rendition));
    }

    private static Pixels scaled(Pixels pixels, Rendition rendition, AreaScaler scaler) {
        int width = rendition.width();
        int height = rendition.height();
        ByteBuffer row = ByteBuffer.allocateDirect(pixels.width() * 4).order(ByteOrder.nativeOrder());
        int[] colors = new int[width * height];
        int written = 0;
        for (int y = 0; y < pixels.height(); y++) {
            row.asIntBuffer().put(pixels.colors(), y * pixels.width(), pixels.width());
            scaler.read(row, 0);
            for (int output = scaler.firstOutputRow(y); output <= scaler.lastOutputRow(y); output++) {
                if (scaler.add(y, output)) {
                    scaler.write(0);
                    scaler.stripe().order(ByteOrder.nativeOrder()).asIntBuffer().get(colors, output * width, width);
                    written++;
                }
            }
        }
        assertThat(written).isEqualTo(height);
        return new Pixels(width, height, colors);
    }
}
