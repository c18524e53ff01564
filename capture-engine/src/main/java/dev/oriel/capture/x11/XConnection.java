package dev.oriel.capture.x11;

import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import dev.oriel.capture.SourceLostException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A connection to an X server and the screen it points at. Belongs to one thread, which closes it. Whatever finds the
 * server gone throws {@link SourceLostException}.
 */
final class XConnection implements AutoCloseable {

    private static final int ANY_TYPE = 0;
    private static final int PROPERTY_LONGS = 4096;
    private static final int EVENT_MASK = 0x800;

    private final String display;
    private final long connection;
    private final XScreen screen;
    private final Map<String, Integer> atoms = new HashMap<>();
    private boolean open = true;

    XConnection(String display) {
        this.display = display;
        try (Memory screenNumber = new Memory(Integer.BYTES)) {
            connection = Xcb.xcb_connect(display, Pointer.nativeValue(screenNumber));
            int error = Xcb.xcb_connection_has_error(connection);
            if (error != 0) {
                Xcb.xcb_disconnect(connection);
                throw new SourceLostException("cannot open display " + display + ": " + reason(error));
            }
            try {
                screen = XScreen.of(new Pointer(Xcb.xcb_get_setup(connection)), screenNumber.getInt(0), display);
            } catch (SourceLostException e) {
                Xcb.xcb_disconnect(connection);
                throw e;
            }
        }
    }

    private static String reason(int error) {
        return switch (error) {
            case 1 -> "no X server answers there, or it refuses us";
            case 2 -> "an extension is missing";
            case 3 -> "out of memory";
            case 4 -> "a request was too long";
            case 5 -> "that is not the name of a display";
            case 6 -> "the server has no such screen";
            default -> "XCB error " + error;
        };
    }

    long handle() {
        return connection;
    }

    String display() {
        return display;
    }

    XScreen screen() {
        return screen;
    }

    int fileDescriptor() {
        return Xcb.xcb_get_file_descriptor(connection);
    }

    int newId() {
        return Xcb.xcb_generate_id(connection);
    }

    void flush() {
        Xcb.xcb_flush(connection);
        checkAlive();
    }

    /** The next event, which the caller frees; empty if none has come in. */
    Optional<Pointer> nextEvent() {
        long event = Xcb.xcb_poll_for_event(connection);
        if (event == 0) {
            checkAlive();
            return Optional.empty();
        }
        return Optional.of(new Pointer(event));
    }

    /** A reply, which the caller frees; empty if the server answered with an error. */
    Optional<Pointer> reply(long reply) {
        if (reply == 0) {
            checkAlive();
            return Optional.empty();
        }
        return Optional.of(new Pointer(reply));
    }

    private void checkAlive() {
        if (Xcb.xcb_connection_has_error(connection) != 0) {
            throw new SourceLostException("the X server of display " + display + " is gone");
        }
    }

    static void free(Pointer pointer) {
        Libc.free(Pointer.nativeValue(pointer));
    }

    /** Whether the server has an extension, and where its events begin. */
    Optional<Integer> firstEventOf(NativeLibrary library, String global) {
        long data =
                Xcb.xcb_get_extension_data(connection, Pointer.nativeValue(library.getGlobalVariableAddress(global)));
        if (data == 0) {
            checkAlive();
            return Optional.empty();
        }
        Pointer extension = new Pointer(data);
        boolean present = extension.getByte(8) != 0;
        return present ? Optional.of(extension.getByte(10) & 0xFF) : Optional.empty();
    }

    /** Asks for the events of a mask. A window that is gone is no error. */
    void selectEvents(int window, int eventMask) {
        try (Memory values = new Memory(Integer.BYTES)) {
            values.setInt(0, eventMask);
            Xcb.xcb_change_window_attributes(connection, window, EVENT_MASK, Pointer.nativeValue(values));
        }
    }

    int atom(String name) {
        return atoms.computeIfAbsent(name, this::intern);
    }

    private int intern(String name) {
        int cookie = Xcb.xcb_intern_atom(connection, (byte) 0, (short) name.length(), name);
        Pointer reply = reply(Xcb.xcb_intern_atom_reply(connection, cookie, 0))
                .orElseThrow(() -> new SourceLostException(display + " does not know the atom " + name));
        try {
            return reply.getInt(8);
        } finally {
            free(reply);
        }
    }

    /** The first number of a property; empty if there is none. */
    Optional<Integer> number(int window, String property) {
        return property(window, property)
                .filter(value -> value.length >= Integer.BYTES)
                .map(value ->
                        (value[3] & 0xFF) << 24 | (value[2] & 0xFF) << 16 | (value[1] & 0xFF) << 8 | (value[0] & 0xFF));
    }

    /** The texts of a property, which end with a zero byte each. */
    List<String> texts(int window, String property) {
        return property(window, property)
                .map(value -> List.of(new String(value, StandardCharsets.UTF_8).split("\0")))
                .orElse(List.of());
    }

    private Optional<byte[]> property(int window, String property) {
        int cookie = Xcb.xcb_get_property(connection, (byte) 0, window, atom(property), ANY_TYPE, 0, PROPERTY_LONGS);
        return reply(Xcb.xcb_get_property_reply(connection, cookie, 0)).map(reply -> {
            try {
                int bytes = reply.getInt(16) * (reply.getByte(1) & 0xFF) / 8;
                return reply.getByteArray(32, bytes);
            } finally {
                free(reply);
            }
        });
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            Xcb.xcb_disconnect(connection);
        }
    }
}
