package dev.oriel.capture.x11;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;

/** MIT-SHM: the server writes pixels into memory that we share with it. */
final class XcbShm {

    static final NativeLibrary LIBRARY = NativeLibrary.getInstance("libxcb-shm.so.0");

    static {
        Native.register(XcbShm.class, LIBRARY);
    }

    private XcbShm() {}

    static native int xcb_shm_query_version(long connection);

    static native int xcb_shm_attach_fd_checked(long connection, int segment, int fd, byte readOnly);

    static native int xcb_shm_detach(long connection, int segment);

    static native int xcb_shm_get_image(
            long connection,
            int drawable,
            short x,
            short y,
            short width,
            short height,
            int planes,
            byte format,
            int segment,
            int offset);
}
