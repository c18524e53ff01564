package dev.oriel.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class JpegTest {

    private static final Rectangle LEFT = new Rectangle(0, 0, 64, 128);

    private static Jpeg picture(Color left, Color right) throws IOException {
        BufferedImage picture = new BufferedImage(128, 128, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        graphics.setColor(left);
        graphics.fillRect(0, 0, 64, 128);
        graphics.setColor(right);
        graphics.fillRect(64, 0, 64, 128);
        graphics.dispose();
        ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
        ImageIO.write(picture, "jpg", jpeg);
        return new Jpeg(jpeg.toByteArray());
    }

    @Test
    void tellsTheColourOfAnArea() throws IOException {
        Jpeg picture = picture(new Color(0xBF2626), Color.WHITE);
        assertThat(picture.shows(LEFT, 0xBF2626)).isTrue();
        assertThat(picture.shows(LEFT, 0xBF2660)).isFalse();
        assertThat(picture.shows(new Rectangle(0, 0, 128, 128), 0xBF2626)).isFalse();
    }

    @Test
    void refusesWhatIsNoPicture() {
        assertThatThrownBy(() -> new Jpeg(new byte[100]).shows(LEFT, 0))
                .isInstanceOf(BenchmarkFailedException.class)
                .hasMessage("a frame is not a picture");
    }
}
