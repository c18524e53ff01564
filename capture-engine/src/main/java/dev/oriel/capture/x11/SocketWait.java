package dev.oriel.capture.x11;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;

/** Waits until a socket has something to read. Belongs to one thread. */
final class SocketWait implements AutoCloseable {

    private static final int POLLFD_BYTES = 8;

    private final Memory descriptor = new Memory(POLLFD_BYTES);

    void await(int fd, long nanos) {
        descriptor.setInt(0, fd);
        descriptor.setShort(4, Libc.POLLIN);
        descriptor.setShort(6, (short) 0);
        Libc.poll(Pointer.nativeValue(descriptor), 1, Libc.millis(nanos));
    }

    @Override
    public void close() {
        descriptor.close();
    }
}
