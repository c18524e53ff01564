package dev.oriel.capture;

import org.jspecify.annotations.Nullable;

/**
 * Some stripes of a frame that lie one below the other. Frames share a block in which nothing changed, so that a frame in
 * which a letter was typed costs a few objects and a few counts instead of one for each of its stripes.
 */
final class StripeBlock extends Shared {

    /** About the root of the number of stripes of a usual screen, where blocks and stripes in a block are fewest. */
    static final int STRIPES = 8;

    private final Stripe[] stripes;
    private final int sizeBytes;

    /** Owns one share of each stripe, once {@link #shareUnmade} has taken those that it does not take over. */
    private StripeBlock(Stripe[] stripes) {
        this.stripes = stripes;
        int size = 0;
        for (Stripe stripe : stripes) {
            size += stripe.sizeBytes();
        }
        this.sizeBytes = size;
    }

    static int count(int stripes) {
        return (stripes + STRIPES - 1) / STRIPES;
    }

    /**
     * All blocks of a frame, which holds nothing of the base before {@link #shareUnmade}.
     *
     * @param made takes over one share of each stripe that was made anew; null where the base's serve
     * @param base held by the caller; null only if every stripe was made anew
     */
    static StripeBlock[] of(@Nullable Stripe[] made, @Nullable FrameContent base) {
        StripeBlock[] blocks = new StripeBlock[count(made.length)];
        for (int block = 0; block < blocks.length; block++) {
            int first = block * STRIPES;
            int end = Math.min(first + STRIPES, made.length);
            blocks[block] = isUnchanged(made, first, end)
                    ? unchanged(block, base)
                    : new StripeBlock(mixed(made, first, end, base));
        }
        return blocks;
    }

    /** Takes a share of everything in the blocks of a frame that comes from the frame before it. Cannot fail. */
    static void shareUnmade(@Nullable Stripe[] made, StripeBlock[] blocks) {
        for (int block = 0; block < blocks.length; block++) {
            int first = block * STRIPES;
            int end = first + blocks[block].stripes();
            if (isUnchanged(made, first, end)) {
                blocks[block].share();
            } else {
                for (int index = first; index < end; index++) {
                    if (made[index] == null) {
                        blocks[block].stripe(index - first).share();
                    }
                }
            }
        }
    }

    private static boolean isUnchanged(@Nullable Stripe[] made, int first, int end) {
        for (int index = first; index < end; index++) {
            if (made[index] != null) {
                return false;
            }
        }
        return true;
    }

    private static StripeBlock unchanged(int index, @Nullable FrameContent base) {
        if (base == null) {
            throw new IllegalStateException("block " + index + " was not made, and there is none to share");
        }
        return base.block(index);
    }

    private static Stripe[] mixed(@Nullable Stripe[] made, int first, int end, @Nullable FrameContent base) {
        Stripe[] stripes = new Stripe[end - first];
        for (int index = first; index < end; index++) {
            Stripe stripe = made[index];
            if (stripe == null) {
                if (base == null) {
                    throw new IllegalStateException("stripe " + index + " was not made, and there is none to share");
                }
                stripe = base.stripe(index);
            }
            stripes[index - first] = stripe;
        }
        return stripes;
    }

    Stripe stripe(int index) {
        return stripes[index];
    }

    int stripes() {
        return stripes.length;
    }

    int sizeBytes() {
        return sizeBytes;
    }

    @Override
    void free() {
        for (Stripe stripe : stripes) {
            stripe.release();
        }
    }
}
