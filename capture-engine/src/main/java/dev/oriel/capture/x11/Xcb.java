package dev.oriel.capture.x11;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;

/**
 * The functions of libxcb that we call. Pointers are {@code long}, cookies {@code int}; replies and events belong to the
 * caller, who frees them.
 */
final class Xcb {

    static {
        Native.register(Xcb.class, NativeLibrary.getInstance("libxcb.so.1"));
    }

    private Xcb() {}

    static native long xcb_connect(String display, long screenNumber);

    static native int xcb_connection_has_error(long connection);

    static native void xcb_disconnect(long connection);

    static native int xcb_get_file_descriptor(long connection);

    static native long xcb_get_setup(long connection);

    static native int xcb_generate_id(long connection);

    static native int xcb_flush(long connection);

    static native long xcb_poll_for_event(long connection);

    static native long xcb_poll_for_queued_event(long connection);

    static native long xcb_get_extension_data(long connection, long extension);

    static native long xcb_request_check(long connection, int cookie);

    static native int xcb_poll_for_reply(long connection, int cookie, long reply, long error);

    static native void xcb_prefetch_extension_data(long connection, long extension);

    static native int xcb_get_input_focus(long connection);

    static native int xcb_get_geometry(long connection, int drawable);

    static native int xcb_get_window_attributes(long connection, int window);

    static native int xcb_query_tree(long connection, int window);

    static native int xcb_query_pointer(long connection, int window);

    static native int xcb_translate_coordinates(long connection, int from, int to, short x, short y);

    static native int xcb_intern_atom(long connection, byte onlyIfExists, short length, String name);

    static native int xcb_get_atom_name(long connection, int atom);

    static native int xcb_get_property(
            long connection, byte delete, int window, int property, int type, int offset, int length);

    static native int xcb_change_window_attributes(long connection, int window, int mask, long values);

    static native int xcb_get_image(
            long connection, byte format, int drawable, short x, short y, short width, short height, int planes);

    static native long xcb_get_image_data(long reply);
}
