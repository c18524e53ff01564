package dev.oriel.capture.x11;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;

/** Waits for a connection to have something to read, in a way that another thread can end. */
final class WakeUp implements AutoCloseable {

    private static final int POLLFD_BYTES = 8;

    private final int eventFd = Libc.eventfd(0, Libc.EFD_NONBLOCK_CLOEXEC);
    private final Memory descriptors = new Memory(2L * POLLFD_BYTES);
    private final Memory counter = new Memory(Long.BYTES);
    private final Memory one = new Memory(Long.BYTES);
    private boolean open = true;

    WakeUp() {
        one.setLong(0, 1);
    }

    /** From any thread. */
    synchronized void wake() {
        if (open) {
            Libc.write(eventFd, Pointer.nativeValue(one), Long.BYTES);
        }
    }

    /** Whether it was woken, before or while waiting; used by one thread. */
    boolean await(int fd, long nanos) {
        describe(0, fd);
        describe(1, eventFd);
        Libc.poll(Pointer.nativeValue(descriptors), 2, Libc.millis(nanos));
        boolean woken = descriptors.getShort(POLLFD_BYTES + 6L) != 0;
        if (woken) {
            Libc.read(eventFd, Pointer.nativeValue(counter), Long.BYTES);
        }
        return woken;
    }

    private void describe(int index, int fd) {
        long at = (long) index * POLLFD_BYTES;
        descriptors.setInt(at, fd);
        descriptors.setShort(at + 4, Libc.POLLIN);
        descriptors.setShort(at + 6, (short) 0);
    }

    /** By the thread that waits. */
    @Override
    public synchronized void close() {
        if (open) {
            open = false;
            Libc.close(eventFd);
            descriptors.close();
            counter.close();
            one.close();
        }
    }
}
