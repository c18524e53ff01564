package dev.oriel.pressure.linux;

import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Stands in where no system call can be made: refuses each, for one reason. */
record UnreachableKernel(String reason) implements Kernel {

    @Override
    public int open(Path file, int access) {
        return -Errno.ENOSYS;
    }

    @Override
    public int connect(Path socket) {
        return -Errno.ENOSYS;
    }

    @Override
    public int eventfd() {
        return -Errno.ENOSYS;
    }

    @Override
    public int write(int descriptor, ByteBuffer bytes, int count) {
        return -Errno.ENOSYS;
    }

    @Override
    public int read(int descriptor, ByteBuffer bytes) {
        return -Errno.ENOSYS;
    }

    @Override
    public int readAgain(int descriptor, ByteBuffer bytes) {
        return -Errno.ENOSYS;
    }

    @Override
    public int poll(ByteBuffer pollfds, int count, int timeoutMillis) {
        return -Errno.ENOSYS;
    }

    @Override
    public void close(int descriptor) {
        throw new IllegalStateException("nothing was opened, yet to be closed is " + descriptor);
    }

    @Override
    public String words(int error) {
        return reason;
    }
}
