package dev.oriel.capture;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/**
 * A picture as numbers 0xRRGGBB, row by row.
 *
 * @param width in pixels
 * @param height in pixels
 * @param colors not copied: a test may draw
 */
public record Pixels(int width, int height, int[] colors) {

    /**
     * A picture in one colour.
     *
     * @param color as 0xRRGGBB
     */
    public static Pixels flat(int width, int height, int color) {
        int[] colors = new int[width * height];
        Arrays.fill(colors, color);
        return new Pixels(width, height, colors);
    }

    /** Every pixel by chance; the same for the same seed. */
    public static Pixels noise(int width, int height, long seed) {
        Random random = new Random(seed);
        int[] colors = new int[width * height];
        for (int index = 0; index < colors.length; index++) {
            colors[index] = random.nextInt(0x1000000);
        }
        return new Pixels(width, height, colors);
    }

    /** Soft slopes with hard, text-like marks on them. */
    public static Pixels desktop(int width, int height) {
        int[] colors = new int[width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                boolean ink = y % 13 < 9 && (x * 7 + y / 13 * 5) % 11 < 2 && x / 40 % 3 != 2;
                int slope = x * 200 / width << 16 | y * 200 / height << 8 | (x + y) * 200 / (width + height);
                colors[y * width + x] = ink ? 0xF0F0F0 : slope;
            }
        }
        return new Pixels(width, height, colors);
    }

    /** A rectangle of the picture. */
    public Pixels part(Area area) {
        int[] cut = new int[area.width() * area.height()];
        for (int y = 0; y < area.height(); y++) {
            System.arraycopy(colors, (area.y() + y) * width + area.x(), cut, y * area.width(), area.width());
        }
        return new Pixels(area.width(), area.height(), cut);
    }

    /** One channel of a pixel: 16 for red, 8 for green, 0 for blue. */
    public int channel(int x, int y, int shift) {
        return colors[y * width + x] >> shift & 0xFF;
    }

    /** The picture as a binary PPM. */
    public byte[] ppm() {
        byte[] header = ("P6\n" + width + " " + height + "\n255\n").getBytes(StandardCharsets.US_ASCII);
        byte[] ppm = Arrays.copyOf(header, header.length + colors.length * 3);
        int at = header.length;
        for (int color : colors) {
            ppm[at++] = (byte) (color >> 16);
            ppm[at++] = (byte) (color >> 8);
            ppm[at++] = (byte) color;
        }
        return ppm;
    }

    /** The greatest difference of any channel of any pixel. */
    public int greatestDifference(Pixels other) {
        int greatest = 0;
        for (int index = 0; index < colors.length; index++) {
            for (int shift = 0; shift <= 16; shift += 8) {
                int difference = (colors[index] >> shift & 0xFF) - (other.colors[index] >> shift & 0xFF);
                greatest = Math.max(greatest, Math.abs(difference));
            }
        }
        return greatest;
    }

    /** The mean difference over all channels of all pixels. */
    public double meanDifference(Pixels other) {
        long sum = 0;
        for (int index = 0; index < colors.length; index++) {
            for (int shift = 0; shift <= 16; shift += 8) {
                sum += Math.abs((colors[index] >> shift & 0xFF) - (other.colors[index] >> shift & 0xFF));
            }
        }
        return sum / (3.0 * colors.length);
    }
}
