package dev.oriel.benchmarks.simulator;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Counts what pictures take, by the rules by which {@code FrameCache} charges its budget. */
interface Store {

    /** The Java objects of a picture. */
    int PICTURE_BYTES = 256;

    /** An entry in a picture's table of stripes. */
    int TABLE_ENTRY_BYTES = 4;

    /** The Java objects of a region of memory. */
    int REGION_BYTES = 88;

    /** All that is held. */
    long heldBytes();

    boolean holds(Picture picture);

    /** Takes in a picture that is not held. */
    void add(Picture picture);

    /** Lets go of a picture that is held. */
    void remove(Picture picture);

    /** Every picture is stored whole, in one region. */
    static Store ofWholePictures(Trace trace) {
        return new WholePictures(trace.contentBytes());
    }

    /** A stripe is stored once, whatever pictures have it. */
    static Store ofSharedStripes(Trace trace) {
        return new SharedStripes(trace.contentBytes());
    }

    /** What a picture takes that is stored whole. */
    static int wholeBytes(Picture picture, int[] contentBytes) {
        int bytes = PICTURE_BYTES + REGION_BYTES;
        for (int stripe = 0; stripe < picture.stripes(); stripe++) {
            bytes += contentBytes[picture.content(stripe)];
        }
        return bytes;
    }

    /** See {@link #ofWholePictures}. */
    final class WholePictures implements Store {

        private final int[] contentBytes;
        private final Map<Picture, Integer> held = new HashMap<>();
        private long heldBytes;

        WholePictures(int[] contentBytes) {
            this.contentBytes = contentBytes;
        }

        @Override
        public long heldBytes() {
            return heldBytes;
        }

        @Override
        public boolean holds(Picture picture) {
            return held.containsKey(picture);
        }

        @Override
        public void add(Picture picture) {
            int bytes = wholeBytes(picture, contentBytes);
            held.put(picture, bytes);
            heldBytes += bytes;
        }

        @Override
        public void remove(Picture picture) {
            Integer bytes = held.remove(picture);
            if (bytes == null) {
                throw new IllegalStateException("the picture is not held");
            }
            heldBytes -= bytes;
        }
    }

    /** See {@link #ofSharedStripes}. */
    final class SharedStripes implements Store {

        private final int[] contentBytes;
        private final int[] holders;
        private final Set<Picture> held = new HashSet<>();
        private long heldBytes;

        SharedStripes(int[] contentBytes) {
            this.contentBytes = contentBytes;
            this.holders = new int[contentBytes.length];
        }

        @Override
        public long heldBytes() {
            return heldBytes;
        }

        @Override
        public boolean holds(Picture picture) {
            return held.contains(picture);
        }

        @Override
        public void add(Picture picture) {
            held.add(picture);
            heldBytes += bookkeepingBytes(picture);
            for (int stripe = 0; stripe < picture.stripes(); stripe++) {
                int content = picture.content(stripe);
                if (holders[content]++ == 0) {
                    heldBytes += contentBytes[content] + REGION_BYTES;
                }
            }
        }

        @Override
        public void remove(Picture picture) {
            if (!held.remove(picture)) {
                throw new IllegalStateException("the picture is not held");
            }
            heldBytes -= bookkeepingBytes(picture);
            for (int stripe = 0; stripe < picture.stripes(); stripe++) {
                int content = picture.content(stripe);
                if (--holders[content] == 0) {
                    heldBytes -= contentBytes[content] + REGION_BYTES;
                }
            }
        }

        static int bookkeepingBytes(Picture picture) {
            return PICTURE_BYTES + TABLE_ENTRY_BYTES * picture.stripes();
        }
    }
}
