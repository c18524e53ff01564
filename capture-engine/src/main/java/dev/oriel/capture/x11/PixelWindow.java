package dev.oriel.capture.x11;

import com.sun.jna.LastErrorException;
import com.sun.jna.Pointer;
import dev.oriel.capture.ScreenSource;
import dev.oriel.capture.SourceLostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The memory that pixels are read into: a few rows at a time, so that many displays cost little. Shared with the server
 * where MIT-SHM is there and the server is on this machine; otherwise the pixels come through the connection.
 */
final class PixelWindow implements AutoCloseable {

    private static final int WINDOW_BYTES = 512 * 1024;
    private static final byte Z_PIXMAP = 2;
    private static final int ALL_PLANES = -1;
    private static final int NOT_SHARED = 0;
    private static final Logger log = LoggerFactory.getLogger(PixelWindow.class);

    private final XConnection x;
    private final int bytes;
    private final int fd;
    private final long address;
    private final ByteBuffer pixels;
    private final int segment;
    private boolean open = true;

    PixelWindow(XConnection x, int width) {
        this.x = x;
        this.bytes = maxRows(width) * width * Integer.BYTES;
        this.fd = Libc.memfd_create("oriel-pixels", Libc.CLOEXEC);
        try {
            Libc.ftruncate(fd, bytes);
            this.address = Libc.mmap(0, bytes, Libc.PROT_READ_WRITE, Libc.MAP_SHARED, fd, 0);
        } catch (LastErrorException e) {
            Libc.close(fd);
            throw new SourceLostException(
                    "no memory for " + bytes + " bytes of pixels of " + x.display() + ": " + e.getMessage());
        }
        this.pixels = new Pointer(address).getByteBuffer(0, bytes).order(ByteOrder.nativeOrder());
        try {
            this.segment = share();
        } catch (RuntimeException e) {
            Libc.munmap(address, bytes);
            Libc.close(fd);
            throw e;
        }
    }

    static int maxRows(int width) {
        int band = width * Integer.BYTES * ScreenSource.BAND_HEIGHT;
        return Math.max(1, WINDOW_BYTES / band) * ScreenSource.BAND_HEIGHT;
    }

    private int share() {
        if (!isLocal(x.display()) || !hasSharedMemory()) {
            log.info(
                    "{} has no usable MIT-SHM, so its pixels come through the connection, which is slower",
                    x.display());
            return NOT_SHARED;
        }
        int id = x.newId();
        int cookie = XcbShm.xcb_shm_attach_fd_checked(x.handle(), id, Libc.dup(fd), (byte) 0);
        long error = Xcb.xcb_request_check(x.handle(), cookie);
        if (error != 0) {
            Libc.free(error);
            log.info(
                    "{} cannot share memory with us, so its pixels come through the connection, which is slower",
                    x.display());
            return NOT_SHARED;
        }
        return id;
    }

    private static boolean isLocal(String display) {
        return display.startsWith(":") || display.startsWith("unix:") || display.startsWith("/");
    }

    private boolean hasSharedMemory() {
        if (x.firstEventOf(XcbShm.LIBRARY, "xcb_shm_id").isEmpty()) {
            return false;
        }
        Optional<Pointer> version =
                x.reply(XcbShm.xcb_shm_query_version_reply(x.handle(), XcbShm.xcb_shm_query_version(x.handle()), 0));
        return version.map(reply -> {
                    int major = reply.getShort(8);
                    int minor = reply.getShort(10);
                    XConnection.free(reply);
                    return major > 1 || (major == 1 && minor >= 2);
                })
                .orElse(false);
    }

    /** Reads whole rows of a window; the buffer is valid until the next call. */
    ByteBuffer read(int window, int y, int width, int rows) {
        if (segment == NOT_SHARED) {
            readThroughConnection(window, y, width, rows);
        } else {
            readShared(window, y, width, rows);
        }
        return pixels;
    }

    private void readShared(int window, int y, int width, int rows) {
        int cookie = XcbShm.xcb_shm_get_image(
                x.handle(),
                window,
                (short) 0,
                (short) y,
                (short) width,
                (short) rows,
                ALL_PLANES,
                Z_PIXMAP,
                segment,
                0);
        XConnection.free(
                x.reply(XcbShm.xcb_shm_get_image_reply(x.handle(), cookie, 0)).orElseThrow(this::refused));
    }

    private void readThroughConnection(int window, int y, int width, int rows) {
        int cookie = Xcb.xcb_get_image(
                x.handle(), Z_PIXMAP, window, (short) 0, (short) y, (short) width, (short) rows, ALL_PLANES);
        Pointer reply = x.reply(Xcb.xcb_get_image_reply(x.handle(), cookie, 0)).orElseThrow(this::refused);
        try {
            int length = rows * width * Integer.BYTES;
            pixels.put(
                    0,
                    new Pointer(Xcb.xcb_get_image_data(Pointer.nativeValue(reply))).getByteBuffer(0, length),
                    0,
                    length);
        } finally {
            XConnection.free(reply);
        }
    }

    private SourceLostException refused() {
        return new SourceLostException("display " + x.display() + " refused to give pixels; did its size change?");
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            if (segment != NOT_SHARED) {
                XcbShm.xcb_shm_detach(x.handle(), segment);
                Xcb.xcb_flush(x.handle());
            }
            Libc.munmap(address, bytes);
            Libc.close(fd);
        }
    }
}
