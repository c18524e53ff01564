package dev.oriel.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.capture.Frame;
import dev.oriel.capture.FrameInfo;
import dev.oriel.capture.Quality;
import dev.oriel.capture.SpaceId;
import dev.oriel.capture.TestFrames;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FrameCacheStressTest extends FrameCacheScenario {

    private static final long SEED = 20260301;
    private static final int WRITERS = 8;
    private static final int READERS = 3;
    private static final int LOOKS_AT_A_BUDGET = 30;

    /** The last ones; many more than there are between two looks. */
    private final long[] budgets = new long[1 << 16];

    private final AtomicInteger announced = new AtomicInteger();
    private final AtomicInteger applied = new AtomicInteger();
    private final AtomicLong looks = new AtomicLong();
    private final long end = System.nanoTime() + Duration.ofMillis(2500).toNanos();

    @Test
    void neitherTheBudgetNorAPictureBreaksUnderWritersReadersAndResizes() throws Exception {
        SplittableRandom seeds = new SplittableRandom(SEED);
        List<Callable<Long>> tasks = new ArrayList<>();
        for (int n = 0; n < WRITERS; n++) {
            SpaceId space = new SpaceId("s" + n);
            SplittableRandom writes = seeds.split();
            tasks.add(() -> write(space, writes));
        }
        for (int n = 0; n < READERS; n++) {
            SplittableRandom reads = seeds.split();
            tasks.add(() -> read(reads));
        }
        SplittableRandom random = seeds.split();
        tasks.add(() -> resize(random));
        tasks.add(this::watch);

        ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
        try {
            for (Future<Long> task : threads.invokeAll(tasks)) {
                assertThat(task.get()).isPositive();
            }
        } finally {
            threads.shutdown();
        }
        assertThat(cache.stats().pinnedBytes()).isZero();
        assertThat(evictions(cache)).isPositive();
        cache.resize(64 * 1024);
        assertThat(cache.stats().chargedBytes()).isLessThanOrEqualTo(64 * 1024);
    }

    private long write(SpaceId space, SplittableRandom random) {
        long revision = 1;
        Optional<Frame> before = Optional.empty();
        while (System.nanoTime() < end) {
            FrameInfo info = info(space, Quality.values()[random.nextInt(4)], revision++);
            int stripeBytes = random.nextInt(10, 20_000);
            int change = random.nextInt(STRIPES);
            boolean typed = before.isPresent() && before.get().quality() == info.quality() && random.nextInt(5) > 0;
            Optional<Frame> next = typed
                    ? TestFrames.changed(cache.memory(), before.get(), info, stripeBytes, index -> index == change)
                    : TestFrames.fresh(cache.memory(), info, STRIPES, stripeBytes);
            before.ifPresent(Frame::close);
            before = next.map(Frame::retain);
            next.ifPresent(cache::put);
            if (random.nextInt(200) == 0) {
                cache.forget(space);
            }
        }
        before.ifPresent(Frame::close);
        return revision;
    }

    private long read(SplittableRandom random) {
        long reads = 0;
        while (System.nanoTime() < end) {
            SpaceId space = new SpaceId("s" + random.nextInt(WRITERS));
            Quality quality = Quality.values()[random.nextInt(4)];
            List<HistoryEntry> history = cache.history(space, Instant.MIN, Instant.MAX);
            Optional<Frame> frame = history.isEmpty() || random.nextBoolean()
                    ? cache.newest(space)
                    : cache.revision(
                            space,
                            quality,
                            history.get(random.nextInt(history.size())).info().revision());
            if (frame.isPresent()) {
                try (Frame held = frame.get()) {
                    assertThat(TestFrames.isIntact(held)).isTrue();
                    reads++;
                }
            }
        }
        return reads;
    }

    private long resize(SplittableRandom random) {
        while (System.nanoTime() < end) {
            long budget = random.nextLong(32 * 1024, 8 * MEBIBYTE);
            // Known before it is in force, so that who looks at the charge knows every budget that may be.
            budgets[announced.get() % budgets.length] = budget;
            announced.incrementAndGet();
            cache.resize(budget);
            applied.incrementAndGet();
            long enough = looks.get() + LOOKS_AT_A_BUDGET;
            while (looks.get() < enough && System.nanoTime() < end) {
                Thread.onSpinWait();
            }
        }
        return applied.get();
    }

    /**
     * Looks at the charge all the time, while the budget changes too. From one look to the next it may not rise above every
     * budget that was in force between them: what is over a budget that became smaller can only fall.
     */
    private long watch() {
        int known = applied.get();
        long before = cache.stats().chargedBytes();
        while (System.nanoTime() < end) {
            int knownNow = applied.get();
            long charged = cache.stats().chargedBytes();
            long most = known == 0 ? Long.MAX_VALUE : before;
            for (int resize = Math.max(0, known - 1); resize < announced.get(); resize++) {
                most = Math.max(most, budgets[resize % budgets.length]);
            }
            assertThat(charged).isLessThanOrEqualTo(most);
            before = charged;
            known = knownNow;
            looks.incrementAndGet();
        }
        return looks.get();
    }
}
