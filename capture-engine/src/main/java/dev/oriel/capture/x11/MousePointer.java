package dev.oriel.capture.x11;

import com.sun.jna.Pointer;
import dev.oriel.capture.Area;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Where the pointer is and what it looks like; the server keeps it out of the pixels. Belongs to the thread of its connection. */
final class MousePointer {

    private static final int CURSOR_NOTIFY = 1;
    private static final int DISPLAY_CURSOR = 1;
    private static final int OPAQUE = 0xFF;

    private final XConnection x;
    private final int firstEvent;
    private Sight sight = new Sight(0, 0, Shape.NOTHING);
    private boolean shapeChanged = true;

    /** The image of the pointer: 0xAARRGGBB, the colours multiplied by alpha already. */
    private record Shape(int width, int height, int hotX, int hotY, int[] colors) {
        static final Shape NOTHING = new Shape(0, 0, 0, 0, new int[0]);
    }

    /** The pointer at a place of the root window. */
    private record Sight(int x, int y, Shape shape) {
        Area area() {
            return new Area(x - shape.hotX(), y - shape.hotY(), shape.width(), shape.height());
        }
    }

    /** Watches the pointer; empty if the server does not show it to others. */
    static Optional<MousePointer> watch(XConnection x) {
        OptionalInt firstEvent = x.firstEventOf(XcbXfixes.LIBRARY, "xcb_xfixes_id");
        return firstEvent.isPresent() ? Optional.of(new MousePointer(x, firstEvent.getAsInt())) : Optional.empty();
    }

    private MousePointer(XConnection x, int firstEvent) {
        this.x = x;
        this.firstEvent = firstEvent;
        x.reply(XcbXfixes.xcb_xfixes_query_version(x.handle(), 2, 0)).ifPresent(XConnection::free);
        XcbXfixes.xcb_xfixes_select_cursor_input(x.handle(), x.screen().root(), DISPLAY_CURSOR);
    }

    void takeIn(int eventType) {
        shapeChanged |= eventType == firstEvent + CURSOR_NOTIFY;
    }

    /* A server may refuse an image, as Xvfb does those of an animated pointer at times; then the last one stays. */
    /** Looks where the pointer is now; the areas of the root window that look different from before. */
    List<Area> look() {
        Sight before = sight;
        Optional<Pointer> image =
                shapeChanged ? x.reply(XcbXfixes.xcb_xfixes_get_cursor_image(x.handle())) : Optional.empty();
        if (image.isPresent()) {
            shapeChanged = false;
            sight = sightIn(image.get());
        } else {
            x.reply(Xcb.xcb_query_pointer(x.handle(), x.screen().root())).ifPresent(reply -> {
                sight = new Sight(reply.getShort(16), reply.getShort(18), before.shape());
                XConnection.free(reply);
            });
        }
        return sight.equals(before) ? List.of() : List.of(before.area(), sight.area());
    }

    private static Sight sightIn(Pointer reply) {
        int width = reply.getShort(12) & 0xFFFF;
        int height = reply.getShort(14) & 0xFFFF;
        int[] colors = reply.getIntArray(32, width * height);
        Shape shape = new Shape(width, height, reply.getShort(16) & 0xFFFF, reply.getShort(18) & 0xFFFF, colors);
        Sight seen = new Sight(reply.getShort(8), reply.getShort(10), shape);
        XConnection.free(reply);
        return seen;
    }

    /** Draws the pointer, as of the last look, into rows of the root window. */
    void draw(ByteBuffer pixels, Area rows) {
        Area all = sight.area();
        Area hit = all.intersection(rows);
        for (int row = hit.y(); row < hit.y() + hit.height(); row++) {
            for (int column = hit.x(); column < hit.x() + hit.width(); column++) {
                int color = sight.shape().colors()[(row - all.y()) * all.width() + column - all.x()];
                blend(pixels, ((row - rows.y()) * rows.width() + column - rows.x()) * Integer.BYTES, color);
            }
        }
    }

    private static void blend(ByteBuffer pixels, int at, int color) {
        int through = OPAQUE - (color >>> 24);
        for (int channel = 0; channel < 3; channel++) {
            int below = pixels.get(at + channel) & 0xFF;
            int above = color >> (8 * channel) & 0xFF;
            pixels.put(at + channel, (byte) Math.min(0xFF, above + (below * through + OPAQUE / 2) / OPAQUE));
        }
    }
}
