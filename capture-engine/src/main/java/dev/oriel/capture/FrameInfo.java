package dev.oriel.capture;

import java.time.Instant;
import java.util.Objects;

/**
 * What a {@link Frame} shows.
 *
 * @param space the space
 * @param revision grows by one with each change seen on the space; the same for every quality
 * @param capturedAt when the pixels were read
 * @param width of this rendition, in pixels
 * @param height of this rendition, in pixels
 * @param quality how good the picture is
 * @param jpegPercent the JPEG quality, 1 to 100
 * @param stripeHeight the height of one stripe in pixels, 8 or 16; the last stripe may be lower
 */
public record FrameInfo(
        SpaceId space,
        long revision,
        Instant capturedAt,
        int width,
        int height,
        Quality quality,
        int jpegPercent,
        int stripeHeight) {

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public FrameInfo {
        Objects.requireNonNull(space, "space");
        Objects.requireNonNull(capturedAt, "capturedAt");
        Objects.requireNonNull(quality, "quality");
        if (width < 1 || height < 1 || width > 65_535 || height > 65_535) {
            throw new IllegalArgumentException("a frame is 1x1 to 65535x65535 pixels, was " + width + "x" + height);
        }
        if (revision < 1) {
            throw new IllegalArgumentException("revisions count from 1, was " + revision);
        }
        if (stripeHeight != 8 && stripeHeight != 16) {
            throw new IllegalArgumentException("a stripe is 8 or 16 pixels high, was " + stripeHeight);
        }
    }
}
