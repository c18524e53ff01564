package dev.oriel.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.capture.jpeg.Chroma;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AreaScalerTest {

    private static final double ROUNDING = 0.5 + 2 / 256.0 + 1e-9;

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

    private static Pixels scaled(Pixels pixels, int width, int height) {
        Rendition rendition =
                new Rendition(Quality.FAST, pixels.width(), pixels.height(), width, height, 70, Chroma.TWO_BY_TWO);
        AreaScaler scaler = new AreaScaler(rendition);
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
