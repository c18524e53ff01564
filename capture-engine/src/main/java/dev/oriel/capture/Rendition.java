package dev.oriel.capture;

import dev.oriel.capture.jpeg.Chroma;
import java.time.Instant;
import java.util.BitSet;

/**
 * How one quality of one space is made: its size and coding, and which bands of the screen each stripe shows.
 *
 * @param sourceWidth of the space in pixels
 * @param sourceHeight of the space in pixels
 */
record Rendition(
        Quality quality, int sourceWidth, int sourceHeight, int width, int height, int jpegPercent, Chroma chroma) {

    private static final int FULL_PERCENT = 95;
    private static final int SMALL_PERCENT_AT_MOST = 70;
    private static final int PERCENT_AT_LEAST = 30;

    static Rendition of(Quality quality, int sourceWidth, int sourceHeight, CaptureSettings settings, int reduction) {
        int small = Math.min(settings.optimizedPercent(), SMALL_PERCENT_AT_MOST);
        return switch (quality) {
            case FULL ->
                new Rendition(
                        quality,
                        sourceWidth,
                        sourceHeight,
                        sourceWidth,
                        sourceHeight,
                        reduced(FULL_PERCENT, reduction),
                        Chroma.EVERY_PIXEL);
            case OPTIMIZED ->
                new Rendition(
                        quality,
                        sourceWidth,
                        sourceHeight,
                        sourceWidth,
                        sourceHeight,
                        reduced(settings.optimizedPercent(), reduction),
                        Chroma.TWO_BY_TWO);
            case FAST ->
                new Rendition(
                        quality,
                        sourceWidth,
                        sourceHeight,
                        (sourceWidth + 1) / 2,
                        (sourceHeight + 1) / 2,
                        reduced(small, reduction),
                        Chroma.TWO_BY_TWO);
            case THUMBNAIL -> thumbnail(sourceWidth, sourceHeight, settings, reduced(small, reduction));
        };
    }

    private static Rendition thumbnail(int sourceWidth, int sourceHeight, CaptureSettings settings, int percent) {
        double scale = Math.min(
                1,
                Math.min(
                        settings.thumbnailWidth() / (double) sourceWidth,
                        settings.thumbnailHeight() / (double) sourceHeight));
        return new Rendition(
                Quality.THUMBNAIL,
                sourceWidth,
                sourceHeight,
                Math.max(1, (int) Math.round(sourceWidth * scale)),
                Math.max(1, (int) Math.round(sourceHeight * scale)),
                percent,
                Chroma.TWO_BY_TWO);
    }

    /** A setting that is low already stays as it is. */
    private static int reduced(int percent, int reduction) {
        return Math.max(Math.min(percent, PERCENT_AT_LEAST), percent - reduction);
    }

    /** Coded like this one, of a part of the source, in a size of its own. */
    Rendition ofPart(Area part, Area size) {
        return new Rendition(quality, part.width(), part.height(), size.width(), size.height(), jpegPercent, chroma);
    }

    FrameInfo info(SpaceId space, long revision, Instant capturedAt) {
        return new FrameInfo(space, revision, capturedAt, width, height, quality, jpegPercent, stripeHeight());
    }

    /** Output pixels for one input pixel along the edge where rounding matters least. */
    double longEdgeScale() {
        return Math.max(width, height) / (double) Math.max(sourceWidth, sourceHeight);
    }

    boolean isNativeSize() {
        return width == sourceWidth && height == sourceHeight;
    }

    int stripeHeight() {
        return chroma.mcuSize();
    }

    int stripes() {
        return (height + stripeHeight() - 1) / stripeHeight();
    }

    int rowsOf(int stripe) {
        return Math.min(stripeHeight(), height - stripe * stripeHeight());
    }

    /** The stripes that show a part of one of the bands. */
    BitSet stripesShowing(BitSet bands) {
        BitSet stripes = new BitSet(stripes());
        for (int band = bands.nextSetBit(0); band >= 0; band = bands.nextSetBit(band + 1)) {
            int firstRow = band * ScreenSource.BAND_HEIGHT;
            int endRow = Math.min(firstRow + ScreenSource.BAND_HEIGHT, sourceHeight);
            int first = (int) ((long) firstRow * height / sourceHeight) / stripeHeight();
            int last = (int) (((long) endRow * height - 1) / sourceHeight) / stripeHeight();
            stripes.set(first, last + 1);
        }
        return stripes;
    }

    /** The bands that a stripe shows a part of. */
    BitSet bandsOf(int stripe) {
        int firstRow = (int) ((long) stripe * stripeHeight() * sourceHeight / height);
        int endOut = Math.min((stripe + 1) * stripeHeight(), height);
        int lastRow = (int) (((long) endOut * sourceHeight - 1) / height);
        BitSet bands = new BitSet();
        bands.set(firstRow / ScreenSource.BAND_HEIGHT, lastRow / ScreenSource.BAND_HEIGHT + 1);
        return bands;
    }
}
