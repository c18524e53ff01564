package dev.oriel.capture.x11;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.nio.charset.StandardCharsets;

/** A program that shows a window in one colour and takes it away again, as fast as it can. */
final class FlashingWindow implements AutoCloseable {

    private static final int BACKGROUND_AND_OVERRIDE_REDIRECT = 0x202;
    private static final int BACKGROUND = 0x2;
    private static final int WM_NAME = 39;
    private static final int WM_CLASS = 67;
    private static final int STRING = 31;

    private final long connection;
    private final XScreen screen;
    private int window;

    static {
        Native.register(FlashingWindow.class, NativeLibrary.getInstance("libxcb.so.1"));
    }

    private static native int xcb_create_window(
            long connection,
            byte depth,
            int window,
            int parent,
            short x,
            short y,
            short width,
            short height,
            short border,
            short kind,
            int visual,
            int mask,
            long values);

    private static native int xcb_change_property(
            long connection, byte mode, int window, int property, int type, byte format, int length, byte[] value);

    private static native int xcb_map_window(long connection, int window);

    private static native int xcb_destroy_window(long connection, int window);

    FlashingWindow(String display) {
        connection = Xcb.xcb_connect(display, 0);
        screen = XScreen.of(new Pointer(Xcb.xcb_get_setup(connection)), 0, display);
    }

    /** Makes a window of a class and shows it at once. */
    void show(String application, int color, int x, int y, int width, int height) {
        window = Xcb.xcb_generate_id(connection);
        create(BACKGROUND_AND_OVERRIDE_REDIRECT, color, x, y, width, height);
        byte[] value = ("flash\0" + application + "\0").getBytes(StandardCharsets.ISO_8859_1);
        xcb_change_property(connection, (byte) 0, window, WM_CLASS, STRING, (byte) 8, value.length, value);
        xcb_map_window(connection, window);
        Xcb.xcb_flush(connection);
    }

    private void create(int attributes, int color, int x, int y, int width, int height) {
        try (Memory values = new Memory(2L * Integer.BYTES)) {
            values.setInt(0, color);
            values.setInt(Integer.BYTES, 1);
            xcb_create_window(
                    connection,
                    (byte) 0,
                    window,
                    screen.root(),
                    (short) x,
                    (short) y,
                    (short) width,
                    (short) height,
                    (short) 0,
                    (short) 0,
                    0,
                    attributes,
                    Pointer.nativeValue(values));
        }
    }

    /** Shows a window for the window manager to frame, which does not say yet what it is. */
    void showSilent(int color, int x, int y, int width, int height) {
        window = Xcb.xcb_generate_id(connection);
        create(BACKGROUND, color, x, y, width, height);
        xcb_map_window(connection, window);
        Xcb.xcb_flush(connection);
    }

    void name(String title) {
        byte[] value = title.getBytes(StandardCharsets.ISO_8859_1);
        xcb_change_property(connection, (byte) 0, window, WM_NAME, STRING, (byte) 8, value.length, value);
        Xcb.xcb_flush(connection);
    }

    void takeAway() {
        xcb_destroy_window(connection, window);
        Xcb.xcb_flush(connection);
    }

    @Override
    public void close() {
        Xcb.xcb_disconnect(connection);
    }
}
