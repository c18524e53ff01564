package dev.oriel.cache;

import dev.oriel.capture.Frame;

/** A frame on a shelf, and how it differs from its neighbours there. All but {@link #ask} under the lock of the shelves. */
final class Kept {

    private final Frame frame;
    /* Kept here, since evicting a long history asks for it more often than memory likes. */
    private final long capturedAtMillis;
    private int newBytes;
    private long chargedBytes;
    private long chargedBytesBefore;
    private volatile boolean asked;
    private boolean countedAsAsked;

    /** The first on a shelf. */
    Kept(Frame frame) {
        this.frame = frame;
        this.capturedAtMillis = frame.capturedAt().toEpochMilli();
        this.newBytes = frame.sizeBytes();
        this.chargedBytes = wholeBytes();
    }

    /** One that lies behind another. */
    Kept(Frame before, Frame frame) {
        this.frame = frame;
        this.capturedAtMillis = frame.capturedAt().toEpochMilli();
        comeAfter(before);
    }

    /** From now on it lies behind this one. */
    void comeAfter(Frame before) {
        int changed = 0;
        for (int index = 0; index < frame.stripeCount(); index++) {
            changed += frame.sharesStripe(before, index) ? 0 : 1;
        }
        int changedBefore = changed + before.stripeCount() - frame.stripeCount();
        newBytes = frame.bytesNotIn(before);
        chargedBytes = charge(frame, newBytes, changed);
        chargedBytesBefore = charge(before, before.bytesNotIn(frame), changedBefore);
    }

    /** What is charged for it alone. */
    long wholeBytes() {
        return charge(frame, frame.stripeBytes(), frame.stripeCount());
    }

    private static long charge(Frame frame, long stripeBytes, long stripes) {
        return Shelf.bookkeepingBytes(frame) + stripeBytes + stripes * SegmentMemory.REGION_OBJECT_BYTES;
    }

    Frame frame() {
        return frame;
    }

    long capturedAtMillis() {
        return capturedAtMillis;
    }

    /** In stripes that the frame before it has not. */
    int newBytes() {
        return newBytes;
    }

    /** What it adds to the frames before it. */
    long chargedBytes() {
        return chargedBytes;
    }

    /** What leaves with the frame before it. */
    long chargedBytesBefore() {
        return chargedBytesBefore;
    }

    /** Somebody wanted it. By any thread. */
    void ask() {
        if (!asked) {
            asked = true;
        }
    }

    /** Whether it was asked for, and that is now counted for the first time. */
    boolean countAsAsked() {
        boolean isNew = asked && !countedAsAsked;
        countedAsAsked |= asked;
        return isNew;
    }

    boolean isCountedAsAsked() {
        return countedAsAsked;
    }
}
