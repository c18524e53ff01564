package dev.oriel.capture;

import dev.oriel.capture.FrameMemory.Reservation;
import dev.oriel.capture.jpeg.Chroma;
import dev.oriel.capture.jpeg.StripeEncoder;
import dev.oriel.capture.jpeg.StripeEncoders;
import dev.oriel.capture.jpeg.StripeJpeg;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;

/** Frames of pictures that a test drew, as the engine would make them of a screen that shows these. */
public final class DrawnFrames {

    private DrawnFrames() {}

    /**
     * A picture in 4:2:0.
     *
     * @param memory where the stripes go
     * @param space what the frame says it shows
     * @param pixels the picture
     * @param jpegPercent the JPEG quality
     * @return the caller has the only hold
     */
    public static Frame of(FrameMemory memory, SpaceId space, Pixels pixels, int jpegPercent) {
        return of(memory, space, pixels, jpegPercent, Chroma.TWO_BY_TWO);
    }

    /** A picture with its colour sampled in another way. */
    public static Frame of(FrameMemory memory, SpaceId space, Pixels pixels, int jpegPercent, Chroma chroma) {
        int height = chroma.mcuSize();
        FrameInfo info = new FrameInfo(
                space,
                1,
                Instant.EPOCH,
                pixels.width(),
                pixels.height(),
                chroma == Chroma.TWO_BY_TWO ? Quality.OPTIMIZED : Quality.FULL,
                jpegPercent,
                height);
        ByteBuffer rows = ByteBuffer.allocateDirect(pixels.colors().length * Integer.BYTES)
                .order(ByteOrder.nativeOrder());
        rows.asIntBuffer().put(pixels.colors());
        Stripe[] stripes = new Stripe[(pixels.height() + height - 1) / height];
        byte[] header = {};
        try (StripeEncoder encoder = StripeEncoders.detect().open()) {
            for (int index = 0; index < stripes.length; index++) {
                int top = index * height;
                ByteBuffer jpeg = encoder.encode(
                        rows,
                        top * pixels.width() * Integer.BYTES,
                        pixels.width(),
                        Math.min(height, pixels.height() - top),
                        jpegPercent,
                        chroma);
                header = StripeJpeg.wholeHeader(jpeg, pixels.width(), pixels.height(), chroma);
                ByteBuffer scan = StripeJpeg.scan(jpeg, index, index == stripes.length - 1);
                try (Reservation room = memory.reserve(scan.remaining()).orElseThrow()) {
                    stripes[index] = new Stripe(room.fill(scan));
                }
            }
        }
        return new Frame(new FrameContent(info, header, stripes, null));
    }
}
