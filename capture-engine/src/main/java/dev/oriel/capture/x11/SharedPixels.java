package dev.oriel.capture.x11;

import com.sun.jna.Pointer;
import dev.oriel.capture.Area;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** MIT-SHM: the server writes the pixels into memory that we share with it, one half while we work on the other. */
final class SharedPixels implements PixelReader {

    private static final byte Z_PIXMAP = 2;
    private static final int ALL_PLANES = -1;

    private final XConnection x;
    private final PixelMemory memory;
    private final int segment;
    private @Nullable Asked expected;
    private int half;

    /** An image that the server was asked for. */
    private record Asked(Area area, int cookie, int half) {}

    private SharedPixels(XConnection x, PixelMemory memory, int segment) {
        this.x = x;
        this.memory = memory;
        this.segment = segment;
    }

    /** Shares the memory; empty if the server has no MIT-SHM 1.2 or is on another machine. */
    static Optional<PixelReader> share(XConnection x, PixelMemory memory) {
        if (!isLocal(x.display()) || !canShareMemory(x)) {
            return Optional.empty();
        }
        int segment = x.newId();
        int cookie = XcbShm.xcb_shm_attach_fd_checked(x.handle(), segment, memory.duplicateDescriptor(), (byte) 0);
        return x.succeeds(cookie) ? Optional.of(new SharedPixels(x, memory, segment)) : Optional.empty();
    }

    private static boolean isLocal(String display) {
        return display.startsWith(":") || display.startsWith("unix:") || display.startsWith("/");
    }

    private static boolean canShareMemory(XConnection x) {
        if (x.firstEventOf(XcbShm.LIBRARY, "xcb_shm_id").isEmpty()) {
            return false;
        }
        Optional<Pointer> version = x.reply(XcbShm.xcb_shm_query_version(x.handle()));
        return version.map(reply -> {
                    int major = reply.getShort(8);
                    int minor = reply.getShort(10);
                    XConnection.free(reply);
                    return major > 1 || (major == 1 && minor >= 2);
                })
                .orElse(false);
    }

    @Override
    public Optional<ByteBuffer> read(Area area) {
        Asked asked = expected != null && expected.area().equals(area) ? expected : askAnew(area);
        expected = null;
        Optional<Pointer> reply = x.reply(asked.cookie());
        reply.ifPresent(XConnection::free);
        return reply.map(ignored -> memory.half(asked.half()));
    }

    private Asked askAnew(Area area) {
        expectNothing();
        return ask(area);
    }

    @Override
    public void expect(Area area) {
        expectNothing();
        expected = ask(area);
        x.flush();
    }

    @Override
    public void expectNothing() {
        if (expected != null) {
            x.reply(expected.cookie()).ifPresent(XConnection::free);
            expected = null;
        }
    }

    private Asked ask(Area area) {
        half = 1 - half;
        int cookie = XcbShm.xcb_shm_get_image(
                x.handle(),
                x.screen().root(),
                (short) area.x(),
                (short) area.y(),
                (short) area.width(),
                (short) area.height(),
                ALL_PLANES,
                Z_PIXMAP,
                segment,
                memory.offsetOf(half));
        return new Asked(area, cookie, half);
    }

    @Override
    public void close() {
        XcbShm.xcb_shm_detach(x.handle(), segment);
        Xcb.xcb_flush(x.handle());
    }
}
