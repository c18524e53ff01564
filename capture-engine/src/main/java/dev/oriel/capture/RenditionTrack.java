package dev.oriel.capture;

import dev.oriel.capture.jpeg.StripeJpeg;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * One quality of one space from frame to frame: the newest frame made, and the bands that have changed since. The frame
 * is not held, so that the engine keeps no memory that others gave up; when it is gone the next one is made whole.
 */
final class RenditionTrack {

    private final Rendition rendition;
    private final BitSet changedBands = new BitSet();
    private @Nullable AreaScaler scaler;
    private byte @Nullable [] header;
    private @Nullable FrameContent newest;

    RenditionTrack(Rendition rendition) {
        this.rendition = rendition;
    }

    Rendition rendition() {
        return rendition;
    }

    /** The bands that the newest frame does not show as they are. */
    BitSet changedBands() {
        return changedBands;
    }

    AreaScaler scaler() {
        if (scaler == null) {
            scaler = new AreaScaler(rendition);
        }
        return scaler;
    }

    /** Lets go of the scaler until the next picture. */
    void rest() {
        scaler = null;
    }

    void learnHeader(ByteBuffer stripeJpeg) {
        if (header == null) {
            header = StripeJpeg.wholeHeader(stripeJpeg, rendition.width(), rendition.height(), rendition.chroma());
        }
    }

    /** The newest frame with a hold of the caller's, or null if it is gone. */
    @Nullable
    Frame holdNewest() {
        if (newest == null) {
            return null;
        }
        Frame hold = new Frame(newest);
        return newest.tryShare() ? hold : null;
    }

    /** Whether nobody holds the newest frame any more, so that nobody can be shown it. */
    boolean isGone() {
        return newest == null || newest.isFreed();
    }

    /**
     * Makes the next frame; it is now the newest, and the caller has the first hold.
     *
     * @param base the newest frame so far, held; null only if every stripe was made anew
     * @param made the stripes that were made anew, null where the base's serve
     */
    Frame next(@Nullable Frame base, @Nullable Stripe[] made, SpaceId space, long revision, Instant capturedAt) {
        if (header == null) {
            throw new IllegalStateException("no stripe of " + rendition + " was ever made");
        }
        FrameInfo info = rendition.info(space, revision, capturedAt);
        Frame next = new Frame(new FrameContent(info, header, made, base == null ? null : base.content()));
        newest = next.content();
        changedBands.clear();
        return next;
    }
}
