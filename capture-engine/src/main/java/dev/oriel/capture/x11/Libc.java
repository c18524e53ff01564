package dev.oriel.capture.x11;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;

/** The functions of libc that we call. */
final class Libc {

    static final int PROT_READ_WRITE = 3;
    static final int MAP_SHARED = 1;
    static final int CLOEXEC = 1;
    static final int EFD_NONBLOCK_CLOEXEC = 0x80800;
    static final int SOL_SOCKET = 1;
    static final int SO_PEERCRED = 17;
    static final short POLLIN = 1;
    static final long MAP_FAILED = -1;

    static {
        Native.register(Libc.class, NativeLibrary.getInstance("libc.so.6"));
    }

    private Libc() {}

    /** A time to wait as poll takes it: rounded up, and never negative, which would mean for ever. */
    static int millis(long nanos) {
        return (int) Math.min(Integer.MAX_VALUE, Math.max(0, (nanos + 999_999) / 1_000_000));
    }

    static native void free(long pointer);

    static native int memfd_create(String name, int flags) throws LastErrorException;

    static native int ftruncate(int fd, long length) throws LastErrorException;

    static native long mmap(long address, long length, int protection, int flags, int fd, long offset)
            throws LastErrorException;

    static native int munmap(long address, long length);

    static native int getsockopt(int socket, int level, int option, long value, long length);

    static native int dup(int fd) throws LastErrorException;

    static native int close(int fd);

    static native int eventfd(int initial, int flags) throws LastErrorException;

    static native long read(int fd, long buffer, long count);

    static native long write(int fd, long buffer, long count);

    static native int poll(long descriptors, long count, int timeoutMillis);
}
