package dev.oriel.benchmarks;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;

/** The functions of libxcb that draw, and the one that looks. Connections are {@code long}, cookies {@code int}. */
final class Xcb {

    static {
        Native.register(Xcb.class, NativeLibrary.getInstance("libxcb.so.1"));
    }

    private Xcb() {}

    static native long xcb_connect(String display, long screenNumber);

    static native int xcb_connection_has_error(long connection);

    static native void xcb_disconnect(long connection);

    static native Pointer xcb_get_setup(long connection);

    static native int xcb_generate_id(long connection);

    static native int xcb_flush(long connection);

    static native int xcb_create_window(
            long connection,
            byte depth,
            int window,
            int parent,
            short x,
            short y,
            short width,
            short height,
            short border,
            short type,
            int visual,
            int mask,
            int[] values);

    static native int xcb_map_window(long connection, int window);

    static native int xcb_create_gc(long connection, int context, int drawable, int mask, int[] values);

    static native int xcb_change_gc(long connection, int context, int mask, int[] values);

    static native int xcb_poly_fill_rectangle(
            long connection, int drawable, int context, int count, short[] rectangles);

    static native int xcb_create_pixmap(
            long connection, byte depth, int pixmap, int drawable, short width, short height);

    static native int xcb_put_image(
            long connection,
            byte format,
            int drawable,
            int context,
            short width,
            short height,
            short x,
            short y,
            byte leftPad,
            byte depth,
            int bytes,
            Pointer data);

    static native int xcb_copy_area(
            long connection,
            int source,
            int target,
            int context,
            short sourceX,
            short sourceY,
            short x,
            short y,
            short width,
            short height);

    static native int xcb_get_input_focus(long connection);

    static native long xcb_get_input_focus_reply(long connection, int cookie, long error);

    static native int xcb_get_image(
            long connection, byte format, int drawable, short x, short y, short width, short height, int planes);

    static native long xcb_get_image_reply(long connection, int cookie, long error);
}
