package dev.oriel.pressure.linux;

import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * The file in which a version 2 group counts how often it came to its limits. The kernel says when a count has changed,
 * until the file is read: no need for inotify, which only hears of it later.
 */
record EventCounts(int descriptor, String words) implements Notice {

    static EventCounts arm(Kernel kernel, ByteBuffer scratch, MemoryGroup group) throws RefusedException {
        String words = "cgroup: memory.events of " + group.path();
        Path file = group.directory().resolve("memory.events");
        int descriptor = Arming.open(kernel, file, Kernel.READ, words);
        int count = kernel.readAgain(descriptor, scratch);
        if (count < 0) {
            kernel.close(descriptor);
            throw Arming.refused(kernel, words, count);
        }
        return new EventCounts(descriptor, words);
    }

    @Override
    public short events() {
        return Kernel.POLLPRI;
    }

    @Override
    public Meaning take(int happened, Kernel kernel, ByteBuffer scratch) {
        // An error comes with every change; that the group is gone shows in reading only.
        return kernel.readAgain(descriptor, scratch) < 0 ? Meaning.GONE : Meaning.LOOK;
    }
}
