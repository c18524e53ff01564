package dev.oriel.capture.x11;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;

/** DAMAGE: the server tells when pixels changed. */
final class XcbDamage {

    static final NativeLibrary LIBRARY = NativeLibrary.getInstance("libxcb-damage.so.0");

    static {
        Native.register(XcbDamage.class, LIBRARY);
    }

    private XcbDamage() {}

    static native int xcb_damage_query_version(long connection, int major, int minor);

    static native int xcb_damage_create(long connection, int damage, int drawable, byte level);

    static native int xcb_damage_subtract(long connection, int damage, int repair, int parts);

    static native int xcb_damage_destroy(long connection, int damage);
}
