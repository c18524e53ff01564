package dev.oriel.capture.x11;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import dev.oriel.capture.Area;

/** Draws rectangles on the root window of a display through a connection of its own. Belongs to one thread. */
public final class XPainter implements AutoCloseable {

    private static final int FOREGROUND = 0x4;
    private static final int SETUP_BYTES = 40;
    private static final int PIXMAP_FORMAT_BYTES = 8;

    static {
        Native.register(XPainter.class, NativeLibrary.getInstance("libxcb.so.1"));
    }

    private final long connection;
    private final int root;
    private final int context;

    /** Connects to a display. */
    public XPainter(String display) {
        connection = xcb_connect(display, 0);
        if (xcb_connection_has_error(connection) != 0) {
            throw new AssertionError("display " + display + " cannot be opened");
        }
        Pointer setup = xcb_get_setup(connection);
        int vendor = setup.getShort(24) & 0xFFFF;
        int formats = setup.getByte(29) & 0xFF;
        root = setup.getInt(SETUP_BYTES + (vendor + 3) / 4 * 4 + (long) formats * PIXMAP_FORMAT_BYTES);
        context = xcb_generate_id(connection);
        xcb_create_gc(connection, context, root, 0, new int[0]);
    }

    /** Fills an area with 0xRRGGBB; done when {@link #sync} returns. */
    public void fill(Area area, int color) {
        xcb_change_gc(connection, context, FOREGROUND, new int[] {color});
        short[] rectangle = {(short) area.x(), (short) area.y(), (short) area.width(), (short) area.height()};
        xcb_poly_fill_rectangle(connection, root, context, 1, rectangle);
    }

    /** Waits until the server has drawn everything. */
    public void sync() {
        Pointer reply = xcb_get_input_focus_reply(connection, xcb_get_input_focus(connection), 0);
        if (reply == null) {
            throw new AssertionError("the display is gone");
        }
        Native.free(Pointer.nativeValue(reply));
    }

    @Override
    public void close() {
        xcb_disconnect(connection);
    }

    private static native long xcb_connect(String display, long screenNumber);

    private static native int xcb_connection_has_error(long connection);

    private static native Pointer xcb_get_setup(long connection);

    private static native int xcb_generate_id(long connection);

    private static native int xcb_create_gc(long connection, int id, int drawable, int mask, int[] values);

    private static native int xcb_change_gc(long connection, int id, int mask, int[] values);

    private static native int xcb_poly_fill_rectangle(
            long connection, int drawable, int context, int count, short[] rectangles);

    private static native int xcb_get_input_focus(long connection);

    private static native Pointer xcb_get_input_focus_reply(long connection, int cookie, long error);

    private static native void xcb_disconnect(long connection);
}
