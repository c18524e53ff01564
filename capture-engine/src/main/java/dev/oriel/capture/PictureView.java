package dev.oriel.capture;

import java.util.Objects;
import java.util.Optional;

/**
 * Which part of a space a picture shows, and how large: the crop is cut out, enlarged, and made smaller until it fits.
 *
 * @param crop in pixels of the space; empty for all of it
 * @param zoom how many pixels each way one pixel of the space becomes, 1 to {@link #MOST_ZOOM}
 * @param fit what the result has to fit; empty for {@link Fit#ANY}
 */
public record PictureView(Optional<Area> crop, int zoom, Optional<Fit> fit) {

    /** The most that a picture is enlarged. */
    public static final int MOST_ZOOM = 8;

    /**
     * Checks the zoom. Whether the crop lies inside the space is for {@link #cropOf} to say.
     *
     * @throws IllegalArgumentException if {@code zoom} is out of range
     */
    public PictureView {
        Objects.requireNonNull(crop, "crop");
        Objects.requireNonNull(fit, "fit");
        if (zoom < 1 || zoom > MOST_ZOOM) {
            throw new IllegalArgumentException("zoom must be 1 to " + MOST_ZOOM + ", was " + zoom);
        }
    }

    /**
     * The part that is shown.
     *
     * @param width of the space in pixels
     * @param height of the space in pixels
     * @return inside the space, not empty
     * @throws CropOutsideException if the crop is empty or not inside
     */
    public Area cropOf(int width, int height) {
        Area space = new Area(0, 0, width, height);
        Area cut = crop.orElse(space);
        if (cut.isEmpty() || !cut.equals(cut.intersection(space))) {
            throw new CropOutsideException(cut, width, height);
        }
        return cut;
    }

    /** The size of the result for a crop, under a bound of its own. */
    Area sizeOf(Area cut, Optional<Fit> bound) {
        int width = cut.width() * zoom;
        int height = cut.height() * zoom;
        Area size = fit.orElse(Fit.ANY).sizeOf(width, height);
        Area bounded = bound.orElse(Fit.ANY).sizeOf(width, height);
        return bounded.width() + bounded.height() < size.width() + size.height() ? bounded : size;
    }

    @Override
    public String toString() {
        return crop.map(Area::toString).orElse("all") + "*" + zoom
                + fit.map(box -> "-" + box).orElse("");
    }
}
