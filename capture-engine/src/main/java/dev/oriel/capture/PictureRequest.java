package dev.oriel.capture;

import java.util.Objects;

/**
 * A picture that somebody wants made to measure.
 *
 * @param space which space
 * @param view which part of it, and how large; the size that belongs to {@code quality} does not count
 * @param quality how it is coded: {@link Quality#FULL} at 95 percent with all colour, the others at their percent
 * @param ceiling nobody gets more: it is coded no better than this, and no larger than a whole picture in {@link
 *     Quality#FAST} or {@link Quality#THUMBNAIL}, if it is one of these
 * @param jpegReduction see {@link CaptureSchedule}
 */
public record PictureRequest(SpaceId space, PictureView view, Quality quality, Quality ceiling, int jpegReduction) {

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if the reduction is out of range
     */
    public PictureRequest {
        Objects.requireNonNull(space, "space");
        Objects.requireNonNull(view, "view");
        Objects.requireNonNull(quality, "quality");
        Objects.requireNonNull(ceiling, "ceiling");
        if (jpegReduction < 0 || jpegReduction > 99) {
            throw new IllegalArgumentException("jpegReduction must be 0 to 99, was " + jpegReduction);
        }
    }
}
