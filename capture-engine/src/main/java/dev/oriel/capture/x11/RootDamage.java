package dev.oriel.capture.x11;

import com.sun.jna.Pointer;
import dev.oriel.capture.Area;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/*
 * The damage object reports once when it turns from empty to not empty. Until it is taken the server says nothing more,
 * so a busy screen that nobody watches costs nothing. Taking moves the damage into a region and reads that; both happen
 * before the pixels are read, so a change in between makes a new report.
 */
/** What changed on the root window since it was last taken. Belongs to the thread of its connection. */
final class RootDamage implements AutoCloseable {

    private static final byte REPORT_NON_EMPTY = 3;
    private static final int NO_REGION = 0;
    private static final int RECTANGLE_BYTES = 8;

    private final XConnection x;
    private final int event;
    private final int damage;
    private final int region;

    /** Watches the root window; empty if the server has no DAMAGE or no XFIXES. */
    static Optional<RootDamage> watch(XConnection x) {
        OptionalInt event = x.firstEventOf(XcbDamage.LIBRARY, "xcb_damage_id");
        boolean hasRegions = x.firstEventOf(XcbXfixes.LIBRARY, "xcb_xfixes_id").isPresent();
        return event.isPresent() && hasRegions ? Optional.of(new RootDamage(x, event.getAsInt())) : Optional.empty();
    }

    private RootDamage(XConnection x, int event) {
        this.x = x;
        this.event = event;
        long c = x.handle();
        x.reply(XcbDamage.xcb_damage_query_version(c, 1, 1)).ifPresent(XConnection::free);
        x.reply(XcbXfixes.xcb_xfixes_query_version(c, 2, 0)).ifPresent(XConnection::free);
        this.damage = x.newId();
        this.region = x.newId();
        XcbXfixes.xcb_xfixes_create_region(c, region, 0, 0);
        XcbDamage.xcb_damage_create(c, damage, x.screen().root(), REPORT_NON_EMPTY);
        x.flush();
    }

    boolean isReport(int eventType) {
        return eventType == event;
    }

    void take(Consumer<Area> areas) {
        XcbDamage.xcb_damage_subtract(x.handle(), damage, NO_REGION, region);
        x.reply(XcbXfixes.xcb_xfixes_fetch_region(x.handle(), region)).ifPresent(reply -> {
            try {
                tell(reply, areas);
            } finally {
                XConnection.free(reply);
            }
        });
    }

    private static void tell(Pointer reply, Consumer<Area> areas) {
        long address = Pointer.nativeValue(reply);
        int rectangles = XcbXfixes.xcb_xfixes_fetch_region_rectangles_length(address);
        if (rectangles == 0) {
            return;
        }
        Pointer first = new Pointer(XcbXfixes.xcb_xfixes_fetch_region_rectangles(address));
        for (int index = 0; index < rectangles; index++) {
            long at = (long) index * RECTANGLE_BYTES;
            areas.accept(new Area(
                    first.getShort(at),
                    first.getShort(at + 2),
                    first.getShort(at + 4) & 0xFFFF,
                    first.getShort(at + 6) & 0xFFFF));
        }
    }

    @Override
    public void close() {
        XcbDamage.xcb_damage_destroy(x.handle(), damage);
        XcbXfixes.xcb_xfixes_destroy_region(x.handle(), region);
    }
}
