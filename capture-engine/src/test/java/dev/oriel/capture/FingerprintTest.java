package dev.oriel.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.oriel.capture.jpeg.Chroma;
import dev.oriel.capture.jpeg.StripeEncoders;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FingerprintTest {

    private static final int TOLERANCE = 2;
    private static final int WIDTH = 643;
    private static final int HEIGHT = 411;

    private final HeapFrameMemory memory = new HeapFrameMemory(1L << 28);
    private final List<Fingerprints> opened = new ArrayList<>();
    private final Fingerprints fingerprints = open(Optional.empty(), List.of());

    @AfterEach
    void nothingIsLeft() {
        opened.forEach(Fingerprints::close);
        assertThat(memory.chargedBytes()).isZero();
    }

    private Fingerprints open(Optional<Area> region, List<Area> ignored) {
        Fingerprints made = Fingerprints.open(region, ignored);
        opened.add(made);
        return made;
    }

    private Fingerprint look(Fingerprints eyes, Pixels pixels, int percent, Chroma chroma) {
        try (Frame frame = DrawnFrames.of(memory, new SpaceId("a"), pixels, percent, chroma)) {
            return eyes.of(frame);
        }
    }

    private Fingerprint look(Pixels pixels) {
        return look(fingerprints, pixels, 85, Chroma.TWO_BY_TWO);
    }

    /** A window of text, with more drawn on it. */
    private static Pixels screen(Consumer<Graphics2D> more) {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setColor(new Color(0x305070));
        graphics.fillRect(0, 0, WIDTH, HEIGHT);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(20, 20, 500, 360);
        graphics.setColor(Color.BLACK);
        graphics.setFont(new Font(Font.MONOSPACED, Font.PLAIN, 12));
        for (int line = 0; line < 24; line++) {
            graphics.drawString("line " + line + " of a file, total " + 7919 * line % 1000, 24, 36 + 14 * line);
        }
        more.accept(graphics);
        graphics.dispose();
        int[] colors = image.getRGB(0, 0, WIDTH, HEIGHT, null, 0, WIDTH);
        for (int index = 0; index < colors.length; index++) {
            colors[index] &= 0xFFFFFF;
        }
        return new Pixels(WIDTH, HEIGHT, colors);
    }

    private static Pixels screen() {
        return screen(graphics -> {});
    }

    private static Pixels withText(String text, Color color) {
        return screen(graphics -> {
            graphics.setColor(color);
            graphics.drawString(text, 331, 201);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "85, TWO_BY_TWO",
        "60, TWO_BY_TWO",
        "70, TWO_BY_TWO",
        "95, EVERY_PIXEL",
        "95, TWO_BY_TWO",
        "30, TWO_BY_TWO"
    })
    void forgivesAnotherJpegQuality(int percent, Chroma chroma) {
        for (Pixels pixels : List.of(screen(), Pixels.desktop(WIDTH, HEIGHT))) {
            Fingerprint usual = look(pixels);
            Fingerprint other = look(fingerprints, pixels, percent, chroma);
            assertThat(usual.looksLike(other, TOLERANCE)).isTrue();
            assertThat(other.looksLike(usual, TOLERANCE)).isTrue();
            assertThat(usual.looksLike(usual, 0)).isTrue();
        }
    }

    @Test
    void forgivesALittleNoise() {
        Pixels clean = screen();
        Pixels noisy = screen();
        Random random = new Random(7);
        for (int index = 0; index < noisy.colors().length; index++) {
            int grey = random.nextInt(5) - 2;
            int color = 0;
            for (int shift = 0; shift <= 16; shift += 8) {
                color |= Math.max(0, Math.min(255, (clean.colors()[index] >> shift & 0xFF) + grey)) << shift;
            }
            noisy.colors()[index] = color;
        }
        assertThat(look(clean).looksLike(look(noisy), TOLERANCE)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"13", "18", "12", "19", "16", "1", "15"})
    void seesOneChangedDigit(String number) {
        for (Color color : List.of(Color.BLACK, new Color(0x606060), new Color(0x9A9A9A))) {
            Fingerprint before = look(withText("10", color));
            Fingerprint after = look(withText(number, color));
            assertThat(before.looksLike(after, TOLERANCE)).isFalse();
            assertThat(after.looksLike(before, TOLERANCE)).isFalse();
        }
    }

    @Test
    void seesADigitThroughAnotherJpegQuality() {
        Fingerprint good = look(fingerprints, withText("12:36", Color.BLACK), 95, Chroma.EVERY_PIXEL);
        Fingerprint poor = look(fingerprints, withText("12:39", Color.BLACK), 60, Chroma.TWO_BY_TWO);
        assertThat(good.looksLike(poor, TOLERANCE)).isFalse();
    }

    @Test
    void seesATickADialogAndALight() {
        Fingerprint before = look(screen(graphics -> light(graphics, new Color(255, 0, 0))));
        assertThat(before.looksLike(look(screen()), TOLERANCE)).isFalse();
        assertThat(look(screen())
                        .looksLike(
                                look(screen(graphics -> {
                                    graphics.drawLine(402, 301, 404, 304);
                                    graphics.drawLine(404, 304, 409, 297);
                                })),
                                TOLERANCE))
                .as("a tick")
                .isFalse();
        assertThat(look(screen())
                        .looksLike(
                                look(screen(graphics -> {
                                    graphics.setColor(new Color(0xF0F0F0));
                                    graphics.fillRect(201, 101, 100, 60);
                                })),
                                TOLERANCE))
                .as("a pale dialog on white")
                .isFalse();
        assertThat(before.looksLike(look(screen(graphics -> light(graphics, new Color(0, 130, 0)))), TOLERANCE))
                .as("another colour of the same brightness")
                .isFalse();
    }

    @Test
    void seesATextCursor() {
        Pixels bar = screen(graphics -> graphics.fillRect(331, 190, 1, 14));
        assertThat(look(screen()).looksLike(look(bar), TOLERANCE)).isFalse();
    }

    private static void light(Graphics2D graphics, Color color) {
        graphics.setColor(color);
        graphics.fillOval(560, 60, 12, 12);
    }

    @Test
    void neverTakesPicturesOfDifferentSizesForEqual() {
        Fingerprint picture = look(Pixels.flat(64, 64, 0x808080));
        assertThat(picture.looksLike(look(Pixels.flat(64, 63, 0x808080)), 255)).isFalse();
        assertThat(picture.looksLike(look(Pixels.flat(65, 64, 0x808080)), 255)).isFalse();
    }

    @Test
    void doesNotLookAtIgnoredAreas() {
        Fingerprints eyes = open(Optional.empty(), List.of(new Area(328, 186, 40, 20), new Area(9000, 9000, 5, 5)));
        for (Chroma chroma : Chroma.values()) {
            Fingerprint one = look(eyes, withText("one", Color.RED), 85, chroma);
            assertThat(one.looksLike(look(eyes, withText("two", Color.BLUE), 85, chroma), TOLERANCE))
                    .isTrue();
            assertThat(one.looksLike(look(eyes, withText("two", Color.BLUE), 60, Chroma.TWO_BY_TWO), TOLERANCE))
                    .isTrue();
            Pixels beside = screen(graphics -> graphics.drawString("x", 380, 201));
            assertThat(one.looksLike(look(eyes, beside, 85, chroma), TOLERANCE)).isFalse();
        }
    }

    @Test
    void refusesToLookAtNothing() {
        try (Frame frame = DrawnFrames.of(memory, new SpaceId("a"), Pixels.flat(96, 96, 0x202020), 85)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> open(Optional.of(new Area(1000, 500, 100, 100)), List.of())
                            .of(frame))
                    .withMessageContaining("lies outside a picture of 96x96");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> open(Optional.empty(), List.of(new Area(0, 0, 4000, 4000)))
                            .of(frame))
                    .withMessageContaining("is ignored");
        }
    }

    @Test
    void anAreaMayReachToTheRightEdgeOfAnyPicture() {
        assertThat(new Area(64, 0, Integer.MAX_VALUE, 16)
                        .intersection(new Area(0, 0, 8, 8))
                        .isEmpty())
                .isTrue();
        assertThat(new Area(64, 0, Integer.MAX_VALUE, 16).intersection(new Area(72, 0, 8, 8)))
                .isEqualTo(new Area(72, 0, 8, 8));
    }

    @Test
    void looksAtNothingButTheRegion() {
        Fingerprints eyes = open(Optional.of(new Area(320, 180, 100, 40)), List.of());
        Fingerprint before = look(eyes, screen(), 85, Chroma.TWO_BY_TWO);
        Pixels outside = screen(graphics -> graphics.fillRect(0, 0, 300, 170));
        assertThat(before.looksLike(look(eyes, outside, 85, Chroma.TWO_BY_TWO), TOLERANCE))
                .isTrue();
        assertThat(before.looksLike(look(eyes, withText("x", Color.BLACK), 85, Chroma.TWO_BY_TWO), TOLERANCE))
                .isFalse();
        assertThat(before.looksLike(look(screen()), TOLERANCE))
                .as("made with other areas")
                .isFalse();
    }

    @Test
    void tellsWhereTwoPicturesDifferFromAnyRowOn() {
        Fingerprint before = look(screen());
        Fingerprint after = look(withText("x", Color.BLACK));
        int row = 200 / Fingerprint.TILE_PIXELS;
        for (int first = 0; first * Fingerprint.TILE_PIXELS < HEIGHT; first++) {
            assertThat(before.difference(after, TOLERANCE, first).orElseThrow()).isBetween(row - 1, row);
            assertThat(before.difference(before, 0, first)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 33})
    void looksAtPicturesOfEverySize(int side) {
        for (Chroma chroma : Chroma.values()) {
            for (int other : new int[] {1, 16, 50}) {
                Fingerprint grey = look(fingerprints, Pixels.flat(side, other, 0x808080), 85, chroma);
                Fingerprint lighter = look(fingerprints, Pixels.flat(side, other, 0x909090), 85, chroma);
                assertThat(grey.looksLike(grey, 0)).isTrue();
                assertThat(grey.looksLike(lighter, TOLERANCE)).isFalse();
            }
        }
    }

    @Test
    void isSmallWhereThePictureIsPlain() {
        assertThat(look(Pixels.flat(1920, 1080, 0x305070)).sizeBytes()).isLessThan(30 * 1024);
        assertThat(look(Pixels.noise(1920, 1080, 1)).sizeBytes()).isLessThan(210 * 1024);
    }

    /* It clips each pixel, so that the means beside sharp edges lie a little off, differently at each JPEG quality. */
    @Test
    void theDecoderOfTheJdkSeesNearlyTheSame() {
        Pixels before = withText("12:36", Color.RED);
        Pixels after = withText("12:39", Color.RED);
        try (Fingerprints jdk = new Fingerprints(new Vision(Optional.empty(), List.of()), StripeEncoders.ofJdk())) {
            for (Chroma chroma : Chroma.values()) {
                Fingerprint seen = look(jdk, before, 85, chroma);
                assertThat(seen.looksLike(look(fingerprints, before, 85, chroma), 3 * TOLERANCE))
                        .isTrue();
                assertThat(seen.looksLike(look(jdk, before, 60, chroma), 3 * TOLERANCE))
                        .isTrue();
                assertThat(seen.looksLike(look(jdk, after, 85, chroma), TOLERANCE))
                        .isFalse();
            }
        }
    }

    @Test
    void knowsTheSameBytesInAnotherSpace() {
        try (Frame one = DrawnFrames.of(memory, new SpaceId("a"), screen(), 85);
                Frame other = DrawnFrames.of(memory, new SpaceId("b"), screen(), 85);
                Frame changed = DrawnFrames.of(memory, new SpaceId("a"), withText(".", Color.GRAY), 85)) {
            assertThat(fingerprints.keyOf(one)).isEqualTo(fingerprints.keyOf(other));
            assertThat(fingerprints.keyOf(one)).isNotEqualTo(fingerprints.keyOf(changed));
        }
    }

    @Test
    void saysSoWhenItIsClosedOrTheFrameIs() {
        Frame frame = DrawnFrames.of(memory, new SpaceId("a"), screen(), 85);
        fingerprints.close();
        fingerprints.close();
        assertThatIllegalStateException().isThrownBy(() -> fingerprints.of(frame));
        frame.close();
        assertThatIllegalStateException().isThrownBy(() -> fingerprints.keyOf(frame));
        assertThatIllegalStateException()
                .isThrownBy(() -> open(Optional.empty(), List.of()).of(frame));
    }
}
