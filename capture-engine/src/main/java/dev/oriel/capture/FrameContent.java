package dev.oriel.capture;

import org.jspecify.annotations.Nullable;

/** What all holds on one frame have in common. */
final class FrameContent extends Shared {

    private final FrameInfo info;
    private final byte[] header;
    private final StripeBlock[] blocks;
    private final int stripeCount;
    private final int sizeBytes;

    /**
     * The next frame; the creator has the first share. If this fails, what was made still belongs to the caller.
     *
     * @param made takes over one share of each stripe that was made anew; null where the base's serve
     * @param base held by the caller; null only if every stripe was made anew
     */
    FrameContent(FrameInfo info, byte[] header, @Nullable Stripe[] made, @Nullable FrameContent base) {
        this.info = info;
        this.header = header;
        this.blocks = StripeBlock.of(made, base);
        int stripes = 0;
        int size = header.length;
        for (StripeBlock block : blocks) {
            stripes += block.stripes();
            size += block.sizeBytes();
        }
        this.stripeCount = stripes;
        this.sizeBytes = size;
        // In the end, when nothing is made any more that a full Java heap could refuse.
        StripeBlock.shareUnmade(made, blocks);
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
