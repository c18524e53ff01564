package dev.oriel.capture.x11;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;

/** XFIXES: regions, in which DAMAGE puts what changed, and the image of the pointer. */
final class XcbXfixes {

    static final NativeLibrary LIBRARY = NativeLibrary.getInstance("libxcb-xfixes.so.0");

    static {
        Native.register(XcbXfixes.class, LIBRARY);
    }

    private XcbXfixes() {}

    static native int xcb_xfixes_query_version(long connection, int major, int minor);

    static native int xcb_xfixes_create_region(long connection, int region, int count, long rectangles);

    static native int xcb_xfixes_destroy_region(long connection, int region);

    static native int xcb_xfixes_fetch_region(long connection, int region);

    static native int xcb_xfixes_fetch_region_rectangles_length(long reply);

    static native long xcb_xfixes_fetch_region_rectangles(long reply);

    static native int xcb_xfixes_select_cursor_input(long connection, int window, int eventMask);

    static native int xcb_xfixes_get_cursor_image(long connection);
}
