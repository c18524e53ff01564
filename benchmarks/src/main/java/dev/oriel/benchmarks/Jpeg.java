package dev.oriel.benchmarks;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/** A picture as a frame holds it. */
record Jpeg(byte[] bytes) {

    private static final int INSET = 20;
    private static final int TOLERANCE = 16;

    /** Whether an area, looked at in its middle and near its corners, has a colour, give or take what JPEG does to it. */
    boolean shows(Rectangle area, int rgb) throws IOException {
        @Nullable BufferedImage picture = ImageIO.read(new ByteArrayInputStream(bytes));
        if (picture == null) {
            throw new BenchmarkFailedException("a frame is not a picture");
        }
        int left = area.x + INSET;
        int right = area.x + area.width - INSET;
        int top = area.y + INSET;
        int bottom = area.y + area.height - INSET;
        return isNear(picture.getRGB((int) area.getCenterX(), (int) area.getCenterY()), rgb)
                && isNear(picture.getRGB(left, top), rgb)
                && isNear(picture.getRGB(right, top), rgb)
                && isNear(picture.getRGB(left, bottom), rgb)
                && isNear(picture.getRGB(right, bottom), rgb);
    }

    private static boolean isNear(int one, int other) {
        return isNear(one, other, 16) && isNear(one, other, 8) && isNear(one, other, 0);
    }

    private static boolean isNear(int one, int other, int shift) {
        return Math.abs(((one >> shift) & 0xFF) - ((other >> shift) & 0xFF)) <= TOLERANCE;
    }
}
