package dev.oriel.gateway;

import dev.oriel.cache.CacheStats;
import dev.oriel.cache.FrameCache;
import dev.oriel.capture.Quality;
import dev.oriel.optimizer.LevelPlan;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * Gives the cache the budget of the plan, or less where the ceiling of the whole process leaves less beside everything
 * else. Safe for many threads.
 */
final class BudgetKeeper {

    /** Whatever is on the screens, so much is enough to make a picture of them, */
    private static final long FEWEST_BYTES = 4L * 1024 * 1024;

    /** and more than this is not kept for the pictures when the process is over its ceiling. */
    private static final long MOST_BYTES = 16L * 1024 * 1024;

    /** Of the ceiling, so that the process stays below it while it grows a little from one look to the next. */
    private static final int MARGIN_PERCENT = 2;

    private final FrameCache cache;
    private final Supplier<OptionalLong> residentBytes;
    private final ToLongFunction<Quality> mostPixels;

    /**
     * Knows a process.
     *
     * @param residentBytes what it has resident; empty where that cannot be known
     * @param mostPixels how many the largest picture of a space has in a quality
     */
    BudgetKeeper(FrameCache cache, Supplier<OptionalLong> residentBytes, ToLongFunction<Quality> mostPixels) {
        this.cache = cache;
        this.residentBytes = residentBytes;
        this.mostPixels = mostPixels;
    }

    /** Returns how many bytes the system got back for it. */
    synchronized long apply(LevelPlan plan) {
        CacheStats before = cache.stats();
        long least = leastBudget(before.newestBytes(), mostPixels.applyAsLong(plan.ceiling()));
        long budget = effectiveBudget(plan, residentBytes.get(), before.liveBytes(), least);
        if (budget == before.budgetBytes()) {
            return 0;
        }
        cache.resize(budget);
        return cache.stats().returnedBytes() - before.returnedBytes();
    }

    /** What the cache has been given. */
    long budgetBytes() {
        return cache.stats().budgetBytes();
    }

    /**
     * What a cache gets even when the rest of the process is over the ceiling: room for the newest picture of each space, a
     * quarter more as they change, and another picture while it is made, at a byte for each pixel.
     */
    static long leastBudget(long newestBytes, long mostPixels) {
        long needed = newestBytes + newestBytes / 4 + mostPixels;
        return Math.max(FEWEST_BYTES, Math.min(MOST_BYTES, needed));
    }

    /** What the cache has resident beyond its live bytes counts as the rest of the process: a budget cannot lower it. */
    static long effectiveBudget(LevelPlan plan, OptionalLong processBytes, long liveBytes, long leastBytes) {
        if (processBytes.isEmpty()) {
            return plan.budgetBytes();
        }
        long rest = Math.max(0, processBytes.getAsLong() - liveBytes);
        long left = plan.rssCeilingBytes() * (100 - MARGIN_PERCENT) / 100 - rest;
        return Math.min(plan.budgetBytes(), Math.max(leastBytes, left));
    }
}
