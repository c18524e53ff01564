package dev.oriel.capture;

/**
 * How pictures are made.
 *
 * @param optimizedPercent JPEG quality of {@link Quality#OPTIMIZED}, 1 to 100; the lower qualities use it up to 70
 * @param thumbnailWidth of the box that a thumbnail fits, in pixels
 * @param thumbnailHeight of the box that a thumbnail fits, in pixels
 */
public record CaptureSettings(int optimizedPercent, int thumbnailWidth, int thumbnailHeight) {

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public CaptureSettings {
        if (optimizedPercent < 1 || optimizedPercent > 100) {
            throw new IllegalArgumentException("optimizedPercent must be 1 to 100, was " + optimizedPercent);
        }
        if (thumbnailWidth < 1 || thumbnailHeight < 1 || thumbnailWidth > 65_535 || thumbnailHeight > 65_535) {
            throw new IllegalArgumentException(
                    "a thumbnail is 1x1 to 65535x65535 pixels, was " + thumbnailWidth + "x" + thumbnailHeight);
        }
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
