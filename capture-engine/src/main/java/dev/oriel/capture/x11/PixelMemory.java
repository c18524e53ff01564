package dev.oriel.capture.x11;

import com.sun.jna.LastErrorException;
import com.sun.jna.Pointer;
import dev.oriel.capture.ScreenSource;
import dev.oriel.capture.SourceLostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The memory that pixels are read into, a few bands at a time, so that many displays cost little. Can be shared. */
final class PixelMemory implements AutoCloseable {

    private static final int USUAL_BYTES = 512 * 1024;

    private final int bytes;
    private final int fd;
    private final long address;
    private final ByteBuffer pixels;
    private boolean open = true;

    /**
     * Has room for at least one band of a display.
     *
     * @param width of the display in pixels
     */
    PixelMemory(int width) {
        this.bytes = Math.max(USUAL_BYTES, bandBytes(width));
        this.fd = Libc.memfd_create("oriel-pixels", Libc.CLOEXEC);
        try {
            Libc.ftruncate(fd, bytes);
            this.address = Libc.mmap(0, bytes, Libc.PROT_READ_WRITE, Libc.MAP_SHARED, fd, 0);
        } catch (LastErrorException e) {
            Libc.close(fd);
            throw new SourceLostException("no memory for " + bytes + " bytes of pixels: " + e.getMessage());
        }
        this.pixels = new Pointer(address).getByteBuffer(0, bytes).order(ByteOrder.nativeOrder());
    }

    /** How many rows of so many pixels have room. */
    static int maxRows(int width) {
        return Math.max(1, USUAL_BYTES / bandBytes(width)) * ScreenSource.BAND_HEIGHT;
    }

    private static int bandBytes(int width) {
        return Math.max(1, width) * Integer.BYTES * ScreenSource.BAND_HEIGHT;
    }

    ByteBuffer pixels() {
        return pixels;
    }

    /** Another descriptor of the same memory, which belongs to the caller. */
    int duplicateDescriptor() {
        return Libc.dup(fd);
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            Libc.munmap(address, bytes);
            Libc.close(fd);
        }
    }
}
