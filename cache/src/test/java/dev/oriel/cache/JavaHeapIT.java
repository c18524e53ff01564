package dev.oriel.cache;

import static dev.oriel.cache.ChildJvm.require;
import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.capture.Frame;
import dev.oriel.capture.FrameInfo;
import dev.oriel.capture.FrameReading;
import dev.oriel.capture.Quality;
import dev.oriel.capture.SpaceId;
import dev.oriel.capture.TaggedFrames;
import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A Java heap that is full: the objects behind what is charged, held or mapped cannot always be made. */
class JavaHeapIT {

    @Test
    void whatFailsForWantOfJavaHeapLeavesNothingCharged() throws Exception {
        ChildJvm.Result result = ChildJvm.run("true", 8, Child.class);

        assertThat(result.output()).endsWith("done\n");
        assertThat(result.status()).isZero();
    }

    /** What fills its heap, and then uses the cache. */
    static final class Child {

        private static final long SEED = 20260501;
        private static final int STRIPES = 10;
        private static final int STRIPE_BYTES = 40;
        private static final int ROUNDS = 150;
        private static final int SMALL_BYTES = 512;
        private static final int MOST_FREED_PIECES = 60;
        private static final SpaceId SPACE = new SpaceId("a");
        private static final SpaceId OTHER = new SpaceId("b");

        private final FrameCache cache = FrameCache.open(
                FrameCacheSettings.defaults().withBudgetBytes(8 << 20).withPoisonFreed(true), new ManualClock());
        private final SplittableRandom random = new SplittableRandom(SEED);
        private final Ballast none = new Ballast(null, 0);
        private Ballast ballast = none;
        private long revision = 1;
        private int failures;

        /** A small piece of the heap. */
        private static final class Ballast {
            private final Ballast next;
            private final byte[] bytes;

            Ballast(Ballast next, int length) {
                this.next = next;
                this.bytes = new byte[length];
            }
        }

        public static void main(String[] arguments) {
            new Child().run();
            System.out.println("done");
        }

        private void run() {
            cache.put(TaggedFrames.fresh(cache.memory(), info(SPACE), STRIPES, STRIPE_BYTES, revision)
                    .orElseThrow());
            // Once without need, so that all classes are loaded.
            for (int round = 0; round < ROUNDS; round++) {
                operate(round);
            }
            require(failures == 0, "rehearsed", failures);
            ballast = new Ballast(ballast, 0).next;
            for (int round = 0; round < ROUNDS; round++) {
                fillHeap();
                for (int piece = random.nextInt(MOST_FREED_PIECES); piece > 0 && ballast.bytes.length == 0; piece--) {
                    ballast = ballast.next;
                }
                operate(round);
            }
            // Made when there was room: on a full heap not even this can be.
            ballast = none;
            require(failures > ROUNDS / 20, "failed often enough", failures);

            CacheStats stats = cache.stats();
            require(stats.pinnedBytes() == 0, "only the cache holds something", stats);
            cache.forget(SPACE);
            cache.forget(OTHER);
            stats = cache.stats();
            require(
                    stats.frames() == 0 && stats.chargedBytes() == 0 && stats.liveBytes() == 0,
                    "nothing is left",
                    stats);
            cache.close();
            require(cache.stats().segments() == 0, "no segment is left", cache.stats());
        }

        private void fillHeap() {
            int length = 1 << 20;
            while (length >= 0) {
                try {
                    ballast = new Ballast(ballast, length);
                } catch (OutOfMemoryError e) {
                    // Large pieces first, as a heap of small ones takes long to collect; then what is left between
                    // them.
                    length = length == 0 ? -1 : length < SMALL_BYTES ? 0 : length / 8;
                }
            }
        }

        private void operate(int round) {
            try {
                switch (round % 4) {
                    case 0 -> read();
                    case 1 -> put(SPACE);
                    case 2 -> put(OTHER);
                    default -> cache.memory().reserve(1000).orElseThrow().close();
                }
            } catch (OutOfMemoryError e) {
                failures++;
            }
        }

        private void read() {
            try (Frame frame = cache.latest(SPACE, Quality.FAST, true).orElseThrow();
                    FrameReading reading = frame.read()) {
                if (!TaggedFrames.isIntact(reading, 0)) {
                    throw new IllegalStateException("torn");
                }
            }
        }

        private void put(SpaceId space) {
            FrameInfo info = info(space);
            try (Frame before = cache.latest(SPACE, Quality.FAST, true).orElseThrow()) {
                Frame frame = TaggedFrames.changedOrNull(cache.memory(), before, info, 3, STRIPE_BYTES, revision);
                boolean isPut = false;
                try {
                    cache.put(frame);
                    isPut = true;
                } finally {
                    if (!isPut) {
                        closeIfOpen(frame);
                    }
                }
            }
        }

        /** The cache may have taken it over before it failed. */
        private static void closeIfOpen(Frame frame) {
            try {
                frame.close();
            } catch (IllegalStateException e) {
                // It had.
            }
        }

        private FrameInfo info(SpaceId space) {
            revision++;
            return new FrameInfo(space, revision, Instant.EPOCH, 64, 64, Quality.FAST, 70, 16);
        }
    }
}
