package dev.oriel.gateway;

import dev.oriel.capture.Frame;
import dev.oriel.capture.FrameInfo;
import dev.oriel.capture.FrameReading;
import dev.oriel.capture.Quality;
import dev.oriel.capture.SpaceState;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A frame as Netty writes it: views of the memory it lies in, not copies. Ends its reading of the frame when released. */
final class FrameBytes extends CompositeByteBuf {

    static final int HEADER_BYTES = 28;
    private static final int WHOLE_FRAME = 1;
    private static final int VERSION = 1;

    private final FrameReading reading;

    private FrameBytes(FrameReading reading, List<ByteBuf> pieces) {
        super(UnpooledByteBufAllocator.DEFAULT, true, pieces.size(), pieces.toArray(ByteBuf[]::new));
        this.reading = reading;
    }

    /** The JPEG alone; takes over the hold. */
    static ByteBuf jpeg(Frame frame) {
        try (frame) {
            FrameReading reading = frame.read();
            return new FrameBytes(reading, pieces(reading));
        }
    }

    /** A message of the feed; takes over the hold. */
    static ByteBuf message(Frame frame, int spaceIndex, SpaceState state) {
        try (frame) {
            FrameReading reading = frame.read();
            List<ByteBuf> pieces = pieces(reading);
            pieces.add(0, header(frame.info(), spaceIndex, frame.quality(), state));
            return new FrameBytes(reading, pieces);
        }
    }

    private static List<ByteBuf> pieces(FrameReading reading) {
        List<ByteBuffer> buffers = reading.buffers();
        List<ByteBuf> pieces = new ArrayList<>(buffers.size() + 1);
        buffers.forEach(buffer -> pieces.add(Unpooled.wrappedBuffer(buffer)));
        return pieces;
    }

    private static ByteBuf header(FrameInfo info, int spaceIndex, Quality quality, SpaceState state) {
        return Unpooled.directBuffer(HEADER_BYTES)
                .writeByte(WHOLE_FRAME)
                .writeByte(VERSION)
                .writeShort(spaceIndex)
                .writeLong(info.revision())
                .writeLong(microseconds(info.capturedAt()))
                .writeShort(info.width())
                .writeShort(info.height())
                .writeByte(quality.code())
                .writeByte(state.code())
                .writeShort(info.stripeHeight());
    }

    private static long microseconds(Instant time) {
        return time.getEpochSecond() * 1_000_000 + time.getNano() / 1_000;
    }

    @Override
    protected void deallocate() {
        super.deallocate();
        reading.close();
    }
}
