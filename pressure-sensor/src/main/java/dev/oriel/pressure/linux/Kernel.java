package dev.oriel.pressure.linux;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/**
 * The system calls that notices need. A call that failed answers its error number, negative, as the kernel itself does.
 * Buffers are direct and stand at their beginning.
 */
interface Kernel {
    int READ = 0;
    int WRITE = 1;
    int READ_AND_WRITE = 2;

    short POLLIN = 0x1;
    short POLLPRI = 0x2;
    short POLLERR = 0x8;
    short POLLHUP = 0x10;
    short POLLNVAL = 0x20;

    /* struct pollfd: an int for the descriptor, a short for what is asked, a short for what happened. */
    int POLLFD_BYTES = 8;
    int POLLFD_EVENTS = 4;
    int POLLFD_HAPPENED = 6;

    /** The kernel under this process, through the C library; one that refuses everything where that cannot be called. */
    static Kernel system() {
        try {
            return new LibcKernel();
        } catch (LinkageError missing) {
            LoggerFactory.getLogger(Kernel.class).warn("The kernel's notices are left out", missing);
            return new UnreachableKernel("the C library cannot be called: " + missing);
        }
    }

    /** Opens a file, never waiting for it or passing it on to child processes; {@code access} is one of those above. */
    int open(Path file, int access);

    /** Opens a stream socket connected to a path; reads and writes do not wait. */
    int connect(Path socket);

    /** Opens a counter that becomes readable when somebody adds to it. */
    int eventfd();

    int write(int descriptor, ByteBuffer bytes, int count);

    int read(int descriptor, ByteBuffer bytes);

    /** Reads from the beginning of a file. */
    int readAgain(int descriptor, ByteBuffer bytes);

    /** Waits until something happens to a descriptor; one that is negative is passed over. */
    int poll(ByteBuffer pollfds, int count, int timeoutMillis);

    void close(int descriptor);

    /** An error number in words. */
    default String words(int error) {
        return Errno.words(error);
    }
}
