package dev.oriel.benchmarks.simulator;

import dev.oriel.capture.Quality;

/** A picture of a space in a trace. Each is an object of its own and equal to no other. */
final class Picture {

    private final int space;
    private final Quality quality;
    private final long revision;
    private final long millis;
    private final int[] contents;

    /**
     * A picture.
     *
     * @param space from 0
     * @param revision of the space, the same for every quality
     * @param millis when it was taken
     * @param contents of each stripe, from the top: indexes into {@link Trace#contentBytes}
     */
    Picture(int space, Quality quality, long revision, long millis, int[] contents) {
        this.space = space;
        this.quality = quality;
        this.revision = revision;
        this.millis = millis;
        this.contents = contents;
    }

    int space() {
        return space;
    }

    Quality quality() {
        return quality;
    }

    long revision() {
        return revision;
    }

    long millis() {
        return millis;
    }

    int stripes() {
        return contents.length;
    }

    int content(int stripe) {
        return contents[stripe];
    }

    /** Whether both show the same space in the same quality. */
    boolean isOfSameRendition(Picture other) {
        return space == other.space && quality == other.quality;
    }
}
