package dev.oriel.capture.x11;

import com.sun.jna.Pointer;
import dev.oriel.capture.Area;
import java.nio.ByteBuffer;
import java.util.Optional;

/** The server sends the pixels through the connection: slower, and possible everywhere. */
final class SentPixels implements PixelReader {

    /** Little enough to be in the socket as a whole: for the rest of a reply that has begun XCB waits without a limit. */
    private static final int PIECE_BYTES = 64 * 1024;

    private static final byte Z_PIXMAP = 2;
    private static final int ALL_PLANES = -1;

    private final XConnection x;
    private final ByteBuffer pixels;

    SentPixels(XConnection x, PixelMemory memory) {
        this.x = x;
        this.pixels = memory.half(0);
    }

    @Override
    public Optional<ByteBuffer> read(Area area) {
        int pitch = area.width() * Integer.BYTES;
        int rowsAtOnce = Math.max(1, PIECE_BYTES / pitch);
        for (int row = 0; row < area.height(); row += rowsAtOnce) {
            int rows = Math.min(rowsAtOnce, area.height() - row);
            if (!read(new Area(area.x(), area.y() + row, area.width(), rows), row * pitch)) {
                return Optional.empty();
            }
        }
        return Optional.of(pixels);
    }

    private boolean read(Area area, int offset) {
        int cookie = Xcb.xcb_get_image(
                x.handle(),
                Z_PIXMAP,
                x.screen().root(),
                (short) area.x(),
                (short) area.y(),
                (short) area.width(),
                (short) area.height(),
                ALL_PLANES);
        Optional<Pointer> reply = x.reply(cookie);
        reply.ifPresent(image -> {
            int length = area.width() * area.height() * Integer.BYTES;
            Pointer sent = new Pointer(Xcb.xcb_get_image_data(Pointer.nativeValue(image)));
            pixels.put(offset, sent.getByteBuffer(0, length), 0, length);
            XConnection.free(image);
        });
        return reply.isPresent();
    }

    /** Nothing is kept. */
    @Override
    public void close() {}
}
