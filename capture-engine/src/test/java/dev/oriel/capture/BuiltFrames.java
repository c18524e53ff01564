package dev.oriel.capture;

import dev.oriel.capture.FrameMemory.Region;
import dev.oriel.capture.FrameMemory.Reservation;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Frames of stripes that are handed in, as fast as bytes can be copied: what a cache is given, without the encoding. */
public final class BuiltFrames {

    /* The engine keeps one for all frames of a rendition, too. */
    private static final byte[] HEADER = new byte[600];

    private BuiltFrames() {}

    /**
     * A frame that shares stripes with the one before it.
     *
     * @param memory where the new stripes go
     * @param info what the frame says of itself
     * @param before held by the caller; null if every stripe is new
     * @param stripes how many
     * @param newBytes of each stripe, marker included; null for one that is shared with the frame before
     * @return empty if the memory refused
     */
    public static Optional<Frame> build(
            FrameMemory memory,
            FrameInfo info,
            @Nullable Frame before,
            int stripes,
            IntFunction<@Nullable ByteBuffer> newBytes) {
        @Nullable Stripe[] made = new Stripe[stripes];
        boolean complete = false;
        try {
            for (int index = 0; index < stripes; index++) {
                ByteBuffer bytes = newBytes.apply(index);
                if (bytes != null) {
                    Optional<Region> region = stored(memory, bytes);
                    if (region.isEmpty()) {
                        return Optional.empty();
                    }
                    made[index] = new Stripe(region.get());
                }
            }
            Frame frame = new Frame(new FrameContent(info, HEADER, made, before == null ? null : before.content()));
            complete = true;
            return Optional.of(frame);
        } finally {
            if (!complete) {
                for (Stripe stripe : made) {
                    if (stripe != null) {
                        stripe.release();
                    }
                }
            }
        }
    }

    private static Optional<Region> stored(FrameMemory memory, ByteBuffer bytes) {
        Optional<Reservation> reservation = memory.reserve(bytes.remaining() + bytes.remaining() / 2);
        if (reservation.isEmpty()) {
            return Optional.empty();
        }
        try (Reservation room = reservation.get()) {
            return Optional.of(room.fill(bytes));
        }
    }
}
