package dev.oriel.capture.x11;

import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import dev.oriel.capture.Area;
import dev.oriel.capture.SourceLostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.LongSupplier;

/*
 * XCB's own reply functions wait for ever, also for a server that was stopped. So replies are waited for here: poll the
 * socket for a bounded time, let XCB take in what came, ask it for the reply. Events that come meanwhile are kept, some
 * here and some, later ones, by XCB, which takes in what came when it is asked for a reply too.
 */
/**
 * A connection to an X server and the screen it points at. Belongs to one thread, which closes it. Whatever finds the
 * server gone, or silent for too long, throws {@link SourceLostException}.
 */
final class XConnection implements AutoCloseable {

    /** How long an answer may take; a server that needs longer counts as gone until it is back. */
    static final Duration LONGEST_ANSWER = Duration.ofMillis(400);

    private static final int ANY_TYPE = 0;
    private static final int PROPERTY_LONGS = 4096;
    private static final int EVENT_MASK = 0x800;
    private static final int STRUCTURE_NOTIFY = 0x20000;
    private static final int PROPERTY_CHANGE = 0x400000;

    private final String display;
    private final LongSupplier nanoTime;
    private final long connection;
    private final XScreen screen;
    private final int screenNumber;
    private final int clientBits;
    private final Map<String, Integer> atoms = new HashMap<>();
    private final Deque<Pointer> events = new ArrayDeque<>();
    private final SocketWait socket;
    private final Memory results;
    private boolean open = true;

    /**
     * Connects.
     *
     * @param answer what the server said to a greeting
     */
    XConnection(String display, XServerAnswer answer, LongSupplier nanoTime) {
        this.display = display;
        this.nanoTime = nanoTime;
        if (answer == XServerAnswer.SILENT) {
            throw silent();
        }
        try (Memory number = new Memory(Integer.BYTES)) {
            connection = Xcb.xcb_connect(display, Pointer.nativeValue(number));
            int error = Xcb.xcb_connection_has_error(connection);
            if (error != 0) {
                Xcb.xcb_disconnect(connection);
                throw cannotOpen(error, answer);
            }
            try {
                screenNumber = number.getInt(0);
                Pointer setup = new Pointer(Xcb.xcb_get_setup(connection));
                screen = XScreen.of(setup, screenNumber, display);
                clientBits = ~setup.getInt(16);
            } catch (SourceLostException e) {
                Xcb.xcb_disconnect(connection);
                throw e;
            }
        }
        socket = new SocketWait();
        results = new Memory(2L * Long.BYTES);
    }

    private SourceLostException cannotOpen(int error, XServerAnswer answer) {
        if (error == 1 && answer == XServerAnswer.WANTS_AUTHORIZATION) {
            return denied(display);
        }
        return new SourceLostException("cannot open display " + display + ": "
                + switch (error) {
                    case 1 -> "no X server answers there, or it takes no more clients";
                    case 2 -> "an extension is missing";
                    case 3 -> "out of memory";
                    case 4 -> "a request was too long";
                    case 5 -> "that is not the name of a display";
                    case 6 -> "the server has no such screen";
                    default -> "XCB error " + error;
                });
    }

    static SourceLostException denied(String display) {
        return SourceLostException.denied(
                "cannot open display " + display + ": its X server refuses us; is XAUTHORITY right?");
    }

