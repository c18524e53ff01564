package dev.oriel.capture;

/**
 * A picture made smaller, pixel by pixel of the result: the mean of what falls on it. In whole numbers as the engine
 * does it (each row's mean in 256ths, rounded down, then the mean of the rows, rounded to nearest), or exactly.
 */
final class AreaAverage {

    private AreaAverage() {}

    static Pixels of(Pixels pixels, int width, int height) {
        int[] colors = new int[width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int color = 0;
                for (int shift = 0; shift <= 16; shift += 8) {
                    color |= inWholeNumbers(pixels, width, height, x, y, shift) << shift;
                }
                colors[y * width + x] = color;
            }
        }
        return new Pixels(width, height, colors);
    }

    private static int inWholeNumbers(Pixels pixels, int width, int height, int x, int y, int shift) {
        long sum = 0;
        for (int row = y * pixels.height() / height; overlap(row, y, pixels.height(), height) > 0; row++) {
            long across = 0;
            for (int column = x * pixels.width() / width; overlap(column, x, pixels.width(), width) > 0; column++) {
                across += pixels.channel(column, row, shift) * overlap(column, x, pixels.width(), width);
            }
            sum += across * 256 / pixels.width() * overlap(row, y, pixels.height(), height);
        }
        return (int) (sum / pixels.height() + 128 >> 8);
    }

    static double exactly(Pixels pixels, int width, int height, int x, int y, int shift) {
        double sum = 0;
        for (int row = y * pixels.height() / height; overlap(row, y, pixels.height(), height) > 0; row++) {
            for (int column = x * pixels.width() / width; overlap(column, x, pixels.width(), width) > 0; column++) {
                sum += (double) pixels.channel(column, row, shift)
                        * overlap(column, x, pixels.width(), width)
                        * overlap(row, y, pixels.height(), height);
            }
        }
        return sum / pixels.width() / pixels.height();
    }

    /** The mean of a square of the picture, as far as it lies on it; its corner does. */
    static double ofSquare(Pixels pixels, double left, double top, double side, int shift) {
        double sum = 0;
        double area = 0;
        for (int y = (int) top; y < Math.min(pixels.height(), top + side); y++) {
            double down = Math.min(y + 1, top + side) - Math.max(y, top);
            for (int x = (int) left; x < Math.min(pixels.width(), left + side); x++) {
                double across = Math.min(x + 1, left + side) - Math.max(x, left);
                sum += pixels.channel(x, y, shift) * across * down;
                area += across * down;
            }
        }
        return sum / area;
    }

    /** How much of an input pixel lies on an output pixel, in units of which each output pixel has {@code inputs}. */
    private static long overlap(int input, int output, int inputs, int outputs) {
        if (input >= inputs) {
            return 0;
        }
        long begin = Math.max((long) input * outputs, (long) output * inputs);
        long end = Math.min((input + 1L) * outputs, (output + 1L) * inputs);
        return Math.max(0, end - begin);
    }
}
