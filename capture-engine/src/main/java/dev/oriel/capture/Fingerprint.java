package dev.oriel.capture;

import dev.oriel.capture.jpeg.QuarterPicture;
import java.util.Arrays;
import java.util.BitSet;
import java.util.OptionalInt;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/*
 * Tiles of 16x16 pixels lie row by row: 16 samples of brightness, four of each colour. A tile in one colour, as most of a
 * desktop is, takes three bytes. rowStarts tells where the tiles of each row begin, so that a comparison can begin
 * anywhere. Rows are compared by their hashes first: in one JPEG quality, equal pixels make equal samples, and most rows of
 * two pictures of one screen are equal. Only the others are compared sample by sample.
 */
/**
 * What a picture looks like, without its details: brightness for every 4x4 pixels and colour for every 8x8, in tiles of
 * 16x16. Immutable. Made by {@link Fingerprints#of}.
 *
 * <p>Two pictures look alike if no sample of them differs by more than a tolerance. There is no sum over the picture in
 * which a small change could drown: one changed digit in plain type is seen on a screen of
 * any size. Of the last columns and rows of a side that is no multiple of 8, only brightness counts.
 */
public final class Fingerprint {

    static final int TILE_PIXELS = 16;

    private static final int LUMA_SIDE = TILE_PIXELS / QuarterPicture.LUMA_PIXELS;
    private static final int CHROMA_SIDE = TILE_PIXELS / QuarterPicture.CHROMA_PIXELS;
    private static final int LUMA_SAMPLES = LUMA_SIDE * LUMA_SIDE;
    private static final int CHROMA_SAMPLES = CHROMA_SIDE * CHROMA_SIDE;
    private static final int BUSY_TILE_BYTES = LUMA_SAMPLES + 2 * CHROMA_SAMPLES;
    private static final int FLAT_TILE_BYTES = 3;
    /* Objects and array headers, roughly. */
    private static final int BOOKKEEPING_BYTES = 160;

    private final Vision vision;
    private final int width;
    private final int height;
    private final JpegNoise noise;
    private final int columns;
    private final int[] rowStarts;
    private final long[] rowHashes;
    private final BitSet busy;
    private final byte[] samples;

    Fingerprint(QuarterPicture picture, JpegNoise noise, Vision vision) {
        this.vision = vision;
        this.width = picture.width();
        this.height = picture.height();
        this.noise = noise;
        this.columns = tiles(width);
        this.rowStarts = new int[tiles(height)];
        this.rowHashes = new long[rowStarts.length];
        this.busy = new BitSet(columns * rowStarts.length);
        byte[] all = new byte[columns * rowStarts.length * BUSY_TILE_BYTES];
        RowHash hash = new RowHash();
        int end = 0;
        for (int row = 0; row < rowStarts.length; row++) {
            rowStarts[row] = end;
            for (int column = 0; column < columns; column++) {
                int luma = copy(picture.luma(), picture.lumaWidth(), column, row, LUMA_SIDE, all, end);
                int blue = copy(picture.blue(), picture.chromaWidth(), column, row, CHROMA_SIDE, all, luma);
                int red = copy(picture.red(), picture.chromaWidth(), column, row, CHROMA_SIDE, all, blue);
                if (isFlat(all, end, luma) && isFlat(all, luma, blue) && isFlat(all, blue, red)) {
                    all[end + 1] = all[luma];
                    all[end + 2] = all[blue];
                    end += FLAT_TILE_BYTES;
                } else {
                    busy.set(row * columns + column);
                    end = red;
                }
            }
            rowHashes[row] = hash.of(all, rowStarts[row], end, busy.get(row * columns, row * columns + columns));
        }
        this.samples = Arrays.copyOf(all, end);
    }

    private static int tiles(int pixels) {
        return (pixels + TILE_PIXELS - 1) / TILE_PIXELS;
    }

    /* A tile at the right or lower edge repeats the last samples. */
    private static int copy(byte[] plane, int planeWidth, int column, int row, int side, byte[] to, int at) {
        int planeHeight = plane.length / planeWidth;
        int next = at;
        for (int y = row * side; y < row * side + side; y++) {
            int from = Math.min(y, planeHeight - 1) * planeWidth;
            for (int x = column * side; x < column * side + side; x++) {
                to[next++] = plane[from + Math.min(x, planeWidth - 1)];
            }
        }
        return next;
    }

    private static boolean isFlat(byte[] samples, int from, int to) {
        for (int at = from + 1; at < to; at++) {
            if (samples[at] != samples[from]) {
                return false;
            }
        }
        return true;
    }

    /**
     * The width of the picture.
     *
     * @return pixels
     */
    public int width() {
        return width;
    }

    /**
     * The height of the picture.
     *
     * @return pixels
     */
    public int height() {
        return height;
    }

    /**
     * What this takes of the Java heap.
     *
     * @return bytes, roughly: 20 KiB for an empty desktop of 1920x1080 to 200 KiB for a photograph of that size
     */
    public int sizeBytes() {
        return BOOKKEEPING_BYTES
                + samples.length
                + rowStarts.length * (Integer.BYTES + Long.BYTES)
                + busy.size() / Byte.SIZE;
    }

