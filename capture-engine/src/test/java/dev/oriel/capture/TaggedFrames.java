package dev.oriel.capture;

import dev.oriel.capture.FrameMemory.Reservation;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Frames for tests that make and read millions: each stripe begins with a number of its own and ends with the opposite of it,
 * so that a look at both tells bytes that were freed, given back, moved half or taken from elsewhere.
 */
public final class TaggedFrames {

    private static final byte[] HEADER = new byte[100];
    private static final int INDEX_BITS = 8;

    private TaggedFrames() {}

    /**
     * A frame of which every stripe is new.
     *
     * @param memory where the stripes go
     * @param info what the frame says of itself
     * @param stripes how many, fewer than 256
     * @param stripeBytes of each, at least 18
     * @param number not used before, unless the bytes are to be equal
     * @return empty if the memory refused
     */
    public static Optional<Frame> fresh(FrameMemory memory, FrameInfo info, int stripes, int stripeBytes, long number) {
        Stripe[] made = new Stripe[stripes];
        Frame frame = null;
        try {
            int index = 0;
            while (index < stripes && make(memory, made, index, stripeBytes, number)) {
                index++;
            }
            frame = index < stripes ? null : new Frame(new FrameContent(info, HEADER, made, null));
        } finally {
            letGoUnless(frame != null, made);
        }
        return Optional.ofNullable(frame);
    }

    /**
     * A frame in which one stripe is new.
     *
     * @param memory where the stripe goes
     * @param before held by the caller
     * @param info what the frame says of itself
     * @param changed which stripe
     * @param stripeBytes of it, at least 18
     * @param number not used before, unless the bytes are to be equal
     * @return empty if the memory refused
     */
    public static Optional<Frame> changed(
            FrameMemory memory, Frame before, FrameInfo info, int changed, int stripeBytes, long number) {
        return Optional.ofNullable(changedOrNull(memory, before, info, changed, stripeBytes, number));
    }

    /**
     * The same, without an object around the frame that a full Java heap could refuse when the frame is made.
     *
     * @param memory where the stripe goes
     * @param before held by the caller
     * @param info what the frame says of itself
     * @param changed which stripe
     * @param stripeBytes of it, at least 18
     * @param number not used before, unless the bytes are to be equal
     * @return null if the memory refused
     */
    public static @Nullable Frame changedOrNull(
            FrameMemory memory, Frame before, FrameInfo info, int changed, int stripeBytes, long number) {
        Stripe[] made = new Stripe[before.stripeCount()];
        Frame frame = null;
        try {
            if (make(memory, made, changed, stripeBytes, number)) {
                frame = new Frame(new FrameContent(info, HEADER, made, before.content()));
            }
        } finally {
            letGoUnless(frame != null, made);
        }
        return frame;
    }

    /**
     * Whether a stripe is what it was when it was made.
     *
     * @param reading of a frame that was made here
     * @param index which stripe
     * @return false if it was torn or freed
     */
    public static boolean isIntact(FrameReading reading, int index) {
        ByteBuffer data = reading.stripe(index);
        long tag = data.getLong(0);
        return tag == ~data.getLong(data.limit() - Long.BYTES) && (tag & (1 << INDEX_BITS) - 1) == index;
    }

    /**
     * Whether all stripes are.
     *
     * @param frame held by the caller
     * @return false if one was torn or freed
     */
    public static boolean isIntact(Frame frame) {
        try (FrameReading reading = frame.read()) {
            return isIntact(reading);
        }
    }

    /**
     * Whether all stripes are.
     *
     * @param reading of a frame that was made here
     * @return false if one was torn or freed
     */
    public static boolean isIntact(FrameReading reading) {
        int stripes = reading.buffers().size() - 1;
        for (int index = 0; index < stripes; index++) {
            if (!isIntact(reading, index)) {
                return false;
            }
        }
        return true;
    }

    private static boolean make(FrameMemory memory, @Nullable Stripe[] made, int index, int stripeBytes, long number) {
        long tag = number << INDEX_BITS | index;
        ByteBuffer bytes = ByteBuffer.allocate(stripeBytes);
        bytes.putLong(0, tag).putLong(stripeBytes - Stripe.MARKER_BYTES - Long.BYTES, ~tag);
        Optional<Reservation> room = memory.reserve(stripeBytes + stripeBytes / 2);
        if (room.isEmpty()) {
            return false;
        }
        try (Reservation reservation = room.get()) {
            made[index] = new Stripe(reservation.fill(bytes));
        }
        return true;
    }

    private static void letGoUnless(boolean taken, @Nullable Stripe[] made) {
        for (Stripe stripe : made) {
            if (!taken && stripe != null) {
                stripe.release();
            }
        }
    }
}
