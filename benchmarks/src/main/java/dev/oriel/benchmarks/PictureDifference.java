package dev.oriel.benchmarks;

import java.awt.image.BufferedImage;

/*
 * JPEG changes single pixels a lot where there is grain or text, and hardly the mean of a block, for which it keeps a
 * number of its own. What is old or was moved changes the means. So the means decide; the signal to noise ratio is told.
 */
/**
 * How far a picture that went through JPEG lies from the one that it was made of.
 *
 * @param largestSteps the most that the mean of a block of 16x16 pixels differs, of red, green or blue, in steps of 255
 * @param decibels peak signal to noise ratio of all pixels; 99 if there is no difference
 */
record PictureDifference(double largestSteps, double decibels) {

    /** More than any JPEG quality of Oriel makes of a block, less than a change does that one can see. */
    static final int TOLERANCE = 8;

    private static final int BLOCK = 16;
    private static final double NO_NOISE = 99;

    boolean isWithinTolerance() {
        return largestSteps <= TOLERANCE;
    }

    /**
     * Compares, at the size of the picture.
     *
     * @param screen scaled by averaging areas if it is larger
     */
    static PictureDifference of(BufferedImage screen, BufferedImage picture) {
        int width = picture.getWidth();
        int height = picture.getHeight();
        double[] expected = averaged(screen, width, height);
        double largest = 0;
        double squares = 0;
        for (int top = 0; top < height; top += BLOCK) {
            for (int left = 0; left < width; left += BLOCK) {
                int right = Math.min(width, left + BLOCK);
                int bottom = Math.min(height, top + BLOCK);
                double[] sums = new double[3];
                for (int y = top; y < bottom; y++) {
                    for (int x = left; x < right; x++) {
                        int rgb = picture.getRGB(x, y);
                        for (int channel = 0; channel < 3; channel++) {
                            double difference =
                                    ((rgb >> (8 * channel)) & 0xFF) - expected[3 * (y * width + x) + channel];
                            sums[channel] += difference;
                            squares += difference * difference;
                        }
                    }
                }
                int pixels = (right - left) * (bottom - top);
                for (double sum : sums) {
                    largest = Math.max(largest, Math.abs(sum) / pixels);
                }
            }
        }
        double mean = squares / (3.0 * width * height);
        return new PictureDifference(
                largest, mean == 0 ? NO_NOISE : Math.min(NO_NOISE, 10 * Math.log10(255 * 255 / mean)));
    }

    /** Each pixel of the result is the mean of the area that it covers, pixels that it covers in part weighing less. */
    static double[] averaged(BufferedImage image, int width, int height) {
        int fullWidth = image.getWidth();
        int fullHeight = image.getHeight();
        double[] result = new double[3 * width * height];
        int[] row = new int[fullWidth];
        double rowsEach = (double) fullHeight / height;
        double columnsEach = (double) fullWidth / width;
        for (int y = 0; y < fullHeight; y++) {
            image.getRGB(0, y, fullWidth, 1, row, 0, fullWidth);
            for (int toY = (int) (y / rowsEach); toY < height && toY * rowsEach < y + 1; toY++) {
                double share = overlap(y, toY, rowsEach) / rowsEach;
                for (int x = 0; x < fullWidth; x++) {
                    for (int toX = (int) (x / columnsEach); toX < width && toX * columnsEach < x + 1; toX++) {
                        double weight = share * overlap(x, toX, columnsEach) / columnsEach;
                        int at = 3 * (toY * width + toX);
                        result[at] += weight * (row[x] & 0xFF);
                        result[at + 1] += weight * ((row[x] >> 8) & 0xFF);
                        result[at + 2] += weight * ((row[x] >> 16) & 0xFF);
                    }
                }
            }
        }
        return result;
    }

    private static double overlap(int pixel, int target, double each) {
        return Math.max(0, Math.min(pixel + 1, (target + 1) * each) - Math.max(pixel, target * each));
    }
}
