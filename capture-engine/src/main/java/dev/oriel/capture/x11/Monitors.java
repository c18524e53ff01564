package dev.oriel.capture.x11;

import com.sun.jna.Pointer;
import dev.oriel.capture.Area;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The monitors of a display as RANDR 1.5 tells them. Belongs to the thread of its connection. */
final class Monitors {

    /**
     * One monitor.
     *
     * @param name of its connector, for example {@code HDMI-1}; the same after it was unplugged and plugged in
     */
    record Monitor(String name, Area area, boolean primary) {}

    private static final short ALL_CHANGES = 7;
    private static final int EVENTS = 2;
    private static final int HEADER_BYTES = 32;
    private static final int MONITOR_BYTES = 24;

    private final XConnection x;
    private final int firstEvent;

    /** Watches the monitors; empty if the server has no RANDR 1.5. */
    static Optional<Monitors> watch(XConnection x) {
        OptionalInt firstEvent = x.firstEventOf(XcbRandr.LIBRARY, "xcb_randr_id");
        return firstEvent.isPresent() && isRecent(x)
                ? Optional.of(new Monitors(x, firstEvent.getAsInt()))
                : Optional.empty();
    }

    private static boolean isRecent(XConnection x) {
        return x.reply(XcbRandr.xcb_randr_query_version(x.handle(), 1, 5))
                .map(reply -> {
                    int major = reply.getInt(8);
                    int minor = reply.getInt(12);
                    XConnection.free(reply);
                    return major > 1 || (major == 1 && minor >= 5);
                })
                .orElse(false);
    }

    private Monitors(XConnection x, int firstEvent) {
        this.x = x;
        this.firstEvent = firstEvent;
        XcbRandr.xcb_randr_select_input(x.handle(), x.screen().root(), ALL_CHANGES);
    }

    boolean isChange(int eventType) {
        return eventType >= firstEvent && eventType < firstEvent + EVENTS;
    }

    /** The monitors that show something, in the order in which the server names them. */
    List<Monitor> read() {
        List<Monitor> monitors = new ArrayList<>();
        x.reply(XcbRandr.xcb_randr_get_monitors(x.handle(), x.screen().root(), (byte) 1))
                .ifPresent(reply -> {
                    try {
                        read(reply, monitors);
                    } finally {
                        XConnection.free(reply);
                    }
                });
        return monitors;
    }

    private void read(Pointer reply, List<Monitor> monitors) {
        long at = HEADER_BYTES;
        for (int index = 0; index < reply.getInt(12); index++) {
            Area area = new Area(
                    reply.getShort(at + 8),
                    reply.getShort(at + 10),
                    reply.getShort(at + 12) & 0xFFFF,
                    reply.getShort(at + 14) & 0xFFFF);
            if (!area.isEmpty()) {
                monitors.add(new Monitor(x.atomName(reply.getInt(at)), area, reply.getByte(at + 4) != 0));
            }
            at += MONITOR_BYTES + (long) Integer.BYTES * (reply.getShort(at + 6) & 0xFFFF);
        }
    }
}
