package dev.oriel.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/*
 * A thread that runs or waits for a core is not blocked, and one that waits for sockets has nothing to do. Anything else
 * keeps it from what it has to do: a lock, a page that comes from the disk, a collection of the Java heap.
 */
/** Looks a thousand times a second whether an event loop of another process is blocked, on a thread of its own. */
final class BlockedThread implements AutoCloseable {

    /* epoll_pwait and epoll_pwait2; on x86-64 there is epoll_wait, too. */
    private static final Set<String> WAITS_FOR_SOCKETS =
            "aarch64".equals(System.getProperty("os.arch")) ? Set.of("22", "441") : Set.of("232", "281", "441");

    private static final long BETWEEN_NANOS = 1_000_000;
    private static final int MOST_BLOCKS = 1 << 16;
    private static final int LONGEST_LINE = 256;

    private final FileChannel syscall;
    private final ByteBuffer line = ByteBuffer.allocate(LONGEST_LINE);
    private final Thread thread = new Thread(this::run, "blocked-thread");
    private final long[] nanoTimes = new long[MOST_BLOCKS];
    private final long[] nanos = new long[MOST_BLOCKS];
    private volatile int blocks;
    private volatile boolean ended;
    private volatile @Nullable String failure;

    private BlockedThread(Path folder) throws IOException {
        syscall = FileChannel.open(folder.resolve("syscall"));
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Begins to watch all threads of a process that have a name.
     *
     * @throws BenchmarkFailedException if there is none
     */
    static List<BlockedThread> watch(long pid, String name) throws IOException {
        List<BlockedThread> watches = new ArrayList<>();
        try {
            for (Path folder : ThreadMeter.folders(pid, name)) {
                watches.add(new BlockedThread(folder));
            }
            return watches;
        } catch (IOException e) {
            watches.forEach(BlockedThread::close);
            throw e;
        }
    }

    private void run() {
        long due = System.nanoTime();
        boolean wasBlocked = false;
        int count = 0;
        try {
            while (!ended) {
                boolean isBlocked = isBlocked(look());
                long now = System.nanoTime();
                if (count == MOST_BLOCKS) {
                    throw new IOException("it was blocked more than " + MOST_BLOCKS + " times");
                }
                if (isBlocked && !wasBlocked) {
                    nanoTimes[count] = now;
                } else if (wasBlocked && !isBlocked) {
                    nanos[count] = now - nanoTimes[count];
                    blocks = ++count;
                }
                wasBlocked = isBlocked;
                due = Math.max(due + BETWEEN_NANOS, now);
                LockSupport.parkNanos(due - System.nanoTime());
            }
        } catch (IOException e) {
            failure = "the thread cannot be watched: " + e;
        }
    }

    private String look() throws IOException {
        line.clear();
        int length = syscall.read(line, 0);
        return new String(line.array(), 0, Math.max(0, length), StandardCharsets.US_ASCII);
    }

    /** Reads what the kernel says: {@code running}, or the number of a system call and what it was called with. */
    static boolean isBlocked(String syscall) {
        String first = syscall.strip().split(" ", 2)[0];
        return !first.equals("running") && !WAITS_FOR_SOCKETS.contains(first);
    }

    /**
     * From each look at which it was blocked to the next at which it was not, as far as that has come.
     *
     * @throws BenchmarkFailedException if it cannot be watched
     */
    Waits waits() {
        String why = failure;
        if (why != null) {
            throw new BenchmarkFailedException(why);
        }
        int count = blocks;
        return new Waits(Arrays.copyOf(nanoTimes, count), Arrays.copyOf(nanos, count));
    }

    @Override
    public void close() {
        ended = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try {
            syscall.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
