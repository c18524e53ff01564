package dev.oriel.capture.x11;

import com.sun.jna.Pointer;
import dev.oriel.capture.Area;
import java.nio.ByteBuffer;
import java.util.Optional;

/** The server sends the pixels through the connection: slower, and possible everywhere. */
final class SentPixels implements PixelReader {

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
        int cookie = Xcb.xcb_get_image(
                x.handle(),
                Z_PIXMAP,
                x.screen().root(),
                (short) area.x(),
                (short) area.y(),
                (short) area.width(),
                (short) area.height(),
                ALL_PLANES);
        return x.reply(cookie).map(image -> {
            int length = area.width() * area.height() * Integer.BYTES;
            Pointer sent = new Pointer(Xcb.xcb_get_image_data(Pointer.nativeValue(image)));
            pixels.put(0, sent.getByteBuffer(0, length), 0, length);
            XConnection.free(image);
            return pixels;
        });
    }

    /** Nothing is kept. */
    @Override
    public void close() {}
}
