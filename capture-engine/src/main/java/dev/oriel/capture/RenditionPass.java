package dev.oriel.capture;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * One quality during one capture: takes rows of pixels from the top down, makes the stripes that changed, and in the end
 * becomes a frame or is given up. Holds the newest frame so far meanwhile.
 */
abstract class RenditionPass implements AutoCloseable {

    private final RenditionTrack track;
    private final StripeWriter writer;
    private final @Nullable Frame base;
    private final @Nullable Stripe[] made;
    private final BitSet staleBands;
    private boolean ended;

    static RenditionPass begin(RenditionTrack track, StripeWriter writer, int bands) {
        return track.rendition().isNativeSize()
                ? new NativePass(track, writer, bands)
                : new ScaledPass(track, writer, bands);
    }

    RenditionPass(RenditionTrack track, StripeWriter writer, int bands) {
        this.track = track;
        this.writer = writer;
        this.base = track.holdNewest();
        this.made = new Stripe[track.rendition().stripes()];
        this.staleBands = (BitSet) track.changedBands().clone();
        if (base == null) {
            staleBands.set(0, bands);
        }
    }

    Rendition rendition() {
        return track.rendition();
    }

    /** The bands to read so that every stripe that shows one of these, or a band not yet shown, can be made. */
    abstract BitSet bandsToRead(BitSet damaged);

    /**
     * Takes rows.
     *
     * @param changed the bands known to have changed, those of these rows included
     */
    abstract void accept(ByteBuffer pixels, int firstRow, int rows, BitSet changed);

    BitSet staleBands() {
        return staleBands;
    }

    final void make(int stripe, ByteBuffer pixels, int offset) {
        made[stripe] = writer.write(pixels, offset, stripe, track);
    }

    int stripesMade() {
        int count = 0;
        for (Stripe stripe : made) {
            count += stripe == null ? 0 : 1;
        }
        return count;
    }

    /** The newest frame again, with a hold of the caller's, if nothing has changed since. */
    @Nullable
    Frame unchanged(long revision) {
        return base != null && base.revision() == revision && stripesMade() == 0 ? base.retain() : null;
    }

    /** Makes the frame; the stripes now belong to it. */
    Frame finish(SpaceId space, long revision, Instant capturedAt) {
        Frame frame = track.next(base, made, space, revision, capturedAt);
        ended = true;
        releaseBase();
        return frame;
    }

    /** Gives up what was made, unless the pass was finished. */
    @Override
    public void close() {
        if (!ended) {
            ended = true;
            for (Stripe stripe : made) {
                if (stripe != null) {
                    stripe.release();
                }
            }
            releaseBase();
        }
    }

    private void releaseBase() {
        if (base != null) {
            base.close();
        }
    }
}
