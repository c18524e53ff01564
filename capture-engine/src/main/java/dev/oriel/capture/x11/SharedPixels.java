package dev.oriel.capture.x11;

import com.sun.jna.Pointer;
import dev.oriel.capture.Area;
import java.util.Optional;

/** MIT-SHM: the server writes the pixels into memory that we share with it. */
final class SharedPixels implements PixelReader {

    private static final byte Z_PIXMAP = 2;
    private static final int ALL_PLANES = -1;

    private final XConnection x;
    private final int segment;

    private SharedPixels(XConnection x, int segment) {
        this.x = x;
        this.segment = segment;
    }

    /** Shares the memory; empty if the server has no MIT-SHM 1.2 or is on another machine. */
    static Optional<PixelReader> share(XConnection x, PixelMemory memory) {
        if (!isLocal(x.display()) || !canShareMemory(x)) {
            return Optional.empty();
        }
        int segment = x.newId();
        int cookie = XcbShm.xcb_shm_attach_fd_checked(x.handle(), segment, memory.duplicateDescriptor(), (byte) 0);
        return x.succeeds(cookie) ? Optional.of(new SharedPixels(x, segment)) : Optional.empty();
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
    public boolean read(Area area) {
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
                0);
        Optional<Pointer> reply = x.reply(cookie);
        reply.ifPresent(XConnection::free);
        return reply.isPresent();
    }

    @Override
    public void close() {
        XcbShm.xcb_shm_detach(x.handle(), segment);
        Xcb.xcb_flush(x.handle());
    }
}
