package dev.oriel.capture.x11;

import com.sun.jna.LastErrorException;
import com.sun.jna.Pointer;
import dev.oriel.capture.ScreenSource;
import dev.oriel.capture.SourceLostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The memory that pixels are read into, a few bands at a time, so that many displays cost little. It has two halves, so
 * that one can be filled while the other is worked on, and can be shared.
 */
final class PixelMemory implements AutoCloseable {

    private static final int USUAL_HALF_BYTES = 384 * 1024;

    private final int halfBytes;
    private final int bytes;
    private final int fd;
    private final long address;
    private final ByteBuffer[] halves;
    private boolean open = true;

    /**
     * Has room for at least one band of a display in each half.
     *
     * @param width of the display in pixels
     */
    PixelMemory(int width) {
        this.halfBytes = Math.max(USUAL_HALF_BYTES, bandBytes(width));
        this.bytes = 2 * halfBytes;
        this.fd = Libc.memfd_create("oriel-pixels", Libc.CLOEXEC);
        try {
            Libc.ftruncate(fd, bytes);
            this.address = Libc.mmap(0, bytes, Libc.PROT_READ_WRITE, Libc.MAP_SHARED, fd, 0);
        } catch (LastErrorException e) {
            Libc.close(fd);
            throw new SourceLostException("no memory for " + bytes + " bytes of pixels: " + e.getMessage());
        }
        this.halves = new ByteBuffer[] {viewOfHalf(0), viewOfHalf(1)};
    }

    /** How many rows of so many pixels have room in one half. */
    static int maxRows(int width) {
        return Math.max(1, USUAL_HALF_BYTES / bandBytes(width)) * ScreenSource.BAND_HEIGHT;
    }

    private static int bandBytes(int width) {
        return Math.max(1, width) * Integer.BYTES * ScreenSource.BAND_HEIGHT;
    }

    private ByteBuffer viewOfHalf(int half) {
        return new Pointer(address + offsetOf(half)).getByteBuffer(0, halfBytes).order(ByteOrder.nativeOrder());
    }

    /** One half, 0 or 1. */
    ByteBuffer half(int half) {
        return halves[half];
    }

    /** Where a half begins, in bytes. */
    int offsetOf(int half) {
        return half * halfBytes;
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
