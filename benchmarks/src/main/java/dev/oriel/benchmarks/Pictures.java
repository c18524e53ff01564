package dev.oriel.benchmarks;

import java.awt.Color;
import java.awt.Font;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.Random;

/** Pictures as large as the screen, unless told otherwise. The same seed gives the same picture. */
final class Pictures {

    private static final int WIDTH = VirtualScreen.WIDTH;
    private static final int HEIGHT = VirtualScreen.HEIGHT;
    private static final int TEXT_SIZE = 14;
    private static final int LINE_HEIGHT = 18;
    private static final int TITLE_HEIGHT = 28;
    private static final int GRAIN = 36;
    private static final int WINDOWS = 5;
    private static final int EDGE = 16;
    private static final String LETTERS = "etaoinshrdlucmfwypvbgkjqxz    .,;(){}=ETAOIN0123456789";

    private Pictures() {}

    /** A desktop as people have it: a smooth background and three windows full of smoothed text. */
    static BufferedImage desktop(long seed) {
        Random random = new Random(seed);
        BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = background(picture, random);
        window(graphics, new Rectangle(40, 40, 900, 980), Color.WHITE, Color.BLACK, random);
        window(graphics, new Rectangle(980, 60, 880, 500), new Color(0x1E1E2E), new Color(0xD0D0E0), random);
        window(graphics, new Rectangle(1020, 600, 820, 430), new Color(0xF4F0E8), new Color(0x203060), random);
        graphics.dispose();
        return picture;
    }

    /** A desktop whose windows lie anywhere, in any colours. Two of them have no row of pixels in common. */
    static BufferedImage windows(long seed, int width, int height) {
        Random random = new Random(seed);
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = background(picture, random);
        for (int count = 0; count < WINDOWS; count++) {
            Rectangle frame =
                    new Rectangle(width / 3 + random.nextInt(width / 3), height / 3 + random.nextInt(height / 3));
            frame.setLocation(EDGE + random.nextInt(width - frame.width - EDGE), random.nextInt(height - frame.height));
            boolean dark = random.nextBoolean();
            window(graphics, frame, tint(random, dark ? 0.15f : 0.95f), tint(random, dark ? 0.85f : 0.2f), random);
        }
        graphics.dispose();
        return picture;
    }

    private static Graphics2D background(BufferedImage picture, Random random) {
        int width = picture.getWidth();
        int height = picture.getHeight();
        Graphics2D graphics = picture.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setPaint(new GradientPaint(0, 0, colour(random, 0.4f), width, height, colour(random, 0.7f)));
        graphics.fillRect(0, 0, width, height);
        graphics.setFont(new Font(Font.MONOSPACED, Font.PLAIN, TEXT_SIZE));
        return graphics;
    }

    private static Color tint(Random random, float brightness) {
        return Color.getHSBColor(random.nextFloat(), 0.15f, brightness);
    }

    private static Color colour(Random random, float brightness) {
        return Color.getHSBColor(random.nextFloat(), 0.5f, brightness);
    }

    private static void window(Graphics2D graphics, Rectangle frame, Color paper, Color ink, Random random) {
        graphics.setColor(Color.DARK_GRAY);
        graphics.fillRect(frame.x, frame.y, frame.width, TITLE_HEIGHT);
        graphics.setColor(paper);
        graphics.fillRect(frame.x, frame.y + TITLE_HEIGHT, frame.width, frame.height - TITLE_HEIGHT);
        graphics.setColor(ink);
        int columns = (frame.width - TEXT_SIZE) / graphics.getFontMetrics().charWidth('m');
        for (int y = frame.y + TITLE_HEIGHT + LINE_HEIGHT; y < frame.y + frame.height; y += LINE_HEIGHT) {
            graphics.drawString(line(random, columns / 3 + random.nextInt(columns * 2 / 3)), frame.x + 8, y);
        }
    }

    private static String line(Random random, int length) {
        StringBuilder text = new StringBuilder(length);
        for (int index = 0; index < length; index++) {
            text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return text.toString();
    }

    /** A grainy photograph, which takes many bytes as a JPEG. */
    static BufferedImage photograph(long seed) {
        return photograph(seed, WIDTH, HEIGHT);
    }

    /** The same, larger. */
    static BufferedImage photograph(long seed, int width, int height) {
        Random random = new Random(seed);
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        int[] row = new int[width];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double light = 110 + 60 * Math.sin(x / 97.0 + y / 53.0) + 40 * Math.cos(x / 31.0 - y / 71.0);
                int grey = (int) Math.max(0, Math.min(255, light + random.nextInt(2 * GRAIN) - GRAIN));
                row[x] = (grey << 16) | ((grey * 7 / 8) << 8) | (grey * 3 / 4);
            }
            picture.setRGB(0, y, width, 1, row, 0, width);
        }
        return picture;
    }
}
