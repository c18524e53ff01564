package dev.oriel.pressure.linux;

import dev.oriel.pressure.PressureWatch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Listens where a service manager tells of pressure, in each of the three ways that it may have chosen. */
final class ServiceManagerNotice {
    private static final String SCOPE = "service manager";
    private static final Set<String> KERNEL_FILE_SYSTEMS = Set.of("proc", "cgroup", "cgroup2");
    /* S_IFMT and what it may hold. */
    private static final int TYPE_OF_FILE = 0xF000;
    private static final int FIFO = 0x1000;
    private static final int REGULAR = 0x8000;
    private static final int SOCKET = 0xC000;

    private final Kernel kernel;
    private final ByteBuffer scratch;

    ServiceManagerNotice(Kernel kernel, ByteBuffer scratch) {
        this.kernel = kernel;
        this.scratch = scratch;
    }

    Notice arm(PressureWatch watch) throws RefusedException {
        Path path = watch.path();
        try {
            int mode = (int) Files.getAttribute(path, "unix:mode");
            return switch (mode & TYPE_OF_FILE) {
                case REGULAR -> stallTrigger(watch);
                case FIFO -> greeted(openFifo(path), "FIFO", watch);
                case SOCKET ->
                    greeted(Arming.granted(kernel, kernel.connect(path), SCOPE + ": " + path), "socket", watch);
                default ->
                    throw new RefusedException(
                            SCOPE + ": " + path + " is neither a file of the kernel nor a FIFO or a socket");
            };
        } catch (IOException unreadable) {
            throw new RefusedException(SCOPE + ": " + unreadable);
        }
    }

    private Notice stallTrigger(PressureWatch watch) throws IOException, RefusedException {
        String type = Files.getFileStore(watch.path()).type();
        if (!KERNEL_FILE_SYSTEMS.contains(type)) {
            throw new RefusedException(
                    SCOPE + ": " + watch.path() + " is a plain file on " + type + ", not one of the kernel");
        }
        return StallTrigger.arm(kernel, scratch, watch.path(), List.of(watch.greeting()), SCOPE);
    }

    /* Opened for writing, too, where that is allowed: it then does not come to an end when its last writer goes. */
    private int openFifo(Path path) throws RefusedException {
        int descriptor = kernel.open(path, Kernel.READ_AND_WRITE);
        return descriptor == -Errno.EACCES
                ? Arming.open(kernel, path, Kernel.READ, SCOPE)
                : Arming.granted(kernel, descriptor, SCOPE + ": " + path);
    }

    private Notice greeted(int descriptor, String kind, PressureWatch watch) throws RefusedException {
        int answer = writeAll(descriptor, watch.greeting());
        if (answer < 0) {
            kernel.close(descriptor);
            throw Arming.refused(kernel, SCOPE + ": " + watch.path(), answer);
        }
        return new Doorbell(descriptor, SCOPE + ": " + kind + " " + watch.path());
    }

    /* A stream may take its bytes piece by piece. */
    private int writeAll(int descriptor, byte[] bytes) {
        for (int at = 0; at < bytes.length; ) {
            int length = Math.min(bytes.length - at, scratch.capacity());
            scratch.put(0, bytes, at, length);
            int count = kernel.write(descriptor, scratch, length);
            if (count <= 0) {
                return count < 0 ? count : -Errno.EAGAIN;
            }
            at += count;
        }
        return 0;
    }
}
