package dev.oriel.capture;

import dev.oriel.capture.FrameMemory.Reservation;
import dev.oriel.capture.jpeg.StripeEncoder;
import dev.oriel.capture.jpeg.StripeEncoders;
import dev.oriel.capture.jpeg.StripeJpeg;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Pays for a stripe, encodes it and stores it. Has an encoder from the first stripe until it {@linkplain #rest rests}.
 * Belongs to one thread, which closes it.
 */
final class StripeWriter implements AutoCloseable {

    /** The memory gave no room. */
    static final class NoRoomException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NoRoomException(String message) {
            super(message, null, false, false);
        }
    }

    private final StripeEncoders encoders;
    private final FrameMemory memory;
    private final CaptureCounters counters;
    private @Nullable StripeEncoder opened;

    StripeWriter(StripeEncoders encoders, FrameMemory memory, CaptureCounters counters) {
        this.encoders = encoders;
        this.memory = memory;
        this.counters = counters;
    }

    /**
     * Makes one stripe.
     *
     * @param pixels whose rows begin at {@code offset}
     * @param track what the picture's header is told, as any stripe of it will do
     */
    Stripe write(ByteBuffer pixels, int offset, int index, RenditionTrack track) {
        Rendition rendition = track.rendition();
        StripeEncoder encoder = encoder();
        int maxBytes = encoder.maxBytes(rendition.width(), rendition.chroma());
        try (Reservation room = memory.reserve(maxBytes)
                .orElseThrow(() -> new NoRoomException("the frame memory has no room for " + maxBytes + " bytes"))) {
            ByteBuffer jpeg = encoder.encode(
                    pixels,
                    offset,
                    rendition.width(),
                    rendition.rowsOf(index),
                    rendition.jpegPercent(),
                    rendition.chroma());
            counters.stripesEncoded.increment();
            track.learnHeader(jpeg);
            return new Stripe(room.fill(StripeJpeg.scan(jpeg, index, index == rendition.stripes() - 1)));
        } catch (FrameMemory.ExhaustedException e) {
            throw new NoRoomException(String.valueOf(e.getMessage()));
        }
    }

    private StripeEncoder encoder() {
        if (opened == null) {
            opened = encoders.open();
        }
        return opened;
    }

    /** Lets go of the encoder and its memory until the next stripe. */
    void rest() {
        if (opened != null) {
            opened.close();
            opened = null;
        }
    }

    @Override
    public void close() {
        rest();
    }
}
