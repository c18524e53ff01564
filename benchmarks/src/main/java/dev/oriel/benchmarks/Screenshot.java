package dev.oriel.benchmarks;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.Optional;

/* Asks the display itself, by another way than the program that is judged: one request for the whole, no shared memory. */
/** A picture of a display, taken from it. */
final class Screenshot {

    private static final byte Z_PIXMAP = 2;
    private static final int ALL_PLANES = -1;
    private static final int REPLY_BYTES = 32;
    private static final int LENGTH_OFFSET = 4;
    private static final int SETUP_BYTES = 40;
    private static final int PIXMAP_FORMAT_BYTES = 8;

    private Screenshot() {}

    /**
     * Takes one.
     *
     * @param display as in {@code $DISPLAY}
     * @return empty if the display does not keep four bytes for each pixel
     * @throws BenchmarkFailedException if it does not answer
     */
    static Optional<BufferedImage> of(String display, Rectangle area) {
        long connection = Xcb.xcb_connect(display, 0);
        try {
            if (Xcb.xcb_connection_has_error(connection) != 0) {
                throw new BenchmarkFailedException("display " + display + " cannot be opened");
            }
            int cookie = Xcb.xcb_get_image(
                    connection,
                    Z_PIXMAP,
                    root(Xcb.xcb_get_setup(connection)),
                    (short) area.x,
                    (short) area.y,
                    (short) area.width,
                    (short) area.height,
                    ALL_PLANES);
            long reply = Xcb.xcb_get_image_reply(connection, cookie, 0);
            if (reply == 0) {
                throw new BenchmarkFailedException("display " + display + " gives no picture of " + area);
            }
            try {
                return picture(new Pointer(reply), area);
            } finally {
                Native.free(reply);
            }
        } finally {
            Xcb.xcb_disconnect(connection);
        }
    }

    private static int root(Pointer setup) {
        int vendor = setup.getShort(24) & 0xFFFF;
        int formats = setup.getByte(29) & 0xFF;
        return setup.getInt(SETUP_BYTES + (vendor + 3) / 4 * 4 + (long) formats * PIXMAP_FORMAT_BYTES);
    }

    private static Optional<BufferedImage> picture(Pointer reply, Rectangle area) {
        int pixels = area.width * area.height;
        if (reply.getInt(LENGTH_OFFSET) != pixels) {
            return Optional.empty();
        }
        int[] colours = reply.getIntArray(REPLY_BYTES, pixels);
        BufferedImage picture = new BufferedImage(area.width, area.height, BufferedImage.TYPE_INT_RGB);
        picture.setRGB(0, 0, area.width, area.height, colours, 0, area.width);
        return Optional.of(picture);
    }
}
