package dev.oriel.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/*
 * The kernel adds up what each CPU counted by itself only now and then, so that the figure may be off by some pages. It is
 * had in microseconds, while walking the page tables takes milliseconds and holds up who maps and unmaps.
 */
/** The resident pages of a process, read so often and cheaply that one can watch them go. Used by one thread. */
final class ResidentSet implements AutoCloseable {

    /** How far the figure may be off: 64 pages for each CPU. */
    static final long SLACK_BYTES = 64L * 4096 * Runtime.getRuntime().availableProcessors();

    private static final int PAGE_BYTES = 4096;

    private final FileChannel statm;
    private final ByteBuffer text = ByteBuffer.allocateDirect(128);

    /** Those of this process. */
    ResidentSet() throws IOException {
        this(ProcessHandle.current().pid());
    }

    /** Those of a process. */
    ResidentSet(long pid) throws IOException {
        statm = FileChannel.open(Path.of("/proc", Long.toString(pid), "statm"));
    }

    long bytes() {
        text.clear();
        try {
            statm.read(text, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        int at = 0;
        while (text.get(at) != ' ') {
            at++;
        }
        long pages = 0;
        for (at++; text.get(at) != ' '; at++) {
            pages = 10 * pages + text.get(at) - '0';
        }
        return pages * PAGE_BYTES;
    }

    @Override
    public void close() throws IOException {
        statm.close();
    }
}
