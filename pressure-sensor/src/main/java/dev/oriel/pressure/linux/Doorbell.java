package dev.oriel.pressure.linux;

import java.nio.ByteBuffer;

/**
 * A descriptor that becomes readable: a counter, a FIFO or a socket. What can be read there says nothing.
 *
 * @param descriptor open and not waiting
 * @param words what is listened to
 */
record Doorbell(int descriptor, String words) implements Notice {
    /* As much as a FIFO holds. Whoever writes faster is heard again at the next wait. */
    private static final int MAX_BYTES = 64 << 10;

    @Override
    public short events() {
        return Kernel.POLLIN;
    }

    @Override
    public Meaning take(int happened, Kernel kernel, ByteBuffer scratch) {
        if ((happened & Kernel.POLLIN) == 0) {
            return Meaning.GONE;
        }
        int count = kernel.read(descriptor, scratch);
        for (int read = count; count == scratch.capacity() && read < MAX_BYTES; read += count) {
            count = kernel.read(descriptor, scratch);
        }
        // At the end of a stream poll would answer at once for ever.
        return count > 0 || count == -Errno.EAGAIN || count == -Errno.EINTR ? Meaning.LOOK : Meaning.GONE;
    }
}
