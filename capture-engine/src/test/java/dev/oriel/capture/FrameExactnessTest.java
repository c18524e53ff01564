package dev.oriel.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.capture.jpeg.StripeEncoders;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

/** A frame is, byte for byte, the JPEG that cjpeg makes of the same pixels. */
class FrameExactnessTest {

    private static final CaptureSettings SETTINGS = CaptureSettings.defaults();
    private static final EnumSet<Quality> ALL = EnumSet.allOf(Quality.class);

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "15, 17",
        "16, 16",
        "17, 8",
        "8, 17",
        "33, 40",
        "1, 257",
        "640, 480",
        "801, 599",
        "1366, 768",
        "1920, 1080"
    })
    void everyQualityOfEverySizeIsWhatCjpegMakes(int width, int height) {
        for (Pixels pixels : List.of(
                Pixels.noise(width, height, 7), Pixels.flat(width, height, 0x2E7D32), Pixels.desktop(width, height))) {
            Map<Quality, byte[]> frames = FreshEngine.encode(pixels, ALL, SETTINGS, 0, StripeEncoders.detect());
            assertThat(frames)
                    .allSatisfy((quality, jpeg) -> assertThat(jpeg)
                            .as("%s of %dx%d", quality, width, height)
                            .isEqualTo(cjpegOf(pixels, quality, SETTINGS, 0)));
        }
    }

    @Test
    void everySideFromOnePixelToTwoMcusIsWhatCjpegMakes() {
        for (int side = 1; side <= 34; side++) {
            Pixels pixels = Pixels.noise(side, 35 - side, side);
            Map<Quality, byte[]> frames = FreshEngine.encode(pixels, ALL, SETTINGS, 0, StripeEncoders.detect());
            assertThat(frames)
                    .allSatisfy((quality, jpeg) -> assertThat(jpeg)
                            .as("%s of %s", quality, pixels)
                            .isEqualTo(cjpegOf(pixels, quality, SETTINGS, 0)));
        }
    }

    @Test
    void theLargestScreenIsWhatCjpegMakes() {
        Pixels pixels = Pixels.desktop(7680, 4320);
        Set<Quality> nativeSize = Set.of(Quality.FULL, Quality.OPTIMIZED);
        Map<Quality, byte[]> frames = FreshEngine.encode(pixels, nativeSize, SETTINGS, 0, StripeEncoders.detect());
        assertThat(frames)
                .allSatisfy((quality, jpeg) -> assertThat(jpeg).isEqualTo(cjpegOf(pixels, quality, SETTINGS, 0)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 30, 50, 75, 90, 100})
    void everyPercentIsWhatCjpegMakes(int percent) {
        CaptureSettings settings = new CaptureSettings(percent, 100, 100);
        Pixels pixels = Pixels.desktop(211, 103);
        Map<Quality, byte[]> frames = FreshEngine.encode(pixels, ALL, settings, 0, StripeEncoders.detect());
        assertThat(frames)
                .allSatisfy((quality, jpeg) -> assertThat(jpeg)
                        .as("%s at %d", quality, percent)
                        .isEqualTo(cjpegOf(pixels, quality, settings, 0)));
    }

    @Test
    void aFrameOfSharedAndNewStripesIsWhatCjpegMakesOfTheWholePicture() {
        int width = 345;
        int height = 271;
        PixelScreen screen = PixelScreen.single("s", width, height);
        screen.show(1, Pixels.desktop(width, height));
        HeapFrameMemory memory = new HeapFrameMemory(1 << 26);
        FrameCollector frames = FrameCollector.unbounded();
        try (CaptureEngine engine = new DefaultCaptureEngine(
                List.of(screen), memory, SETTINGS, StripeEncoders.detect(), Clock.systemUTC(), System::nanoTime)) {
            engine.frames(Flux.just(
                            new CaptureSchedule(List.of(new CaptureTarget(screen.id(1), ALL, Duration.ZERO)), 0)))
                    .subscribe(frames);
            screen.settle();
            List<Frame> before = frames.rest();
            Random random = new Random(11);
            for (int edit = 0; edit < 10; edit++) {
                int x = random.nextInt(width);
                int y = random.nextInt(height);
                screen.noise(
                        1, x, y, 1 + random.nextInt(width - x), 1 + random.nextInt(Math.min(30, height - y)), edit);
                screen.settle();
                List<Frame> after = frames.rest();
                assertThat(after).extracting(Frame::quality).hasSameElementsAs(ALL);
                for (Frame frame : after) {
                    Frame older = ofQuality(before, frame.quality());
                    assertThat(sharedStripes(frame, older))
                            .as("shared by %s", frame)
                            .isPositive();
                    assertThat(frame.toByteArray())
                            .as("%s after edit %d", frame.quality(), edit)
                            .isEqualTo(cjpegOf(screen.pixels(1), frame.quality(), SETTINGS, 0));
                }
                before = after;
            }
        }
        frames.letGoOfAll();
        assertThat(memory.chargedBytes()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "33, 40", "801, 599", "1366, 768"})
    void otherDecodersReadEveryFrameWithoutAWord(int width, int height) {
        Map<Quality, byte[]> frames =
                FreshEngine.encode(Pixels.desktop(width, height), ALL, SETTINGS, 0, StripeEncoders.detect());
        assertThat(frames)
                .allSatisfy((quality, jpeg) -> assertThat(Jpegs.complaintsAbout(jpeg))
                        .as("%s of %dx%d", quality, width, height)
                        .isEmpty());
    }

    @Test
    void fullLooksLikeTheScreen() {
        Pixels pixels = Pixels.desktop(640, 480);
        Pixels seen = Jpegs.decode(FreshEngine.encode(pixels, Quality.FULL, SETTINGS));
        assertThat(seen.meanDifference(pixels)).isLessThan(2);
        assertThat(seen.greatestDifference(pixels)).isLessThan(40);
    }

    private static byte[] cjpegOf(Pixels pixels, Quality quality, CaptureSettings settings, int reduction) {
        Rendition rendition = Rendition.of(quality, pixels.width(), pixels.height(), settings, reduction);
        Pixels small = AreaAverage.of(pixels, rendition.width(), rendition.height());
        return Jpegs.cjpeg(small, rendition.jpegPercent(), quality == Quality.FULL ? "1x1" : "2x2");
    }

    private static Frame ofQuality(List<Frame> frames, Quality quality) {
        return frames.stream()
                .filter(frame -> frame.quality() == quality)
                .findFirst()
                .orElseThrow();
    }

    private static int sharedStripes(Frame frame, Frame older) {
        int shared = 0;
        for (int index = 0; index < frame.stripeCount(); index++) {
            shared += frame.sharesStripe(older, index) ? 1 : 0;
        }
        return shared;
    }
}