    private SourceLostException silent() {
        return new SourceLostException("the X server of display " + display + " does not answer");
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

    /** Which of the screens of the server it is, from 0. */
    int screenNumber() {
        return screenNumber;
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

    /** Asks the server for nothing but an answer. */
    void requireAnswer() {
        reply(Xcb.xcb_get_input_focus(connection)).ifPresent(XConnection::free);
    }

    /** Takes in what has come; the next event, which the caller frees, or empty. */
    Optional<Pointer> nextEvent() {
        if (events.isEmpty()) {
            takeInEvents();
        }
        return Optional.ofNullable(events.poll());
    }

    /** The next of the events that came before the last reply, which the caller frees, or empty. */
    Optional<Pointer> nextEventTakenIn() {
        Pointer event = events.poll();
        if (event != null) {
            return Optional.of(event);
        }
        long queued = Xcb.xcb_poll_for_queued_event(connection);
        return queued == 0 ? Optional.empty() : Optional.of(new Pointer(queued));
    }

    private void takeInEvents() {
        for (long event = Xcb.xcb_poll_for_event(connection); event != 0; ) {
            events.add(new Pointer(event));
            event = Xcb.xcb_poll_for_event(connection);
        }
        checkAlive();
    }

    /** A reply, which the caller frees; empty if the server answered with an error. */
    Optional<Pointer> reply(int cookie) {
        Xcb.xcb_flush(connection);
        long reply = Pointer.nativeValue(results);
        long error = reply + Long.BYTES;
        long asked = nanoTime.getAsLong();
        while (Xcb.xcb_poll_for_reply(connection, cookie, reply, error) == 0) {
            long left = LONGEST_ANSWER.toNanos() - (nanoTime.getAsLong() - asked);
            if (left <= 0) {
                throw silent();
            }
            socket.await(fileDescriptor(), left);
            takeInEvents();
        }
        if (results.getLong(0) == 0) {
            checkAlive();
        }
        Libc.free(results.getLong(Long.BYTES));
        results.setLong(Long.BYTES, 0);
        return results.getLong(0) == 0 ? Optional.empty() : Optional.of(new Pointer(results.getLong(0)));
    }

    /** Whether the server did what a checked request asked. */
    boolean succeeds(int cookie) {
        requireAnswer();
        long error = Xcb.xcb_request_check(connection, cookie);
        Libc.free(error);
        return error == 0;
    }

    private void checkAlive() {
        if (Xcb.xcb_connection_has_error(connection) != 0) {
            throw new SourceLostException("the X server of display " + display + " is gone");
        }
    }

    static void free(Pointer pointer) {
        Libc.free(Pointer.nativeValue(pointer));
    }

    /** Where the events of an extension begin; empty if the server does not have it. */
    OptionalInt firstEventOf(NativeLibrary library, String global) {
        long extension = Pointer.nativeValue(library.getGlobalVariableAddress(global));
        Xcb.xcb_prefetch_extension_data(connection, extension);
        requireAnswer();
        long data = Xcb.xcb_get_extension_data(connection, extension);
        if (data == 0) {
            checkAlive();
            return OptionalInt.empty();
        }
        Pointer found = new Pointer(data);
        boolean present = found.getByte(8) != 0;
        return present ? OptionalInt.of(found.getByte(10) & 0xFF) : OptionalInt.empty();
    }

    /** The size of a window, at 0, 0; empty if there is no such window. */
    Optional<Area> sizeOf(int window) {
        return size(Xcb.xcb_get_geometry(connection, window));
    }

    /** The size of a window whose geometry was asked for, at 0, 0; empty if there is no such window. */
    Optional<Area> size(int cookie) {
        return reply(cookie).map(reply -> {
            Area size = new Area(0, 0, reply.getShort(16) & 0xFFFF, reply.getShort(18) & 0xFFFF);
            free(reply);
            return size;
        });
    }

    /** Asks for the events of a mask. A window that is gone is no error. */
    void selectEvents(int window, int eventMask) {
        try (Memory values = new Memory(Integer.BYTES)) {
            values.setInt(0, eventMask);
            Xcb.xcb_change_window_attributes(connection, window, EVENT_MASK, Pointer.nativeValue(values));
        }
    }

    /**
     * Asks for what happens to a window and to its properties; not for the root window. Everybody asks for the same,
     * since a later wish takes the place of an earlier one.
     */
    void watch(int window) {
        selectEvents(window, STRUCTURE_NOTIFY | PROPERTY_CHANGE);
    }

    /** Whether one program made both windows. */
    boolean haveOneOwner(int window, int other) {
        return (window & clientBits) == (other & clientBits);
    }

    /** Asks for the children of a window, for {@link #children}. */
    int askForChildren(int window) {
        return Xcb.xcb_query_tree(connection, window);
    }

    /** The children of a window, the lowest first; none if it is gone. */
    List<Integer> children(int cookie) {
        return reply(cookie)
                .map(reply -> {
                    try {
                        int count = reply.getShort(16) & 0xFFFF;
                        List<Integer> children = new ArrayList<>(count);
                        for (int child : reply.getIntArray(32, count)) {
                            children.add(child);
                        }
                        return children;
                    } finally {
                        free(reply);
                    }
                })
                .orElse(List.of());
    }

    int atom(String name) {
        return atoms.computeIfAbsent(name, this::intern);
    }

    private int intern(String name) {
        int cookie = Xcb.xcb_intern_atom(connection, (byte) 0, (short) name.length(), name);
        Pointer reply =
                reply(cookie).orElseThrow(() -> new SourceLostException(display + " does not know the atom " + name));
        try {
            return reply.getInt(8);
        } finally {
            free(reply);
        }
    }

    /** The text that an atom stands for; empty if there is no such atom. */
    String atomName(int atom) {
        return reply(Xcb.xcb_get_atom_name(connection, atom))
                .map(reply -> {
                    try {
                        byte[] name = reply.getByteArray(32, reply.getShort(8) & 0xFFFF);
                        return new String(name, StandardCharsets.UTF_8);
                    } finally {
                        free(reply);
                    }
                })
                .orElse("");
    }

    /** The first number of a property; empty if there is none. */
    OptionalInt number(int window, String property) {
        int[] numbers = numbers(window, property);
        return numbers.length == 0 ? OptionalInt.empty() : OptionalInt.of(numbers[0]);
    }

    /** The numbers of a property of 32 bits each; none if there is no such property. */
    int[] numbers(int window, String property) {
        return numbers(ask(window, property));
    }

    /** The texts of a property, which end with a zero byte each; none if there is no such property. */
    List<String> texts(int window, String property) {
        byte[] value = property(ask(window, property));
        return value.length == 0 ? List.of() : List.of(new String(value, StandardCharsets.UTF_8).split("\0"));
    }

    /** Asks for a property. Many can be asked for before the first is read, which then costs one wait. */
    int ask(int window, String property) {
        return Xcb.xcb_get_property(connection, (byte) 0, window, atom(property), ANY_TYPE, 0, PROPERTY_LONGS);
    }

    /** The numbers of 32 bits of a property that was asked for; none if there is no such property. */
    int[] numbers(int cookie) {
        byte[] value = property(cookie);
        int[] numbers = new int[value.length / Integer.BYTES];
        ByteBuffer.wrap(value).order(ByteOrder.nativeOrder()).asIntBuffer().get(numbers);
        return numbers;
    }

    /**
     * The text of a property that was asked for, zero bytes and all; empty if there is no such property. Many programs
     * write UTF-8 where it should be Latin-1, so what can be UTF-8 is taken to be.
     */
    String text(int cookie) {
        ByteBuffer value = ByteBuffer.wrap(property(cookie));
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(value.duplicate()).toString();
        } catch (CharacterCodingException e) {
            return StandardCharsets.ISO_8859_1.decode(value).toString();
        }
    }

    private byte[] property(int cookie) {
        return reply(cookie)
                .map(reply -> {
                    try {
                        int bytes = reply.getInt(16) * (reply.getByte(1) & 0xFF) / 8;
                        return reply.getByteArray(32, bytes);
                    } finally {
                        free(reply);
                    }
                })
                .orElse(new byte[0]);
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            events.forEach(XConnection::free);
            Xcb.xcb_disconnect(connection);
            socket.close();
            results.close();
        }
    }
}
