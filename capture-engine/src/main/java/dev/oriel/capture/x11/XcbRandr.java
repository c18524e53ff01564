package dev.oriel.capture.x11;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;

/** RANDR 1.5: which monitors show which part of the root window. */
final class XcbRandr {

    static final NativeLibrary LIBRARY = NativeLibrary.getInstance("libxcb-randr.so.0");

    static {
        Native.register(XcbRandr.class, LIBRARY);
    }

    private XcbRandr() {}

    static native int xcb_randr_query_version(long connection, int major, int minor);

    static native int xcb_randr_select_input(long connection, int window, short events);

    static native int xcb_randr_get_monitors(long connection, int window, byte onlyActive);
}
