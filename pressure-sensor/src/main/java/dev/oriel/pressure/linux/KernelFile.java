package dev.oriel.pressure.linux;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A kernel file that stays open between looks: opening costs more than reading. Read anew from its beginning, it tells
 * anew.
 */
final class KernelFile implements Closeable {
    private final Path path;
    private @Nullable FileChannel channel;

    KernelFile(Path path) {
        this.path = path;
    }

    Path path() {
        return path;
    }

    boolean isOpen() {
        return channel != null;
    }

    /**
     * Reads the whole file. What was open may be gone, as the files of a group are that was removed and made again; then
     * it is opened once more.
     *
     * @throws java.nio.file.NoSuchFileException if there is no such file
     */
    KernelText read(KernelText text) throws IOException {
        FileChannel open = channel;
        if (open != null) {
            try {
                return text.read(open, path);
            } catch (IOException gone) {
                close();
            }
        }
        open = FileChannel.open(path);
        channel = open;
        return text.read(open, path);
    }

    @Override
    public void close() throws IOException {
        FileChannel open = channel;
        channel = null;
        if (open != null) {
            open.close();
        }
    }
}
