package dev.oriel.capture;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/*
 * Area averaging in whole numbers. Across, an input pixel is outputWidth units wide and an output pixel inputWidth
 * units; down likewise. The sums stay within 31 bits for sides up to 32,767, the most that X has.
 */
/**
 * Makes pixels smaller by averaging all that fall on one. Takes rows from the top down and gathers the rows of one stripe;
 * belongs to one thread.
 */
final class AreaScaler {

    private static final int CHANNELS = 3;

    private final int inputWidth;
    private final int inputHeight;
    private final int outputWidth;
    private final int outputHeight;
    private final int[] input;
    private final int[] across;
    private final int[] sums;
    private final ByteBuffer stripe;
    private int summedRow = -1;

    AreaScaler(Rendition rendition) {
        this.inputWidth = rendition.sourceWidth();
        this.inputHeight = rendition.sourceHeight();
        this.outputWidth = rendition.width();
        this.outputHeight = rendition.height();
        this.input = new int[inputWidth];
        this.across = new int[outputWidth * CHANNELS];
        this.sums = new int[outputWidth * CHANNELS];
        this.stripe = ByteBuffer.allocateDirect(outputWidth * rendition.stripeHeight() * Integer.BYTES)
                .order(ByteOrder.nativeOrder());
    }

    /** The first output row that an input row falls on. */
    int firstOutputRow(int inputRow) {
        return (int) ((long) inputRow * outputHeight / inputHeight);
    }

    /** The last output row that an input row falls on; at most one more than the first. */
    int lastOutputRow(int inputRow) {
        return (int) (((inputRow + 1L) * outputHeight - 1) / inputHeight);
    }

    /** Reads a row, to be added to the one or two output rows it falls on. */
    void read(ByteBuffer pixels, int offset) {
        pixels.duplicate()
                .order(pixels.order())
                .position(offset)
                .slice()
                .order(pixels.order())
                .asIntBuffer()
                .get(input);
        if (inputWidth == outputWidth * 2) {
            averagePairs();
        } else {
            averageAcross();
        }
    }

    /** Adds the row that was read; true when the output row is complete, and can be {@linkplain #write written}. */
    boolean add(int inputRow, int outputRow) {
        if (summedRow != outputRow) {
            Arrays.fill(sums, 0);
            summedRow = outputRow;
        }
        long top = Math.max((long) inputRow * outputHeight, (long) outputRow * inputHeight);
        long bottom = Math.min((inputRow + 1L) * outputHeight, (outputRow + 1L) * inputHeight);
        int weight = (int) (bottom - top);
        for (int index = 0; index < sums.length; index++) {
            sums[index] += across[index] * weight;
        }
        return (inputRow + 1L) * outputHeight >= (outputRow + 1L) * inputHeight;
    }

    /** The pixels of the stripe whose rows were written, four bytes each. */
    ByteBuffer stripe() {
        return stripe;
    }

    /** Writes the output row that is complete. */
    void write(int rowInStripe) {
        int at = rowInStripe * outputWidth * Integer.BYTES;
        for (int index = 0; index < sums.length; index += CHANNELS, at += Integer.BYTES) {
            int blue = (sums[index] / inputHeight + 128) >> 8;
            int green = (sums[index + 1] / inputHeight + 128) >> 8;
            int red = (sums[index + 2] / inputHeight + 128) >> 8;
            stripe.putInt(at, red << 16 | green << 8 | blue);
        }
        summedRow = -1;
    }

    private void averagePairs() {
        for (int x = 0, index = 0; index < across.length; x += 2, index += CHANNELS) {
            int left = input[x];
            int right = input[x + 1];
            across[index] = ((left & 0xFF) + (right & 0xFF)) << 7;
            across[index + 1] = ((left >> 8 & 0xFF) + (right >> 8 & 0xFF)) << 7;
            across[index + 2] = ((left >> 16 & 0xFF) + (right >> 16 & 0xFF)) << 7;
        }
    }

    private void averageAcross() {
        int index = 0;
        int room = inputWidth;
        int blue = 0;
        int green = 0;
        int red = 0;
        for (int pixel : input) {
            int units = outputWidth;
            while (units > 0) {
                int taken = Math.min(units, room);
                blue += (pixel & 0xFF) * taken;
                green += (pixel >> 8 & 0xFF) * taken;
                red += (pixel >> 16 & 0xFF) * taken;
                units -= taken;
                room -= taken;
                if (room == 0) {
                    across[index++] = blue * 256 / inputWidth;
                    across[index++] = green * 256 / inputWidth;
                    across[index++] = red * 256 / inputWidth;
                    blue = 0;
                    green = 0;
                    red = 0;
                    room = inputWidth;
                }
            }
        }
    }
}
