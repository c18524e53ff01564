package dev.oriel.capture.x11;

import com.sun.jna.Pointer;
import dev.oriel.capture.ScreenSource;
import java.util.BitSet;
import java.util.Optional;

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
        Optional<Integer> event = x.firstEventOf(XcbDamage.LIBRARY, "xcb_damage_id");
        boolean hasRegions = x.firstEventOf(XcbXfixes.LIBRARY, "xcb_xfixes_id").isPresent();
        return event.filter(ignored -> hasRegions).map(first -> new RootDamage(x, first));
    }

    private RootDamage(XConnection x, int event) {
        this.x = x;
        this.event = event;
        long c = x.handle();
        x.reply(XcbDamage.xcb_damage_query_version_reply(c, XcbDamage.xcb_damage_query_version(c, 1, 1), 0))
                .ifPresent(XConnection::free);
        x.reply(XcbXfixes.xcb_xfixes_query_version_reply(c, XcbXfixes.xcb_xfixes_query_version(c, 2, 0), 0))
                .ifPresent(XConnection::free);
        this.damage = x.newId();
        this.region = x.newId();
        XcbXfixes.xcb_xfixes_create_region(c, region, 0, 0);
        XcbDamage.xcb_damage_create(c, damage, x.screen().root(), REPORT_NON_EMPTY);
        x.flush();
    }

    boolean isReport(int eventType) {
        return eventType == event;
    }

    void take(BitSet bands, int height) {
        XcbDamage.xcb_damage_subtract(x.handle(), damage, NO_REGION, region);
        int cookie = XcbXfixes.xcb_xfixes_fetch_region(x.handle(), region);
        x.reply(XcbXfixes.xcb_xfixes_fetch_region_reply(x.handle(), cookie, 0)).ifPresent(reply -> {
            try {
                addBands(reply, bands, height);
            } finally {
                XConnection.free(reply);
            }
        });
    }

    private static void addBands(Pointer reply, BitSet bands, int height) {
        long address = Pointer.nativeValue(reply);
        int rectangles = XcbXfixes.xcb_xfixes_fetch_region_rectangles_length(address);
        if (rectangles == 0) {
            return;
        }
        Pointer first = new Pointer(XcbXfixes.xcb_xfixes_fetch_region_rectangles(address));
        for (int index = 0; index < rectangles; index++) {
            int y = first.getShort((long) index * RECTANGLE_BYTES + 2);
            int rows = first.getShort((long) index * RECTANGLE_BYTES + 6) & 0xFFFF;
            int top = Math.max(0, y);
            int end = Math.min(height, y + rows);
            if (top < end) {
                bands.set(top / ScreenSource.BAND_HEIGHT, (end - 1) / ScreenSource.BAND_HEIGHT + 1);
            }
        }
    }

    @Override
    public void close() {
        XcbDamage.xcb_damage_destroy(x.handle(), damage);
        XcbXfixes.xcb_xfixes_destroy_region(x.handle(), region);
    }
}
