package dev.oriel.capture;

import java.nio.ByteBuffer;
import java.util.Arrays;

/*
 * Area averaging in whole numbers. Along each direction, an input pixel is as many units wide as the ratio has output
 * pixels, and an output pixel as many as it has input pixels. The sums stay within 31 bits while a ratio has at most
 * 32,767 input pixels, the most that X has.
 *
 * If the ratio is not that of the two sizes, the last output pixel is covered in part, and is the mean of that part, or a
 * part of the last input pixels is left out.
 */
/**
 * Makes pixels smaller by averaging all that fall on one, or larger by repeating them. Takes rows from the top down and
 * gathers the rows of one stripe; belongs to one thread.
 */
final class AreaScaler {

    /** So many input pixels become so many output pixels. */
    private record Ratio(int input, int output) {}

    private static final int CHANNELS = 3;

    private final Ratio acrossRatio;
    private final Ratio downRatio;
    private final int inputHeight;
    private final int outputWidth;
    private final int outputHeight;
    private final int[] input;
    private final int[] across;
    private final int[] sums;
    private final ByteBuffer stripe;
    private int summedRow = -1;
    private int summedUnits;

    /** Each direction is scaled so that all of the input just fills the output. */
    AreaScaler(Rendition rendition) {
        this(
                rendition,
                new Ratio(rendition.sourceWidth(), rendition.width()),
                new Ratio(rendition.sourceHeight(), rendition.height()),
                new ScratchStripe());
    }

    /** Both directions are scaled by {@link Rendition#longEdgeScale}. */
    static AreaScaler keepingAspect(Rendition rendition, ScratchStripe scratch) {
        Ratio ratio = new Ratio(
                Math.max(rendition.sourceWidth(), rendition.sourceHeight()),
                Math.max(rendition.width(), rendition.height()));
        return new AreaScaler(rendition, ratio, ratio, scratch);
    }

    private AreaScaler(Rendition rendition, Ratio acrossRatio, Ratio downRatio, ScratchStripe scratch) {
        this.acrossRatio = acrossRatio;
        this.downRatio = downRatio;
        this.inputHeight = rendition.sourceHeight();
        this.outputWidth = rendition.width();
        this.outputHeight = rendition.height();
        this.input = new int[rendition.sourceWidth()];
        this.across = new int[outputWidth * CHANNELS];
        this.sums = new int[outputWidth * CHANNELS];
        this.stripe = scratch.ofBytes(outputWidth * rendition.stripeHeight() * Integer.BYTES);
    }

    /** Begins a picture; what was added of one that was given up is forgotten. */
    void begin() {
        summedRow = -1;
    }

    /** The first output row that an input row falls on. */
    int firstOutputRow(int inputRow) {
        return (int) ((long) inputRow * downRatio.output() / downRatio.input());
    }

    /** The last output row that an input row falls on; before the first if it falls on none. */
    int lastOutputRow(int inputRow) {
        long last = ((inputRow + 1L) * downRatio.output() - 1) / downRatio.input();
        return (int) Math.min(last, outputHeight - 1);
    }

    /** Reads a row, to be added to the output rows it falls on. */
    void read(ByteBuffer pixels, int offset) {
        pixels.duplicate()
                .order(pixels.order())
                .position(offset)
                .slice()
                .order(pixels.order())
                .asIntBuffer()
                .get(input);
        if (acrossRatio.input() == acrossRatio.output() * 2 && input.length == outputWidth * 2) {
            averagePairs();
        } else if (acrossRatio.input() >= acrossRatio.output()) {
            averageRuns();
        } else {
            averageAcross();
        }
    }

    /** Adds the row that was read; true when the output row is complete, and can be {@linkplain #write written}. */
    boolean add(int inputRow, int outputRow) {
        if (summedRow != outputRow) {
            Arrays.fill(sums, 0);
            summedRow = outputRow;
            summedUnits = 0;
        }
        long end = (outputRow + 1L) * downRatio.input();
        long top = Math.max((long) inputRow * downRatio.output(), (long) outputRow * downRatio.input());
        long bottom = Math.min((inputRow + 1L) * downRatio.output(), end);
        int weight = (int) (bottom - top);
        for (int index = 0; index < sums.length; index++) {
            sums[index] += across[index] * weight;
        }
        summedUnits += weight;
        return bottom == end || inputRow == inputHeight - 1;
    }

    /** The pixels of the stripe whose rows were written, four bytes each. */
    ByteBuffer stripe() {
        return stripe;
    }

    /** Writes the output row that is complete. */
    void write(int rowInStripe) {
        int at = rowInStripe * outputWidth * Integer.BYTES;
        for (int index = 0; index < sums.length; index += CHANNELS, at += Integer.BYTES) {
            int blue = (sums[index] / summedUnits + 128) >> 8;
            int green = (sums[index + 1] / summedUnits + 128) >> 8;
            int red = (sums[index + 2] / summedUnits + 128) >> 8;
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

    /** For fewer output pixels than input pixels: each is a run of these, of which only the ends may be cut. */
    private void averageRuns() {
        int unitsOfPixel = acrossRatio.output();
        int column = 0;
        int unitsLeft = unitsOfPixel;
        for (int index = 0; index < across.length && column < input.length; index += CHANNELS) {
            int first = input[column++];
            int room = acrossRatio.input() - unitsLeft;
            int end = Math.min(column + room / unitsOfPixel, input.length);
            room -= (end - column) * unitsOfPixel;
            int blue = 0;
            int green = 0;
            int red = 0;
            for (; column < end; column++) {
                int pixel = input[column];
                blue += pixel & 0xFF;
                green += pixel >> 8 & 0xFF;
                red += pixel >> 16 & 0xFF;
            }
            int cut = column < input.length ? room : 0;
            int last = cut > 0 ? input[column] : 0;
            int summed = acrossRatio.input() - room + cut;
            across[index] = average(blue * unitsOfPixel, first, unitsLeft, last, cut, summed);
            across[index + 1] = average(green * unitsOfPixel, first >> 8, unitsLeft, last >> 8, cut, summed);
            across[index + 2] = average(red * unitsOfPixel, first >> 16, unitsLeft, last >> 16, cut, summed);
            unitsLeft = unitsOfPixel - cut;
        }
    }

    private static int average(int whole, int first, int firstUnits, int last, int lastUnits, int units) {
        return (whole + (first & 0xFF) * firstUnits + (last & 0xFF) * lastUnits) * 256 / units;
    }

    /** For more output pixels than input pixels. */
    private void averageAcross() {
        int index = 0;
        int room = acrossRatio.input();
        int blue = 0;
        int green = 0;
        int red = 0;
        for (int column = 0; column < input.length && index < across.length; column++) {
            int pixel = input[column];
            int units = acrossRatio.output();
            while (units > 0 && index < across.length) {
                int taken = Math.min(units, room);
                blue += (pixel & 0xFF) * taken;
                green += (pixel >> 8 & 0xFF) * taken;
                red += (pixel >> 16 & 0xFF) * taken;
                units -= taken;
                room -= taken;
                if (room == 0 || (units == 0 && column == input.length - 1)) {
                    int summed = acrossRatio.input() - room;
                    across[index++] = blue * 256 / summed;
                    across[index++] = green * 256 / summed;
                    across[index++] = red * 256 / summed;
                    blue = 0;
                    green = 0;
                    red = 0;
                    room = acrossRatio.input();
                }
            }
        }
    }
}
