package dev.oriel.benchmarks;

import dev.oriel.benchmarks.simulator.FrameMaker;
import dev.oriel.capture.FrameInfo;
import dev.oriel.capture.Quality;
import dev.oriel.capture.SpaceId;
import java.time.Clock;

/*
 * The size of a content is part of its number, so that nothing has to be remembered of it. Numbers come again after half a
 * million contents, long after the first ones are gone.
 */
/** A space of 1920x1080 whose pictures change as they are told, without pixels. Used by one thread. */
final class ScriptedSpace {

    static final int STRIPES = 68;
    static final Quality QUALITY = Quality.OPTIMIZED;

    private static final int SIZE_BITS = 13;
    private static final int MOST_STRIPE_BYTES = (1 << SIZE_BITS) - 1;
    private static final int WIDTH = 1920;
    private static final int HEIGHT = 1080;
    private static final int JPEG_PERCENT = 85;
    private static final int STRIPE_HEIGHT = 16;

    private final SpaceId id;
    private final FrameMaker maker;
    private final Clock clock = Clock.systemUTC();
    private int[] contents = new int[STRIPES];
    private int made;
    private long revision;

    ScriptedSpace(String name, FrameMaker maker) {
        this.id = new SpaceId(name);
        this.maker = maker;
    }

    SpaceId id() {
        return id;
    }

    /** Of the newest picture. */
    long revision() {
        return revision;
    }

    /** The contents of the newest picture, told by numbers that no other content of this space has. */
    int[] contents() {
        return contents;
    }

    static int bytesOf(int content) {
        return content & MOST_STRIPE_BYTES;
    }

    /** Puts a picture in which everything is new. Returns false if the memory refused. */
    boolean showNew(int stripeBytes) {
        return change(0, STRIPES, stripeBytes);
    }

    /** Puts a picture in which some stripes are new. Returns false if the memory refused. */
    boolean change(int first, int count, int stripeBytes) {
        if (stripeBytes > MOST_STRIPE_BYTES) {
            throw new IllegalArgumentException(
                    "a stripe has " + MOST_STRIPE_BYTES + " bytes at most, not " + stripeBytes);
        }
        int[] changed = contents.clone();
        for (int index = first; index < first + count; index++) {
            changed[index] = made++ << SIZE_BITS | stripeBytes;
        }
        FrameInfo info =
                new FrameInfo(id, revision + 1, clock.instant(), WIDTH, HEIGHT, QUALITY, JPEG_PERCENT, STRIPE_HEIGHT);
        boolean taken = maker.put(info, changed, ScriptedSpace::bytesOf);
        if (taken) {
            contents = changed;
            revision++;
        }
        return taken;
    }
}
