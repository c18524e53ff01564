package dev.oriel.capture;

import dev.oriel.capture.FrameMemory.Region;
import dev.oriel.capture.FrameMemory.Reservation;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** Frames of noise for tests. Every stripe carries a checksum of its bytes, so that torn or freed memory shows. */
public final class TestFrames {

    private static final int HEADER_BYTES = 600;

    private TestFrames() {}

    /**
     * A frame of which every stripe is new.
     *
     * @param memory where the stripes go
     * @param info what the frame says of itself
     * @param stripes how many
     * @param stripeBytes of each, marker included, at least 10
     * @return empty if the memory refused
     */
    public static Optional<Frame> fresh(FrameMemory memory, FrameInfo info, int stripes, int stripeBytes) {
        return build(memory, info, stripes, stripeBytes, index -> true, null);
    }

    /**
     * A frame that shares stripes with the one before it.
     *
     * @param memory where the new stripes go
     * @param before held by the caller
     * @param info what the frame says of itself
     * @param stripeBytes of each new stripe, marker included, at least 10
     * @param changed which stripes are new
     * @return empty if the memory refused
     */
    public static Optional<Frame> changed(
            FrameMemory memory, Frame before, FrameInfo info, int stripeBytes, IntPredicate changed) {
        return build(memory, info, before.stripeCount(), stripeBytes, changed, before);
    }

    /**
     * A frame of its own that shows the same.
     *
     * @param memory where the stripes go
     * @param original held by the caller
     * @param info what the copy says of itself
     * @return empty if the memory refused
     */
    public static Optional<Frame> copy(FrameMemory memory, Frame original, FrameInfo info) {
        Stripe[] made = new Stripe[original.stripeCount()];
        Optional<Frame> copy = Optional.empty();
        try (FrameReading reading = original.read()) {
            List<ByteBuffer> pieces = reading.buffers();
            for (int index = 0; index < made.length; index++) {
                Optional<Region> region = store(memory, pieces.get(index + 1));
                if (region.isEmpty()) {
                    return Optional.empty();
                }
                made[index] = new Stripe(region.get());
            }
            copy = Optional.of(new Frame(new FrameContent(info, new byte[HEADER_BYTES], made, null)));
        } finally {
            if (copy.isEmpty()) {
                letGo(made);
            }
        }
        return copy;
    }

    /**
     * Whether all bytes are what they were when the frame was made.
     *
     * @param frame held by the caller
     * @return false if a stripe was torn
     */
    public static boolean isIntact(Frame frame) {
        try (FrameReading reading = frame.read()) {
            for (int index = 0; index < frame.stripeCount(); index++) {
                ByteBuffer data = reading.stripe(index);
                if (data.getLong() != checksum(data)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static Optional<Frame> build(
            FrameMemory memory,
            FrameInfo info,
            int stripes,
            int stripeBytes,
            IntPredicate changed,
            @Nullable Frame before) {
        Random noise = new Random((info.revision() * 31 + info.space().hashCode()) * 4
                + info.quality().code());
        Stripe[] made = new Stripe[stripes];
        Frame frame = null;
        try {
            if (fill(memory, noise, made, stripeBytes, changed)) {
                FrameContent base = before == null ? null : before.content();
                frame = new Frame(new FrameContent(info, new byte[HEADER_BYTES], made, base));
            }
        } finally {
            if (frame == null) {
                letGo(made);
            }
        }
        return Optional.ofNullable(frame);
    }

    private static boolean fill(
            FrameMemory memory, Random noise, Stripe[] made, int stripeBytes, IntPredicate changed) {
        for (int index = 0; index < made.length; index++) {
            if (changed.test(index)) {
                Optional<Region> region = store(memory, noise(noise, stripeBytes));
                if (region.isEmpty()) {
                    return false;
                }
                made[index] = new Stripe(region.get());
            }
        }
        return true;
    }

    private static Optional<Region> store(FrameMemory memory, ByteBuffer bytes) {
        Optional<Reservation> reservation = memory.reserve(bytes.remaining() + bytes.remaining() / 2);
        if (reservation.isEmpty()) {
            return Optional.empty();
        }
        try (Reservation room = reservation.get()) {
            return Optional.of(room.fill(bytes));
        }
    }

    private static void letGo(Stripe[] stripes) {
        for (Stripe stripe : stripes) {
            if (stripe != null) {
                stripe.release();
            }
        }
    }

    private static ByteBuffer noise(Random random, int stripeBytes) {
        byte[] bytes = new byte[stripeBytes];
        random.nextBytes(bytes);
        ByteBuffer stripe = ByteBuffer.wrap(bytes);
        return stripe.putLong(0, checksum(stripe.slice(8, stripeBytes - 8 - Stripe.MARKER_BYTES)));
    }

    private static long checksum(ByteBuffer bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return crc.getValue();
    }
}
