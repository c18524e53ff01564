package dev.oriel.capture;

import dev.oriel.capture.FrameMemory.Region;
import dev.oriel.capture.FrameMemory.Reservation;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Frames of what the feed sent: what an application holds that asks questions about the pictures of a server. */
public final class ReceivedFrames {

    private static final int FEED_HEADER_BYTES = 28;
    private static final int MARKER = 0xFF;
    private static final int START_OF_SCAN = 0xDA;
    private static final int QUANTISATION = 0xDB;
    private static final int END_OF_IMAGE = 0xD9;
    private static final int FIRST_RESTART = 0xD0;
    private static final int LAST_RESTART = 0xD7;

    private ReceivedFrames() {}

    /**
     * Reads a binary message of the feed.
     *
     * @param memory where the stripes go
     * @param message 28 bytes and a whole JPEG, as it came
     * @return the caller has the only hold; empty if the memory refused
     * @throws IllegalArgumentException if it is no such message
     */
    public static Optional<Frame> of(FrameMemory memory, byte[] message) {
        ByteBuffer bytes = ByteBuffer.wrap(message);
        if (message.length <= FEED_HEADER_BYTES || bytes.get(0) != 1) {
            throw new IllegalArgumentException("a message of " + message.length + " bytes is no whole frame");
        }
        long micros = bytes.getLong(12);
        ByteBuffer jpeg = bytes.slice(FEED_HEADER_BYTES, message.length - FEED_HEADER_BYTES);
        int scan = startOfScan(jpeg);
        FrameInfo info = new FrameInfo(
                new SpaceId("space-" + bytes.getShort(2)),
                bytes.getLong(4),
                Instant.ofEpochSecond(micros / 1_000_000, micros % 1_000_000 * 1000),
                bytes.getShort(20) & 0xFFFF,
                bytes.getShort(22) & 0xFFFF,
                quality(bytes.get(24)),
                jpegPercent(jpeg),
                bytes.getShort(26));
        byte[] header = new byte[scan];
        jpeg.get(0, header);
        List<ByteBuffer> parts = stripes(jpeg, scan);
        Stripe[] stripes = new Stripe[parts.size()];
        Optional<Frame> frame = Optional.empty();
        try {
            int made = 0;
            Optional<Region> region = stored(memory, parts.get(made));
            while (region.isPresent()) {
                stripes[made] = new Stripe(region.get());
                made++;
                region = made < stripes.length ? stored(memory, parts.get(made)) : Optional.empty();
            }
            if (made == stripes.length) {
                frame = Optional.of(new Frame(new FrameContent(info, header, stripes, null)));
            }
            return frame;
        } finally {
            if (frame.isEmpty()) {
                for (Stripe stripe : stripes) {
                    if (stripe != null) {
                        stripe.release();
                    }
                }
            }
        }
    }

    private static Quality quality(int code) {
        for (Quality quality : Quality.values()) {
            if (quality.code() == code) {
                return quality;
            }
        }
        throw new IllegalArgumentException("there is no quality " + code);
    }

    private static int startOfScan(ByteBuffer jpeg) {
        int at = segment(jpeg, START_OF_SCAN);
        return at + 2 + (jpeg.getShort(at + 2) & 0xFFFF);
    }

    /* libjpeg scales its tables by the percent, of which the last factor is told the most precisely: 99 at 50 percent. */
    private static int jpegPercent(ByteBuffer jpeg) {
        int at = segment(jpeg, QUANTISATION) + 4;
        int last = jpeg.get(at + 64) & 0xFF;
        double scale = last / 0.99;
        return (int) Math.max(1, Math.round(scale <= 100 ? 100 - scale / 2 : 5000 / scale));
    }

    private static int segment(ByteBuffer jpeg, int kind) {
        int at = 2;
        while ((jpeg.get(at + 1) & 0xFF) != kind) {
            if ((jpeg.get(at) & 0xFF) != MARKER) {
                throw new IllegalArgumentException("there is no JPEG segment at " + at);
            }
            at += 2 + (jpeg.getShort(at + 2) & 0xFFFF);
        }
        return at;
    }

    private static List<ByteBuffer> stripes(ByteBuffer jpeg, int scan) {
        List<ByteBuffer> stripes = new ArrayList<>();
        int start = scan;
        for (int at = scan; at < jpeg.limit() - 1; at++) {
            int next = jpeg.get(at + 1) & 0xFF;
            boolean ends = next >= FIRST_RESTART && next <= LAST_RESTART || next == END_OF_IMAGE;
            if ((jpeg.get(at) & 0xFF) == MARKER && ends) {
                stripes.add(jpeg.slice(start, at + 2 - start));
                start = at + 2;
            }
        }
        if (start != jpeg.limit()) {
            throw new IllegalArgumentException("the JPEG does not end with its last stripe");
        }
        return stripes;
    }

    private static Optional<Region> stored(FrameMemory memory, ByteBuffer bytes) {
        Optional<Reservation> reservation = memory.reserve(bytes.remaining());
        if (reservation.isEmpty()) {
            return Optional.empty();
        }
        try (Reservation room = reservation.get()) {
            return Optional.of(room.fill(bytes));
        }
    }
}
