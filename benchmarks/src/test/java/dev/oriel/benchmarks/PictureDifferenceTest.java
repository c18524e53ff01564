package dev.oriel.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PictureDifferenceTest {

    private static final int WIDTH = 480;
    private static final int HEIGHT = 320;
    private static final BufferedImage PHOTOGRAPH = Pictures.photograph(3, WIDTH, HEIGHT);
    private static final BufferedImage TEXT = Pictures.windows(4, WIDTH, HEIGHT);

    private static BufferedImage throughJpeg(BufferedImage picture, float quality) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ImageWriteParam how = writer.getDefaultWriteParam();
        how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        how.setCompressionQuality(quality);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(picture, null, null), how);
        } finally {
            writer.dispose();
        }
        return ImageIO.read(new ByteArrayInputStream(bytes.toByteArray()));
    }

    private static BufferedImage scaled(BufferedImage picture, int width, int height) {
        double[] means = PictureDifference.averaged(picture, width, height);
        BufferedImage scaled = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int pixel = 0; pixel < width * height; pixel++) {
            int rgb = (int) Math.round(means[3 * pixel + 2]) << 16
                    | (int) Math.round(means[3 * pixel + 1]) << 8
                    | (int) Math.round(means[3 * pixel]);
            scaled.setRGB(pixel % width, pixel / width, rgb);
        }
        return scaled;
    }

    @Test
    void aPictureDoesNotDifferFromItself() {
        assertThat(PictureDifference.of(TEXT, TEXT)).isEqualTo(new PictureDifference(0, 99));
    }

    @ParameterizedTest
    @ValueSource(floats = {0.95f, 0.85f, 0.6f, 0.45f})
    void jpegIsWithinTolerance(float quality) throws IOException {
        for (BufferedImage picture : new BufferedImage[] {PHOTOGRAPH, TEXT}) {
            PictureDifference difference = PictureDifference.of(picture, throughJpeg(picture, quality));
            assertThat(difference.isWithinTolerance()).as(difference.toString()).isTrue();
            assertThat(difference.decibels()).isBetween(18.0, 60.0);
        }
    }

    @Test
    void jpegOfAScaledPictureIsWithinTolerance() throws IOException {
        BufferedImage small = throughJpeg(scaled(PHOTOGRAPH, 400, 267), 0.6f);
        assertThat(PictureDifference.of(PHOTOGRAPH, small).isWithinTolerance()).isTrue();
    }

    @Test
    void aBandThatIsOldIsNotWithinTolerance() throws IOException {
        BufferedImage screen = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = screen.createGraphics();
        graphics.drawImage(TEXT, 0, 0, null);
        graphics.drawImage(PHOTOGRAPH, 0, 160, WIDTH, 176, 0, 160, WIDTH, 176, null);
        graphics.dispose();
        assertThat(PictureDifference.of(screen, throughJpeg(TEXT, 0.85f)).isWithinTolerance())
                .isFalse();
    }

    @Test
    void anotherPartOfAPhotographIsNotWithinTolerance() {
        BufferedImage wall = Pictures.photograph(3, WIDTH + 61, HEIGHT + 97);
        BufferedImage before = wall.getSubimage(0, 0, WIDTH, HEIGHT);
        BufferedImage after = wall.getSubimage(61, 97, WIDTH, HEIGHT);
        assertThat(PictureDifference.of(after, before).isWithinTolerance()).isFalse();
    }

    @Test
    void aPixelCountsAsFarAsItIsCovered() {
        BufferedImage three = new BufferedImage(3, 1, BufferedImage.TYPE_INT_RGB);
        three.setRGB(0, 0, 0x000030);
        three.setRGB(1, 0, 0x000060);
        three.setRGB(2, 0, 0x000090);
        double[] two = PictureDifference.averaged(three, 2, 1);
        assertThat(two[0]).isCloseTo((0x30 + 0x60 / 2.0) / 1.5, within(1e-9));
        assertThat(two[3]).isCloseTo((0x90 + 0x60 / 2.0) / 1.5, within(1e-9));
    }
}
