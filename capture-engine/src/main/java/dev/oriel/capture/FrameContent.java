package dev.oriel.capture;

/** What all holds on one frame have in common. */
final class FrameContent extends Shared {

    private final FrameInfo info;
    private final byte[] header;
    private final StripeBlock[] blocks;
    private final int stripeCount;
    private final int sizeBytes;

    /** Takes over one share of each block; the creator has the first share. */
    FrameContent(FrameInfo info, byte[] header, StripeBlock[] blocks) {
        this.info = info;
        this.header = header;
        this.blocks = blocks;
        int stripes = 0;
        int size = header.length;
        for (StripeBlock block : blocks) {
            stripes += block.stripes();
            size += block.sizeBytes();
        }
        this.stripeCount = stripes;
        this.sizeBytes = size;
    }

    FrameInfo info() {
        return info;
    }

    byte[] header() {
        return header;
    }

    int stripeCount() {
        return stripeCount;
    }

    int sizeBytes() {
        return sizeBytes;
    }

    /** Only while held: the block for the next frame, which must share it before the hold ends. */
    StripeBlock block(int index) {
        return blocks[index];
    }

    /** Only while held: the stripe for the next frame, which must share it before the hold ends. */
    Stripe stripe(int index) {
        return blocks[index / StripeBlock.STRIPES].stripe(index % StripeBlock.STRIPES);
    }

    boolean sharesStripe(FrameContent other, int index) {
        return index < other.stripeCount && stripe(index) == other.stripe(index);
    }

    int bytesNotIn(FrameContent older) {
        int bytes = 0;
        for (int block = 0; block < blocks.length; block++) {
            if (block >= older.blocks.length || blocks[block] != older.blocks[block]) {
                bytes += bytesNotIn(older, block);
            }
        }
        return bytes;
    }

    private int bytesNotIn(FrameContent older, int block) {
        int bytes = 0;
        int end = Math.min((block + 1) * StripeBlock.STRIPES, stripeCount);
        for (int index = block * StripeBlock.STRIPES; index < end; index++) {
            if (!sharesStripe(older, index)) {
                bytes += stripe(index).sizeBytes();
            }
        }
        return bytes;
    }

    @Override
    void free() {
        for (StripeBlock block : blocks) {
            block.release();
        }
    }

    @Override
    public String toString() {
        return info + ", " + sizeBytes + " bytes";
    }
}
