package dev.oriel.capture;

import dev.oriel.capture.jpeg.QuarterPicture;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Which part of a picture is looked at. What is not becomes black before pictures are compared.
 *
 * @param region all of the picture if empty; in pixels
 * @param ignored what is not looked at inside the region; in pixels
 */
record Vision(Optional<Area> region, List<Area> ignored) {

    Vision {
        ignored = List.copyOf(ignored);
    }

    private static final int LUMA_BLOCK_PIXELS = 8;
    private static final int CHROMA_BLOCK_PIXELS = 16;

    /**
     * Makes sure that there is something to look at: pictures of which nothing is seen would all be alike.
     *
     * @throws IllegalArgumentException if the region lies outside, or all of it is ignored
     */
    void requireSight(int width, int height) {
        Area picture = new Area(0, 0, width, height);
        Area seen = region.map(picture::intersection).orElse(picture);
        if (seen.isEmpty()) {
            throw new IllegalArgumentException(
                    "the region " + region.orElseThrow() + " lies outside a picture of " + width + "x" + height);
        }
        for (Area area : ignored) {
            if (area.intersection(seen).equals(seen)) {
                throw new IllegalArgumentException(
                        "all that is looked at in a picture of " + width + "x" + height + " is ignored: " + area);
            }
        }
    }

    /* A JPEG mixes the pixels of a block, so that a block in which there is something ignored is ignored as a whole. */
    void blank(QuarterPicture picture) {
        if (region.isEmpty() && ignored.isEmpty()) {
            return;
        }
        blank(picture.luma(), picture.lumaWidth(), QuarterPicture.LUMA_PIXELS, LUMA_BLOCK_PIXELS);
        blank(picture.blue(), picture.chromaWidth(), QuarterPicture.CHROMA_PIXELS, CHROMA_BLOCK_PIXELS);
        blank(picture.red(), picture.chromaWidth(), QuarterPicture.CHROMA_PIXELS, CHROMA_BLOCK_PIXELS);
    }

    private void blank(byte[] plane, int width, int pixels, int blockPixels) {
        int height = plane.length / width;
        int block = blockPixels / pixels;
        for (int y = 0; y < height; y += block) {
            int bottom = Math.min(height, y + block);
            for (int x = 0; x < width; x += block) {
                int right = Math.min(width, x + block);
                Area seen = new Area(x * pixels, y * pixels, blockPixels, blockPixels);
                if (!isLookedAt(seen)) {
                    for (int row = y; row < bottom; row++) {
                        Arrays.fill(plane, row * width + x, row * width + right, (byte) 0);
                    }
                }
            }
        }
    }

    private boolean isLookedAt(Area block) {
        return (region.isEmpty() || meet(region.get(), block))
                && ignored.stream().noneMatch(area -> meet(area, block));
    }

    private static boolean meet(Area one, Area other) {
        return !one.intersection(other).isEmpty();
    }
}
