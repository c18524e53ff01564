package dev.oriel.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.capture.Frame;
import dev.oriel.capture.FrameInfo;
import dev.oriel.capture.FrameReading;
import dev.oriel.capture.Quality;
import dev.oriel.capture.SpaceId;
import dev.oriel.capture.TaggedFrames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Ten million reads by eight threads that put, resize, forget and expire between them. Freed bytes are poisoned, so that who
 * reads them sees it. Budgets go from a few frames to far above where huge pages begin, in waves, so that what was spread over
 * many huge pages has to be moved together again and again.
 */
class FreedBytesStressTest {

    private static final long SEED = 20260401;
    private static final int THREADS = 8;
    private static final int READS_OF_EACH = 1_250_000;
    private static final int READS_FOR_A_WRITE = 48;
    private static final int READS_FOR_A_LONG_ONE = 500;
    private static final int LONG_READS_AT_ONCE = 4;
    private static final int PUTS_OF_A_WAVE = 4000;
    private static final int STRIPES = 4;
    private static final List<Quality> QUALITIES = List.of(Quality.OPTIMIZED, Quality.THUMBNAIL);
    private static final List<SpaceId> SPACES =
            IntStream.range(0, 6).mapToObj(n -> new SpaceId("s" + n)).toList();

    /** Far more than it takes: a cache that leaks finds no room for anything to read, and would never be done. */
    private final long end = System.nanoTime() + Duration.ofSeconds(90).toNanos();

    private final ManualClock clock = new ManualClock();
    private final FrameCache cache = FrameCache.open(
            FrameCacheSettings.defaults()
                    .withBudgetBytes(SegmentMemory.HUGE_PAGES_FROM_BYTES)
                    .withHistory(Duration.ofSeconds(1))
                    .withPoisonFreed(true),
            clock);
    private final AtomicLong puts = new AtomicLong();

    @Test
    void nobodyReadsFreedBytesInTenMillionReadsWhileTheBudgetChanges() throws Exception {
        SplittableRandom seeds = new SplittableRandom(SEED);
        List<Callable<Worker>> workers = new ArrayList<>();
        for (int n = 0; n < THREADS; n++) {
            Worker worker = new Worker(seeds.split());
            workers.add(() -> {
                worker.work();
                return worker;
            });
        }
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        long reads = 0;
        long hugeBudgets = 0;
        long smallBudgets = 0;
        try {
            for (Future<Worker> worker : threads.invokeAll(workers)) {
                reads += worker.get().reads;
                hugeBudgets += worker.get().hugeBudgets;
                smallBudgets += worker.get().smallBudgets;
            }
        } finally {
            threads.shutdown();
        }
        CacheStats stats = cache.stats();
        assertThat(reads).isGreaterThanOrEqualTo(10_000_000);
        assertThat(hugeBudgets).isGreaterThan(100);
        assertThat(smallBudgets).isGreaterThan(100);
        assertThat(stats.movedBytes()).isGreaterThan(1 << 20);
        assertThat(stats.evictions().values().stream().filter(count -> count > 0))
                .as("causes, all but the number of frames")
                .hasSize(CacheEviction.values().length - 1);

        cache.close();
        assertThat(cache.stats().chargedBytes()).isZero();
        assertThat(cache.stats().liveBytes()).isZero();
        assertThat(cache.stats().pinnedBytes()).isZero();
        assertThat(cache.stats().segments()).isZero();
    }

    private final class Worker {

        private final SplittableRandom random;
        private final FrameReading[] longReads = new FrameReading[LONG_READS_AT_ONCE];
        private long reads;
        private long hugeBudgets;
        private long smallBudgets;

        Worker(SplittableRandom random) {
            this.random = random;
        }

        void work() {
            while (reads < READS_OF_EACH && System.nanoTime() < end) {
                read(find());
                if (random.nextInt(READS_FOR_A_WRITE) == 0) {
                    write();
                }
            }
            for (FrameReading reading : longReads) {
                end(reading);
            }
        }

        private Optional<Frame> find() {
            SpaceId space = SPACES.get(random.nextInt(SPACES.size()));
            Quality quality = QUALITIES.get(random.nextInt(QUALITIES.size()));
            return switch (random.nextInt(48)) {
                case 0 -> cache.at(space, quality, clock.instant().minusMillis(random.nextInt(1000)));
                case 1 -> cache.revision(space, quality, Math.max(1, puts.get() - random.nextInt(500)));
                case 2 -> cache.newest(space);
                default -> cache.latest(space, quality, true);
            };
        }

        /** One stripe of the picture is looked at, as looking at all takes longer; a few are read for long, and in full. */
        private void read(Optional<Frame> found) {
            if (found.isEmpty()) {
                return;
            }
            try (Frame frame = found.get()) {
                FrameReading reading = frame.read();
                check(TaggedFrames.isIntact(reading, random.nextInt(STRIPES)), frame);
                reads++;
                if (random.nextInt(READS_FOR_A_LONG_ONE) == 0) {
                    int place = random.nextInt(LONG_READS_AT_ONCE);
                    end(longReads[place]);
                    longReads[place] = reading;
                } else {
                    reading.close();
                }
            }
        }

        private void end(FrameReading reading) {
            if (reading != null) {
                check(TaggedFrames.isIntact(reading), reading);
                reading.close();
            }
        }

        /** Not by assertThat, which costs more than the read. */
        private void check(boolean isIntact, Object read) {
            if (!isIntact) {
                throw new AssertionError("freed or torn bytes after " + reads + " reads: " + read);
            }
        }

        private void write() {
            switch (random.nextInt(200)) {
                case 0 -> cache.forget(SPACES.get(random.nextInt(SPACES.size())));
                case 1, 2 -> cache.expire();
                case 3, 4, 5, 6 -> resize();
                default -> put();
            }
        }

        private void resize() {
            boolean isFlood = puts.get() / PUTS_OF_A_WAVE % 2 == 0;
            // As many small ones as large ones of each wave: the logarithm is drawn evenly.
            double bits = isFlood ? random.nextDouble(26, 29) : random.nextDouble(14, 25);
            long budget = (long) Math.pow(2, bits);
            hugeBudgets += budget >= SegmentMemory.HUGE_PAGES_FROM_BYTES ? 1 : 0;
            smallBudgets += budget < SegmentMemory.SEGMENT_BYTES ? 1 : 0;
            cache.resize(budget);
        }

        private void put() {
            long number = puts.incrementAndGet();
            clock.advance(Duration.ofMillis(1));
            SpaceId space = SPACES.get(random.nextInt(SPACES.size()));
            Quality quality = QUALITIES.get(random.nextInt(QUALITIES.size()));
            FrameInfo info = new FrameInfo(space, number, clock.instant(), 64, 64, quality, 85, 16);
            int stripeBytes = random.nextInt(100, 6000);
            Optional<Frame> before = random.nextInt(3) > 0 ? cache.latest(space, quality, true) : Optional.empty();
            // Now and then bytes that are there already, in other spaces too.
            long tag = random.nextInt(8) == 0 ? random.nextInt(4) : number;
            int bytes = tag < 4 ? 3000 : stripeBytes;
            Optional<Frame> frame = before.isPresent()
                    ? TaggedFrames.changed(cache.memory(), before.get(), info, random.nextInt(STRIPES), bytes, tag)
                    : TaggedFrames.fresh(cache.memory(), info, STRIPES, bytes, tag);
            before.ifPresent(Frame::close);
            frame.ifPresent(cache::put);
        }
    }
}
