package dev.oriel.capture;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a picture has to fit: a box, and a number of patches. Vision models count an image in patches of 28 by 28 pixels,
 * of which those at the right and the lower edge may be cut off.
 *
 * @param maxWidth in pixels, 1 to {@link #LONGEST_SIDE}
 * @param maxHeight in pixels, 1 to {@link #LONGEST_SIDE}
 * @param maxPatches how many patches may show a part of it, at least 1
 */
public record Fit(int maxWidth, int maxHeight, int maxPatches) {

    /** The longest side that a box may have, and so a picture that is made to measure. */
    public static final int LONGEST_SIDE = 8192;

    /** What every picture made to measure fits. */
    public static final Fit ANY = box(LONGEST_SIDE, LONGEST_SIDE);

    /** What vision models see without making it smaller: a long edge of 1568 pixels and 1568 patches. */
    public static final Fit MODEL = new Fit(1568, 1568, 1568);

    /** What {@link #parse} takes, in words. */
    public static final String ALLOWED =
            "WIDTHxHEIGHT with sides of 1 to " + LONGEST_SIDE + ", or model, xga, wxga or fwxga";

    private static final int PATCH_SIDE = 28;
    private static final Pattern BOX = Pattern.compile("(\\d{1,4})x(\\d{1,4})");
    private static final Map<String, Fit> NAMED =
            Map.of("model", MODEL, "xga", box(1024, 768), "wxga", box(1280, 800), "fwxga", box(1366, 768));

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public Fit {
        if (maxWidth < 1 || maxHeight < 1 || maxWidth > LONGEST_SIDE || maxHeight > LONGEST_SIDE) {
            throw new IllegalArgumentException("a fit is 1x1 to " + LONGEST_SIDE + "x" + LONGEST_SIDE + " pixels, was "
                    + maxWidth + "x" + maxHeight);
        }
        if (maxPatches < 1) {
            throw new IllegalArgumentException("maxPatches must be at least 1, was " + maxPatches);
        }
    }

    /**
     * A box alone.
     *
     * @param width in pixels
     * @param height in pixels
     * @return as many patches as the box has are allowed
     * @throws IllegalArgumentException if a side is out of range
     */
    public static Fit box(int width, int height) {
        return new Fit(width, height, Math.max(1, patches(width, height)));
    }

    /**
     * Reads a box or the name of a fit, in any case.
     *
     * @param text what somebody wrote, see {@link #ALLOWED}
     * @return empty if it is neither
     */
    public static Optional<Fit> parse(String text) {
        String lower = text.strip().toLowerCase(Locale.ROOT);
        Matcher box = BOX.matcher(lower);
        if (!box.matches()) {
            return Optional.ofNullable(NAMED.get(lower));
        }
        int width = Integer.parseInt(box.group(1));
        int height = Integer.parseInt(box.group(2));
        boolean isAllowed = width >= 1 && height >= 1 && width <= LONGEST_SIDE && height <= LONGEST_SIDE;
        return isAllowed ? Optional.of(box(width, height)) : Optional.empty();
    }

    /**
     * The largest size that fits, with the aspect kept as well as whole pixels allow: the short edge is off by half a
     * pixel at most, and is at least 1.
     *
     * @param width of the picture, at least 1
     * @param height of the picture, at least 1
     * @return an area at 0,0; as large as the picture if that fits, never larger
     */
    public Area sizeOf(int width, int height) {
        int fits = 1;
        int tooLong = Math.max(width, height) + 1;
        while (tooLong - fits > 1) {
            int middle = (fits + tooLong) >>> 1;
            if (holds(scaled(width, height, middle))) {
                fits = middle;
            } else {
                tooLong = middle;
            }
        }
        return scaled(width, height, fits);
    }

    private boolean holds(Area size) {
        return size.width() <= maxWidth
                && size.height() <= maxHeight
                && patches(size.width(), size.height()) <= maxPatches;
    }

    /* Half a pixel is dropped: that way a longer edge may still fit. */
    private static Area scaled(int width, int height, int longEdge) {
        long from = Math.max(width, height);
        int shortEdge = (int) Math.max(1, (2L * Math.min(width, height) * longEdge + from - 1) / (2 * from));
        return width >= height ? new Area(0, 0, longEdge, shortEdge) : new Area(0, 0, shortEdge, longEdge);
    }

    private static int patches(int width, int height) {
        return ((width + PATCH_SIDE - 1) / PATCH_SIDE) * ((height + PATCH_SIDE - 1) / PATCH_SIDE);
    }

    @Override
    public String toString() {
        return maxWidth + "x" + maxHeight + "/" + maxPatches;
    }
}
