package dev.oriel.capture.jpeg;

/**
 * A picture as means of its pixels: brightness for every 4x4 of them, colour for every whole 8x8. Samples are unsigned
 * bytes, row by row. At the right and lower edge the last pixels count as often as it takes.
 *
 * @param width of the whole picture in pixels
 * @param height of the whole picture in pixels
 * @param luma {@link #lumaWidth} to a row
 * @param blue {@link #chromaWidth} to a row; 128 is grey
 * @param red {@link #chromaWidth} to a row; 128 is grey
 */
@SuppressWarnings("ArrayRecordComponent")
public record QuarterPicture(int width, int height, byte[] luma, byte[] blue, byte[] red) {

    /** Pixels to a sample of brightness, each way. */
    public static final int LUMA_PIXELS = 4;
    /** Pixels to a sample of colour, each way. */
    public static final int CHROMA_PIXELS = 8;

    /**
     * A black picture, to be filled in.
     *
     * @param width of the whole picture in pixels
     * @param height of the whole picture in pixels
     * @return with arrays of its own
     */
    static QuarterPicture blank(int width, int height) {
        int chroma = chromaSamples(width) * chromaSamples(height);
        return new QuarterPicture(
                width, height, new byte[lumaSamples(width) * lumaSamples(height)], new byte[chroma], new byte[chroma]);
    }

    /**
     * Samples of brightness in a row.
     *
     * @return at least 1
     */
    public int lumaWidth() {
        return lumaSamples(width);
    }

    /**
     * Rows of samples of brightness.
     *
     * @return at least 1
     */
    public int lumaHeight() {
        return lumaSamples(height);
    }

    /**
     * Samples of each colour in a row.
     *
     * @return at least 1
     */
    public int chromaWidth() {
        return chromaSamples(width);
    }

    /**
     * Rows of samples of each colour.
     *
     * @return at least 1
     */
    public int chromaHeight() {
        return chromaSamples(height);
    }

    private static int lumaSamples(int pixels) {
        return (pixels + LUMA_PIXELS - 1) / LUMA_PIXELS;
    }

    private static int chromaSamples(int pixels) {
        return Math.max(1, pixels / CHROMA_PIXELS);
    }
}
