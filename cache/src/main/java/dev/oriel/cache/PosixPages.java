package dev.oriel.cache;

import com.sun.jna.Native;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import dev.oriel.capture.FrameMemory.ExhaustedException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Anonymous memory from {@code mmap}. What differs between Linux and macOS stands here and nowhere else. */
final class PosixPages implements PageSource {

    private static final Logger log = LoggerFactory.getLogger(PosixPages.class);

    private static final int PROT_READ_AND_WRITE = 0x3;
    private static final int MAP_PRIVATE = 0x2;
    private static final int MAP_ANONYMOUS_ON_LINUX = 0x20;
    private static final int MAP_ANONYMOUS_ON_MACOS = 0x1000;
    private static final int MADV_DONTNEED_ON_LINUX = 4;
    private static final int MADV_HUGEPAGE_ON_LINUX = 14;
    private static final int MADV_NOHUGEPAGE_ON_LINUX = 15;
    private static final int MADV_FREE_REUSABLE_ON_MACOS = 7;
    private static final long MAP_FAILED = -1;
    private static final int ENOMEM = 12;

    private final int mapFlags;
    private final int giveBackAdvice;
    private final int pageSize;
    private final Queue<Leftover> leftovers = new ArrayDeque<>();

    private PosixPages(int mapFlags, int giveBackAdvice) {
        this.mapFlags = mapFlags;
        this.giveBackAdvice = giveBackAdvice;
        this.pageSize = Libc.getpagesize();
    }

    /**
     * Binds the C library.
     *
     * @throws UnsupportedOperationException on a system without {@code mmap}
     */
    static PosixPages open() {
        if (Platform.isLinux()) {
            return new PosixPages(MAP_PRIVATE | MAP_ANONYMOUS_ON_LINUX, MADV_DONTNEED_ON_LINUX);
        }
        if (Platform.isMac()) {
            // MADV_DONTNEED exists there too, but leaves the pages resident.
            return new PosixPages(MAP_PRIVATE | MAP_ANONYMOUS_ON_MACOS, MADV_FREE_REUSABLE_ON_MACOS);
        }
        throw new UnsupportedOperationException(
                "the frame cache runs on Linux and macOS, not on " + System.getProperty("os.name"));
    }

    @Override
    public int pageSize() {
        return pageSize;
    }

    @Override
    public Mapping map(int bytes) {
        unmapLeftovers();
        long address = anonymous(bytes);
        boolean usable = false;
        try {
            keepPagesSmall(address, bytes);
            Mapping mapping = new PosixMapping(address, bytes, pageSize);
            usable = true;
            return mapping;
        } finally {
            if (!usable) {
                unmap(address, bytes);
            }
        }
    }

    /** A huge page would be resident as a whole when the first byte is written. */
    private static void keepPagesSmall(long address, int bytes) {
        // A kernel without huge pages refuses the advice, which is just as good.
        if (Platform.isLinux()
                && Libc.madvise(address, bytes, MADV_NOHUGEPAGE_ON_LINUX) != 0
                && Native.getLastError() == ENOMEM) {
            throw new ExhaustedException("the operating system allows no more mappings (errno " + ENOMEM + ")");
        }
    }

    @Override
    public Mapping mapHuge() {
        if (!Platform.isLinux()) {
            return map(HUGE_PAGE_BYTES);
        }
        unmapLeftovers();
        long address = aligned();
        boolean usable = false;
        try {
            boolean isAdvised = Libc.madvise(address, HUGE_PAGE_BYTES, MADV_HUGEPAGE_ON_LINUX) == 0;
            Mapping mapping = new PosixMapping(address, HUGE_PAGE_BYTES, isAdvised ? HUGE_PAGE_BYTES : pageSize);
            usable = true;
            return mapping;
        } finally {
            if (!usable) {
                unmap(address, HUGE_PAGE_BYTES);
            }
        }
    }

    /** Newer kernels align by themselves; for others the rest of twice as much is given back. */
    private long aligned() {
        long address = anonymous(HUGE_PAGE_BYTES);
        if (address % HUGE_PAGE_BYTES == 0) {
            return address;
        }
        unmap(address, HUGE_PAGE_BYTES);
        long wide = anonymous(2 * HUGE_PAGE_BYTES);
        long inside = (wide + HUGE_PAGE_BYTES - 1) / HUGE_PAGE_BYTES * HUGE_PAGE_BYTES;
        long before = inside - wide;
        if (before > 0) {
            unmap(wide, before);
        }
        if (before < HUGE_PAGE_BYTES) {
            unmap(inside + HUGE_PAGE_BYTES, HUGE_PAGE_BYTES - before);
        }
        return inside;
    }

    private long anonymous(int bytes) {
        long address = Libc.mmap(0, bytes, PROT_READ_AND_WRITE, mapFlags, -1, 0);
        if (address == MAP_FAILED) {
            throw new ExhaustedException(
                    "the operating system has no " + bytes + " bytes to map (errno " + Native.getLastError() + ")");
        }
        return address;
    }

    /* Neighbouring mappings are one to the kernel, and its limit of mappings (vm.max_map_count) can forbid to split it. The
     * pages go back all the same; the addresses are kept here and go when there is room again. */
    private boolean unmap(long address, long length) {
        if (Libc.munmap(address, length) == 0) {
            return true;
        }
        int errno = Native.getLastError();
        synchronized (leftovers) {
            if (leftovers.isEmpty()) {
                log.warn("munmap of {} bytes failed with errno {}: only their pages go back for now", length, errno);
            }
            leftovers.add(new Leftover(address, length));
        }
        return giveBackPages(address, length);
    }

    private void unmapLeftovers() {
        synchronized (leftovers) {
            Leftover oldest = leftovers.peek();
            while (oldest != null && Libc.munmap(oldest.address(), oldest.length()) == 0) {
                leftovers.remove();
                oldest = leftovers.peek();
            }
        }
    }

    private boolean giveBackPages(long address, long length) {
        return Libc.madvise(address, length, giveBackAdvice) == 0;
    }

    /** Addresses without pages behind them that could not be unmapped yet. */
    private record Leftover(long address, long length) {}

    private final class PosixMapping implements Mapping {

        private final long address;
        private final int length;
        private final int grain;
        private final ByteBuffer bytes;

        PosixMapping(long address, int length, int grain) {
            this.address = address;
            this.length = length;
            this.grain = grain;
            this.bytes = new Pointer(address).getByteBuffer(0, length);
        }

        @Override
        public int pageSize() {
            return grain;
        }

        @Override
        public ByteBuffer bytes() {
            return bytes;
        }

        @Override
        public boolean giveBack(int offset, int runLength) {
            return giveBackPages(address + offset, runLength);
        }

        @Override
        public boolean unmap() {
            unmapLeftovers();
            return PosixPages.this.unmap(address, length);
        }
    }

    private static final class Libc {

        static {
            Native.register(Libc.class, Platform.C_LIBRARY_NAME);
        }

        private Libc() {}

        static native long mmap(long address, long length, int protection, int flags, int file, long offset);

        static native int munmap(long address, long length);

        static native int madvise(long address, long length, int advice);

        static native int getpagesize();
    }
}
