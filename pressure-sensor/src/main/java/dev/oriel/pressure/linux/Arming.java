package dev.oriel.pressure.linux;

import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Steps to a notice that each can be refused. */
final class Arming {

    private Arming() {}

    static int open(Kernel kernel, Path file, int access, String what) throws RefusedException {
        return granted(kernel, kernel.open(file, access), what + ": " + file);
    }

    static int granted(Kernel kernel, int answer, String what) throws RefusedException {
        if (answer < 0) {
            throw refused(kernel, what, answer);
        }
        return answer;
    }

    static RefusedException refused(Kernel kernel, String what, int error) {
        return new RefusedException(what + ": " + kernel.words(error));
    }

    /** Writes to a file that takes its text in one piece or not at all. */
    static int write(Kernel kernel, int descriptor, ByteBuffer scratch, byte[] text) {
        if (text.length > scratch.capacity()) {
            return -Errno.EINVAL;
        }
        scratch.put(0, text);
        int count = kernel.write(descriptor, scratch, text.length);
        return count >= 0 && count < text.length ? -Errno.EINVAL : count;
    }
}