    /**
     * Whether two pictures look alike. Pictures of different sizes never do, nor those of which different parts were looked
     * at. What different JPEG qualities explain is forgiven beside the tolerance; two pictures in the same quality have
     * no such excuse.
     *
     * @param other another picture
     * @param tolerance how far a sample may differ, of 255; 0 or more
     * @return the same whichever of the two is asked
     */
    public boolean looksLike(Fingerprint other, int tolerance) {
        return isComparable(other) && difference(other, tolerance, 0).isEmpty();
    }

    /**
     * Whether two pictures are of the same size, and the same part of them was looked at.
     *
     * @param other another picture
     * @return if not, they do not look alike
     */
    public boolean isComparable(Fingerprint other) {
        return width == other.width && height == other.height && vision.equals(other.vision);
    }

    /**
     * Where two pictures that are {@linkplain #isComparable comparable} differ. To compare one picture with many that differ
     * from it in the same place, begin where the one before differed.
     *
     * @param other another picture
     * @param tolerance as for {@link #looksLike}
     * @param firstRow the row of tiles, 16 pixels high, to begin with; those above it come last
     * @return the first row found that differs; empty if the two look alike
     */
    public OptionalInt difference(Fingerprint other, int tolerance, int firstRow) {
        boolean sameCoding = noise.equals(other.noise);
        int luma = tolerance + (sameCoding ? 0 : noise.luma() + other.noise.luma());
        int chroma = tolerance + (sameCoding ? 0 : noise.chroma() + other.noise.chroma());
        int row = firstRow;
        for (int compared = 0; compared < rowStarts.length; compared++) {
            if (rowHashes[row] != other.rowHashes[row] && differs(other, row, luma, chroma)) {
                return OptionalInt.of(row);
            }
            row = row + 1 == rowStarts.length ? 0 : row + 1;
        }
        return OptionalInt.empty();
    }

    /* Tiles that lie in the part in which the bytes of the two rows are equal are stepped over. */
    private boolean differs(Fingerprint other, int row, int luma, int chroma) {
        int ours = rowStarts[row];
        int theirs = other.rowStarts[row];
        int shift = theirs - ours;
        int mismatch = Arrays.mismatch(samples, ours, rowEnd(row), other.samples, theirs, other.rowEnd(row));
        int equalTo = mismatch < 0 ? rowEnd(row) : ours + mismatch;
        for (int tile = row * columns; tile < row * columns + columns; tile++) {
            boolean oursBusy = busy.get(tile);
            boolean theirsBusy = other.busy.get(tile);
            int ourBytes = oursBusy ? BUSY_TILE_BYTES : FLAT_TILE_BYTES;
            boolean equal = oursBusy == theirsBusy && theirs - ours == shift && ours + ourBytes <= equalTo;
            if (!equal && tileDiffers(ours, oursBusy, other.samples, theirs, theirsBusy, luma, chroma)) {
                return true;
            }
            ours += ourBytes;
            theirs += theirsBusy ? BUSY_TILE_BYTES : FLAT_TILE_BYTES;
        }
        return false;
    }

    private int rowEnd(int row) {
        return row + 1 == rowStarts.length ? samples.length : rowStarts[row + 1];
    }

    private boolean tileDiffers(
            int ours, boolean oursBusy, byte[] others, int theirs, boolean theirsBusy, int luma, int chroma) {
        if (!oursBusy && !theirsBusy) {
            return isFar(samples[ours], others[theirs], luma)
                    || isFar(samples[ours + 1], others[theirs + 1], chroma)
                    || isFar(samples[ours + 2], others[theirs + 2], chroma);
        }
        int blue = oursBusy ? LUMA_SAMPLES : 1;
        int theirBlue = theirsBusy ? LUMA_SAMPLES : 1;
        int red = blue + (oursBusy ? CHROMA_SAMPLES : 1);
        int theirRed = theirBlue + (theirsBusy ? CHROMA_SAMPLES : 1);
        return channelDiffers(ours, oursBusy, others, theirs, theirsBusy, LUMA_SAMPLES, luma)
                || channelDiffers(ours + blue, oursBusy, others, theirs + theirBlue, theirsBusy, CHROMA_SAMPLES, chroma)
                || channelDiffers(ours + red, oursBusy, others, theirs + theirRed, theirsBusy, CHROMA_SAMPLES, chroma);
    }

    /* A flat tile has one sample for all of a channel. */
    private boolean channelDiffers(
            int at, boolean busyHere, byte[] others, int otherAt, boolean busyThere, int count, int tolerance) {
        int step = busyHere ? 1 : 0;
        int otherStep = busyThere ? 1 : 0;
        for (int index = 0; index < count; index++) {
            if (isFar(samples[at + index * step], others[otherAt + index * otherStep], tolerance)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isFar(byte one, byte other, int tolerance) {
        return Math.abs((one & 0xFF) - (other & 0xFF)) > tolerance;
    }

    /** Two checksums, as for bands, over the samples of a row and over which of its tiles are busy. */
    private static final class RowHash {

        private final CRC32 low = new CRC32();
        private final CRC32C high = new CRC32C();

        long of(byte[] samples, int from, int to, BitSet busy) {
            byte[] kinds = busy.toByteArray();
            low.reset();
            low.update(samples, from, to - from);
            low.update(kinds, 0, kinds.length);
            high.reset();
            high.update(samples, from, to - from);
            high.update(kinds, 0, kinds.length);
            return high.getValue() << 32 | low.getValue();
        }
    }

    @Override
    public String toString() {
        return "Fingerprint[" + width + "x" + height + ", " + sizeBytes() + " bytes]";
    }
}
