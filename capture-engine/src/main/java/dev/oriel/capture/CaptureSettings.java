package dev.oriel.capture;

import java.util.Objects;

/**
 * How pictures are made.
 *
 * @param optimizedPercent JPEG quality of {@link Quality#OPTIMIZED}, 1 to 100; the lower qualities use it up to 70
 * @param thumbnailWidth of the box that a thumbnail fits, in pixels
 * @param thumbnailHeight of the box that a thumbnail fits, in pixels
 * @param redaction what no picture may show; the engine hides the areas, a source the windows
 */
public record CaptureSettings(int optimizedPercent, int thumbnailWidth, int thumbnailHeight, Redaction redaction) {

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public CaptureSettings {
        Objects.requireNonNull(redaction, "redaction");
        if (optimizedPercent < 1 || optimizedPercent > 100) {
            throw new IllegalArgumentException("optimizedPercent must be 1 to 100, was " + optimizedPercent);
        }
        if (thumbnailWidth < 1 || thumbnailHeight < 1 || thumbnailWidth > 65_535 || thumbnailHeight > 65_535) {
            throw new IllegalArgumentException(
                    "a thumbnail is 1x1 to 65535x65535 pixels, was " + thumbnailWidth + "x" + thumbnailHeight);
        }
    }

    /**
     * Settings that hide nothing.
     *
     * @param optimizedPercent JPEG quality of {@link Quality#OPTIMIZED}, 1 to 100
     * @param thumbnailWidth of the box that a thumbnail fits, in pixels
     * @param thumbnailHeight of the box that a thumbnail fits, in pixels
     * @throws IllegalArgumentException if one is out of range
     */
    public CaptureSettings(int optimizedPercent, int thumbnailWidth, int thumbnailHeight) {
        this(optimizedPercent, thumbnailWidth, thumbnailHeight, Redaction.NONE);
    }

    /**
     * The same with other things hidden.
     *
     * @param newRedaction what no picture may show
     * @return a copy
     */
    public CaptureSettings withRedaction(Redaction newRedaction) {
        return new CaptureSettings(optimizedPercent, thumbnailWidth, thumbnailHeight, newRedaction);
    }

    /**
     * JPEG quality 85 and thumbnails in 400x300.
     *
     * @return the usual settings
     */
    public static CaptureSettings defaults() {
        return new CaptureSettings(85, 400, 300);
    }
}
