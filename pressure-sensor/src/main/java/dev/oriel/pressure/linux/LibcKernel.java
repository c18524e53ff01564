package dev.oriel.pressure.linux;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.jna.Native;
import com.sun.jna.Platform;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/** The kernel, called through the C library. */
final class LibcKernel implements Kernel {
    /*
     * Every function of Libc takes numbers and direct buffers only, but for the paths that are opened once: such a call
     * allocates nothing. A thread that waits in one does not hold up the garbage collector.
     */
    private static final int O_NOCTTY = 0x100;
    private static final int NONBLOCK = 0x800;
    private static final int CLOEXEC = 0x80000;
    private static final int AF_UNIX = 1;
    private static final int SOCK_STREAM = 1;
    private static final int MAX_SOCKET_PATH_BYTES = 107;

    /** Binds the library. */
    LibcKernel() {
        Libc.bind();
    }

    @Override
    public int open(Path file, int access) {
        return answer(Libc.open(file.toString(), access | O_NOCTTY | NONBLOCK | CLOEXEC));
    }

    @Override
    public int connect(Path socket) {
        byte[] path = socket.toString().getBytes(UTF_8);
        if (path.length > MAX_SOCKET_PATH_BYTES) {
            return -Errno.ENAMETOOLONG;
        }
        // struct sockaddr_un: a short for the family, then the path and a NUL.
        ByteBuffer address =
                ByteBuffer.allocateDirect(Short.BYTES + path.length + 1).order(ByteOrder.nativeOrder());
        address.putShort(0, (short) AF_UNIX).put(Short.BYTES, path);
        int descriptor = answer(Libc.socket(AF_UNIX, SOCK_STREAM | NONBLOCK | CLOEXEC, 0));
        if (descriptor < 0) {
            return descriptor;
        }
        int connected = answer(Libc.connect(descriptor, address, address.capacity()));
        if (connected < 0) {
            close(descriptor);
            return connected;
        }
        return descriptor;
    }

    @Override
    public int eventfd() {
        return answer(Libc.eventfd(0, NONBLOCK | CLOEXEC));
    }

    @Override
    public int write(int descriptor, ByteBuffer bytes, int count) {
        return answer(Libc.write(descriptor, bytes, count));
    }

    @Override
    public int read(int descriptor, ByteBuffer bytes) {
        return answer(Libc.read(descriptor, bytes, bytes.capacity()));
    }

    @Override
    public int readAgain(int descriptor, ByteBuffer bytes) {
        return answer(Libc.pread(descriptor, bytes, bytes.capacity(), 0));
    }

    @Override
    public int poll(ByteBuffer pollfds, int count, int timeoutMillis) {
        return answer(Libc.poll(pollfds, count, timeoutMillis));
    }

    @Override
    public void close(int descriptor) {
        // The descriptor is free whatever the answer is, and there is nothing to be done about it.
        Libc.close(descriptor);
    }

    private static int answer(long result) {
        return result < 0 ? -Native.getLastError() : (int) result;
    }

    private static final class Libc {

        static {
            Native.register(Libc.class, Platform.C_LIBRARY_NAME);
        }

        private Libc() {}

        /** Has the class initialized here and now, where somebody waits for the failure. */
        static void bind() {}

        static native int open(String file, int flags);

        static native int socket(int family, int type, int protocol);

        static native int connect(int socket, ByteBuffer address, int length);

        static native int eventfd(int initial, int flags);

        static native long write(int descriptor, ByteBuffer bytes, long count);

        static native long read(int descriptor, ByteBuffer bytes, long count);

        static native long pread(int descriptor, ByteBuffer bytes, long count, long offset);

        static native int poll(ByteBuffer pollfds, long count, int timeoutMillis);

        static native int close(int descriptor);
    }
}
