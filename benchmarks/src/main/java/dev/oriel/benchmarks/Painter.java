package dev.oriel.benchmarks;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.awt.Point;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;

/*
 * Drawing sends what is drawn at once and does not wait for the display, so the moment before the call is the moment of
 * the change. One request draws a rectangle, and the display serves no one else meanwhile.
 */
/** Draws on a display, over all that is there. Belongs to one thread. */
final class Painter implements AutoCloseable {

    private static final byte Z_PIXMAP = 2;
    private static final short INPUT_OUTPUT = 1;
    private static final int BACK_PIXEL_AND_OVERRIDE_REDIRECT = 0x2 | 0x200;
    private static final int FOREGROUND = 0x4;
    private static final int GRAPHICS_EXPOSURES = 0x10000;
    private static final int GREY = 0x606060;
    private static final int ROWS_AT_ONCE = 16;
    private static final int SETUP_BYTES = 40;
    private static final int PIXMAP_FORMAT_BYTES = 8;

    /** What is needed of the display's own description. */
    private record Screen(int root, int visual, byte depth, int width, int height, String version) {

        static Screen of(Pointer setup) {
            int vendor = setup.getShort(24) & 0xFFFF;
            int formats = setup.getByte(29) & 0xFF;
            long first = SETUP_BYTES + (vendor + 3) / 4 * 4 + (long) formats * PIXMAP_FORMAT_BYTES;
            return new Screen(
                    setup.getInt(first),
                    setup.getInt(first + 32),
                    setup.getByte(first + 38),
                    setup.getShort(first + 20) & 0xFFFF,
                    setup.getShort(first + 22) & 0xFFFF,
                    version(setup.getInt(8)));
        }

        private static String version(int release) {
            return release / 10_000_000 + "." + release / 100_000 % 100 + "." + release / 1000 % 100 + "."
                    + release % 1000;
        }
    }

    private final long connection;
    private final Screen screen;
    private final int window;
    private final int context;

    Painter(String display) {
        this.connection = Xcb.xcb_connect(display, 0);
        if (Xcb.xcb_connection_has_error(connection) != 0) {
            Xcb.xcb_disconnect(connection);
            throw new BenchmarkFailedException("display " + display + " cannot be opened");
        }
        this.screen = Screen.of(Xcb.xcb_get_setup(connection));
        this.window = Xcb.xcb_generate_id(connection);
        this.context = Xcb.xcb_generate_id(connection);
        coverScreen();
    }

    private void coverScreen() {
        Xcb.xcb_create_window(
                connection,
                screen.depth(),
                window,
                screen.root(),
                (short) 0,
                (short) 0,
                (short) screen.width(),
                (short) screen.height(),
                (short) 0,
                INPUT_OUTPUT,
                screen.visual(),
                BACK_PIXEL_AND_OVERRIDE_REDIRECT,
                new int[] {GREY, 1});
        Xcb.xcb_create_gc(connection, context, window, GRAPHICS_EXPOSURES, new int[] {0});
        Xcb.xcb_map_window(connection, window);
        sync();
    }

    /** The release of the display's server. */
    String serverVersion() {
        return screen.version();
    }

    /** Fills a part of the screen with a colour. */
    void fill(Rectangle area, int rgb) {
        fill(window, area, rgb);
    }

    /** Fills a part of a picture that the display keeps. */
    void fill(int drawable, Rectangle area, int rgb) {
        short[] rectangle = {(short) area.x, (short) area.y, (short) area.width, (short) area.height};
        Xcb.xcb_change_gc(connection, context, FOREGROUND, new int[] {rgb});
        Xcb.xcb_poly_fill_rectangle(connection, drawable, context, 1, rectangle);
        Xcb.xcb_flush(connection);
    }

    /** Gives the display a picture to keep, as large as the screen or larger, so that showing it is one request. */
    int keep(BufferedImage picture) {
        int width = picture.getWidth();
        int height = picture.getHeight();
        int pixmap = Xcb.xcb_generate_id(connection);
        Xcb.xcb_create_pixmap(connection, screen.depth(), pixmap, window, (short) width, (short) height);
        try (Memory rows = new Memory((long) ROWS_AT_ONCE * width * Integer.BYTES)) {
            for (int y = 0; y < height; y += ROWS_AT_ONCE) {
                int count = Math.min(ROWS_AT_ONCE, height - y);
                int[] pixels = picture.getRGB(0, y, width, count, null, 0, width);
                rows.write(0, pixels, 0, pixels.length);
                Xcb.xcb_put_image(
                        connection,
                        Z_PIXMAP,
                        pixmap,
                        context,
                        (short) width,
                        (short) count,
                        (short) 0,
                        (short) y,
                        (byte) 0,
                        screen.depth(),
                        pixels.length * Integer.BYTES,
                        rows);
                sync();
            }
        }
        return pixmap;
    }

    /** Shows a picture that the display keeps. */
    void show(int pixmap) {
        show(pixmap, 0);
    }

    /** Shows a picture that the display keeps, moved up; what leaves at the top comes back at the bottom. */
    void show(int pixmap, int rowsUp) {
        int gone = Math.floorMod(rowsUp, screen.height());
        copy(pixmap, 0, gone, 0, screen.height() - gone);
        if (gone > 0) {
            copy(pixmap, 0, 0, screen.height() - gone, gone);
        }
        Xcb.xcb_flush(connection);
    }

    /** Shows the part of a larger picture that has its corner there. */
    void show(int pixmap, Point corner) {
        copy(pixmap, corner.x, corner.y, 0, screen.height());
        Xcb.xcb_flush(connection);
    }

    /** Shows a part of a picture in a part of the screen. */
    void show(int pixmap, Point corner, Rectangle area) {
        copy(pixmap, corner.x, corner.y, area);
        Xcb.xcb_flush(connection);
    }

    private void copy(int pixmap, int fromColumn, int fromRow, int toRow, int rows) {
        copy(pixmap, fromColumn, fromRow, new Rectangle(0, toRow, screen.width(), rows));
    }

    private void copy(int pixmap, int fromColumn, int fromRow, Rectangle to) {
        Xcb.xcb_copy_area(
                connection,
                pixmap,
                window,
                context,
                (short) fromColumn,
                (short) fromRow,
                (short) to.x,
                (short) to.y,
                (short) to.width,
                (short) to.height);
    }

    /** Waits until the display has done all that was asked. */
    void sync() {
        long reply = Xcb.xcb_get_input_focus_reply(connection, Xcb.xcb_get_input_focus(connection), 0);
        if (reply == 0) {
            throw new BenchmarkFailedException("the display is gone");
        }
        Native.free(reply);
    }

    /** Leaves the display, which frees all that was drawn and kept. */
    @Override
    public void close() {
        Xcb.xcb_disconnect(connection);
    }
}
