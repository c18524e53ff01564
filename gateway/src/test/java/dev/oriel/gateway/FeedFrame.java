package dev.oriel.gateway;

import dev.oriel.capture.Jpegs;
import dev.oriel.capture.Pixels;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** A binary message of the feed, read as the format says. */
record FeedFrame(
        int kind,
        int version,
        int spaceIndex,
        long revision,
        long capturedAtMicros,
        int width,
        int height,
        int quality,
        int state,
        int stripeHeight,
        byte[] jpeg) {

    static final int HEADER_BYTES = 28;

    static FeedFrame of(byte[] message) {
        ByteBuffer header = ByteBuffer.wrap(message);
        return new FeedFrame(
                header.get(0),
                header.get(1),
                Short.toUnsignedInt(header.getShort(2)),
                header.getLong(4),
                header.getLong(12),
                Short.toUnsignedInt(header.getShort(20)),
                Short.toUnsignedInt(header.getShort(22)),
                header.get(24),
                header.get(25),
                Short.toUnsignedInt(header.getShort(26)),
                Arrays.copyOfRange(message, HEADER_BYTES, message.length));
    }

    Pixels pixels() {
        return Jpegs.decode(jpeg);
    }

    @Override
    public String toString() {
        return "frame of space " + spaceIndex + ", revision " + revision + ", quality " + quality + ", state " + state;
    }
}
