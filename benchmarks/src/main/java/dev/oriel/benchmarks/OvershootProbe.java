package dev.oriel.benchmarks;

import dev.oriel.benchmarks.simulator.FrameMaker;
import dev.oriel.cache.CacheStats;
import dev.oriel.cache.FrameCache;
import dev.oriel.cache.FrameCacheSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/*
 * While resize() to a smaller budget runs, what is charged already is over it until it is evicted, and 4 MiB may come beside
 * it: that alone is not counted. Counted is what is charged over the budget whenever no resize() runs, and what grows by more
 * while it is over it.
 */
/** Threads that put as fast as they are told while the budget jumps, and what is seen charged over the budget meanwhile. */
final class OvershootProbe {

    private static final int WRITERS = 8;
    private static final int PUTS_A_SECOND = 10_000;
    private static final long NANOS_A_PUT = Duration.ofSeconds(1).toNanos() * WRITERS / PUTS_A_SECOND;
    private static final long LENGTH_MILLIS = 20_000;
    private static final int LEAST_MEGABYTES = 8;
    private static final int MOST_MEGABYTES = 64;
    private static final int LONGEST_REST_MILLIS = 20;
    private static final long MEGABYTE = 1024 * 1024;
    private static final long ROOM_WHILE_SHRINKING = 4 * MEGABYTE;

    private final FrameCache cache = FrameCache.open(FrameCacheSettings.defaults(), Clock.systemUTC());
    /** Odd while the budget changes. */
    private final AtomicLong resizes = new AtomicLong();

    private final AtomicLong puts = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong seenByWriters = new AtomicLong();
    private volatile boolean ended;

    /**
     * What was seen at one moment.
     *
     * @param resizes that had begun or ended
     * @param outsideResize whether none ran meanwhile
     */
    private record Look(long resizes, boolean outsideResize, CacheStats stats) {

        long overBytes() {
            return stats.chargedBytes() - stats.budgetBytes();
        }

        long overBytesOutsideResize() {
            return outsideResize ? overBytes() : 0;
        }

        /** How much too much was charged since an earlier look although it was over the budget all the while. */
        long grownOverBudgetSince(Look before) {
            boolean sameBudget = before.resizes == resizes && before.stats.budgetBytes() == stats.budgetBytes();
            return sameBudget && before.overBytes() > 0
                    ? stats.chargedBytes() - before.stats.chargedBytes() - ROOM_WHILE_SHRINKING
                    : 0;
        }
    }

    Map<String, Long> measure() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int number = 0; number < WRITERS; number++) {
            int writer = number;
            threads.add(new Thread(() -> write(writer), "writer-" + number));
        }
        threads.add(new Thread(this::resize, "resizer"));
        AtomicLong samples = new AtomicLong();
        AtomicLong seen = new AtomicLong();
        threads.add(new Thread(() -> watch(samples, seen), "watcher"));
        long start = System.nanoTime();
        threads.forEach(Thread::start);
        Thread.sleep(LENGTH_MILLIS);
        ended = true;
        long millis = (System.nanoTime() - start) / 1_000_000;
        for (Thread thread : threads) {
            thread.join();
        }
        cache.close();
        return Map.of(
                "overshoot", seen.get(),
                "overshootByWriters", seenByWriters.get(),
                "samples", samples.get(),
                "putsASecond", puts.get() * 1000 / millis,
                "refused", refused.get(),
                "resizes", resizes.get() / 2,
                "leftBytes", cache.stats().chargedBytes());
    }

    private void write(int writer) {
        Random random = new Random(writer);
        ScriptedSpace space = new ScriptedSpace("space-" + writer, new FrameMaker(cache));
        space.showNew(600);
        long next = System.nanoTime();
        while (!ended) {
            boolean made = random.nextInt(10) == 0
                    ? space.showNew(300 + random.nextInt(600))
                    : space.change(random.nextInt(ScriptedSpace.STRIPES - 1), 2, 300 + random.nextInt(2000));
            (made ? puts : refused).incrementAndGet();
            seenByWriters.accumulateAndGet(look().overBytesOutsideResize(), Math::max);
            next += NANOS_A_PUT;
            LockSupport.parkNanos(next - System.nanoTime());
        }
    }

    private void resize() {
        Random random = new Random(99);
        while (!ended) {
            long megabytes = (long) LEAST_MEGABYTES + random.nextInt(MOST_MEGABYTES - LEAST_MEGABYTES);
            resizes.incrementAndGet();
            cache.resize(megabytes * MEGABYTE);
            resizes.incrementAndGet();
            LockSupport.parkNanos(
                    Duration.ofMillis(random.nextInt(LONGEST_REST_MILLIS)).toNanos());
        }
    }

    private void watch(AtomicLong samples, AtomicLong most) {
        Look before = look();
        while (!ended) {
            Look now = look();
            most.accumulateAndGet(now.overBytesOutsideResize(), Math::max);
            most.accumulateAndGet(now.grownOverBudgetSince(before), Math::max);
            before = now;
            samples.incrementAndGet();
        }
    }

    private Look look() {
        long before = resizes.get();
        CacheStats stats = cache.stats();
        return new Look(before, before % 2 == 0 && resizes.get() == before, stats);
    }
}
