package dev.oriel.cache;

import com.sun.jna.Native;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import dev.oriel.capture.FrameMemory.ExhaustedException;
import java.nio.ByteBuffer;
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

    private final int mapFlags;
    private final int giveBackAdvice;
    private final int pageSize;

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
        long address = anonymous(bytes);
        if (Platform.isLinux()) {
            // A huge page would be resident as a whole when the first byte is written. A kernel without huge pages
            // refuses the advice, which is just as good.
            Libc.madvise(address, bytes, MADV_NOHUGEPAGE_ON_LINUX);
        }
        return new PosixMapping(address, bytes, pageSize);
    }

    @Override
    public Mapping mapHuge() {
        if (!Platform.isLinux()) {
            return map(HUGE_PAGE_BYTES);
        }
        long address = aligned();
        boolean isAdvised = Libc.madvise(address, HUGE_PAGE_BYTES, MADV_HUGEPAGE_ON_LINUX) == 0;
        return new PosixMapping(address, HUGE_PAGE_BYTES, isAdvised ? HUGE_PAGE_BYTES : pageSize);
    }

    /** Newer kernels align by themselves; for others the rest of twice as much is given back. */
    private long aligned() {
        long address = anonymous(HUGE_PAGE_BYTES);
        if (address % HUGE_PAGE_BYTES == 0) {
            return address;
        }
        Libc.munmap(address, HUGE_PAGE_BYTES);
        long wide = anonymous(2 * HUGE_PAGE_BYTES);
        long inside = (wide + HUGE_PAGE_BYTES - 1) / HUGE_PAGE_BYTES * HUGE_PAGE_BYTES;
        long before = inside - wide;
        if (before > 0) {
            Libc.munmap(wide, before);
        }
        if (before < HUGE_PAGE_BYTES) {
            Libc.munmap(inside + HUGE_PAGE_BYTES, HUGE_PAGE_BYTES - before);
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
            return Libc.madvise(address + offset, runLength, giveBackAdvice) == 0;
        }

        @Override
        public void unmap() {
            if (Libc.munmap(address, length) != 0) {
                // The kernel's limit of mappings can forbid to split one. The pages themselves go all the same.
                log.warn("munmap of {} bytes failed with errno {}", length, Native.getLastError());
                giveBack(0, length);
            }
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
