package dev.oriel.cache;

import static dev.oriel.cache.ChildJvm.require;
import static dev.oriel.cache.ChildJvm.statusBytes;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Native;
import dev.oriel.capture.Frame;
import dev.oriel.capture.FrameInfo;
import dev.oriel.capture.FrameMemory.ExhaustedException;
import dev.oriel.capture.Quality;
import dev.oriel.capture.SpaceId;
import dev.oriel.capture.TaggedFrames;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.slf4j.LoggerFactory;

/** As many mappings as the kernel allows a process (vm.max_map_count): none can be made, and none can be split. */
@EnabledOnOs(OS.LINUX)
class MappingLimitIT {

    @Test
    void withoutMappingsFramesAreRefusedAndFreedPagesGoBackAllTheSame() throws Exception {
        ChildJvm.Result result = ChildJvm.run("true", 32, Child.class);

        assertThat(result.output()).endsWith("done\n").contains("munmap of ", "failed with errno 12");
        assertThat(result.status()).isZero();
    }

    /** What uses up its mappings. */
    static final class Child {

        private static final long MEBIBYTE = 1024 * 1024;
        private static final int STRIPES = 4;
        private static final int STRIPE_BYTES = 128 * 1024;
        private static final int FRAMES = 100;
        private static final int TRIES = 20;

        private final FrameCache cache = FrameCache.open(
                FrameCacheSettings.defaults().withBudgetBytes(100 * MEBIBYTE).withPoisonFreed(true), Clock.systemUTC());

        public static void main(String[] arguments) throws IOException {
            new Child().run();
            System.out.println("done");
        }

        private void run() throws IOException {
            rehearse();
            cache.resize(1);
            cache.resize(100 * MEBIBYTE);
            long sizeBefore = statusBytes("VmSize");
            fill();

            CacheStats full = cache.stats();
            long residentBefore = statusBytes("RssAnon");
            Mappings mappings = Mappings.useUpAll();
            int refusals = putMore();
            forgetEachSecondSegment();
            CacheStats half = cache.stats();
            long resident = statusBytes("RssAnon");
            requireIntact();
            mappings.free();

            require(refusals > 0, "refused", refusals);
            require(half.segments() < full.segments() * 2 / 3, "segments went", half);
            long returned = half.returnedBytes() - full.returnedBytes();
            require(returned > 15 * MEBIBYTE, "so much went back", half);
            require(residentBefore - resident > returned * 9 / 10, "and the kernel has it", residentBefore - resident);

            cache.forget(space(0));
            cache.put(frame(0));
            cache.close();
            CacheStats end = cache.stats();
            require(end.chargedBytes() == 0 && end.liveBytes() == 0 && end.segments() == 0, "nothing is left", end);
            long size = statusBytes("VmSize");
            require(size - sizeBefore < 4 * MEBIBYTE, "no address stays behind", size - sizeBefore);
        }

        /** Once without need: the Java machine needs mappings too, to load classes, and ends when there are none. */
        private void rehearse() throws IOException {
            fill();
            putMore();
            forgetEachSecondSegment();
            requireIntact();
            statusBytes("RssAnon");
            Mappings.load();
            LoggerFactory.getLogger(PosixPages.class).warn("a rehearsal of {} in {}", 1, 2);
            System.out.println("refused: " + new ExhaustedException("in a rehearsal").getMessage());
            try {
                Class.forName(PosixPages.class.getName() + "$Leftover");
            } catch (ClassNotFoundException e) {
                throw new AssertionError(e);
            }
        }

        private void fill() {
            for (int space = 0; space < FRAMES; space++) {
                cache.put(frame(space));
            }
        }

        /** Several of these fill a segment; its neighbours to both sides stay. */
        private void forgetEachSecondSegment() {
            for (int space = 0; space < FRAMES; space++) {
                if (isForgotten(space)) {
                    cache.forget(space(space));
                }
            }
        }

        private static boolean isForgotten(int space) {
            return space * STRIPES * STRIPE_BYTES / (2 * SegmentMemory.SEGMENT_BYTES) % 2 == 1;
        }

        /** There may be room in the segment that is open, but not for long. */
        private int putMore() {
            int refusals = 0;
            for (int space = FRAMES; space < FRAMES + TRIES; space++) {
                try {
                    cache.put(frame(space));
                } catch (ExhaustedException e) {
                    refusals++;
                    if (refusals == 1) {
                        System.out.println("refused: " + e.getMessage());
                    }
                }
            }
            return refusals;
        }

        private void requireIntact() {
            for (int space = 0; space < FRAMES; space++) {
                if (!isForgotten(space)) {
                    try (Frame frame =
                            cache.latest(space(space), Quality.FAST, true).orElseThrow()) {
                        require(TaggedFrames.isIntact(frame), "intact", frame);
                    }
                }
            }
        }

        private Frame frame(int space) {
            FrameInfo info = new FrameInfo(space(space), 1, Instant.now(), 64, 64, Quality.FAST, 70, 16);
            return TaggedFrames.fresh(cache.memory(), info, STRIPES, STRIPE_BYTES, space)
                    .orElseThrow();
        }

        private static SpaceId space(int number) {
            return new SpaceId("s" + number);
        }
    }

    /** One range of addresses, cut into as many mappings as there may be. */
    private static final class Mappings {

        private static final long PAGE = 4096;
        private static final long PAGES = 1L << 22;
        private static final int PROT_NONE = 0;
        private static final int PROT_READ = 1;
        private static final int MAP_PRIVATE_ANONYMOUS_NORESERVE = 0x2 | 0x20 | 0x4000;

        static {
            Native.register(Mappings.class, "c");
        }

        private final long address;

        private Mappings(long address) {
            this.address = address;
        }

        /** Takes no more than one, and gives it back. */
        static void load() {
            Mappings mappings = reserve();
            require(mprotect(mappings.address + PAGE, PAGE, PROT_READ) == 0, "protected", Native.getLastError());
            System.out.println("mappings made: " + 1);
            mappings.free();
        }

        private static Mappings reserve() {
            long address = mmap(0, PAGES * PAGE, PROT_NONE, MAP_PRIVATE_ANONYMOUS_NORESERVE, -1, 0);
            require(address != -1, "mapped", address);
            return new Mappings(address);
        }

        static Mappings useUpAll() {
            Mappings mappings = reserve();
            long page = 1;
            while (page < PAGES && mprotect(mappings.address + page * PAGE, PAGE, PROT_READ) == 0) {
                page += 2;
            }
            require(page < PAGES, "the limit is reached", page);
            System.out.println("mappings made: " + page);
            return mappings;
        }

        void free() {
            require(munmap(address, PAGES * PAGE) == 0, "unmapped", Native.getLastError());
        }

        private static native long mmap(long address, long length, int protection, int flags, int file, long offset);

        private static native int mprotect(long address, long length, int protection);

        private static native int munmap(long address, long length);
    }
}
