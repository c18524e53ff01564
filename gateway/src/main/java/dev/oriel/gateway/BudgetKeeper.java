package dev.oriel.gateway;

import dev.oriel.cache.CacheStats;
import dev.oriel.cache.FrameCache;
import dev.oriel.optimizer.LevelPlan;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * Gives the cache the budget of the plan, or less where the ceiling of the whole process leaves less beside everything
 * else. Safe for many threads.
 */
final class BudgetKeeper {

    /** A cache needs room for a picture of each space even when the rest of the process is over the ceiling already. */
    static final long LEAST_BUDGET_BYTES = 16L * 1024 * 1024;

    private final FrameCache cache;
    private final Supplier<OptionalLong> residentBytes;

    BudgetKeeper(FrameCache cache, Supplier<OptionalLong> residentBytes) {
        this.cache = cache;
        this.residentBytes = residentBytes;
    }

    /** Returns how many bytes the system got back for it. */
    synchronized long apply(LevelPlan plan) {
        CacheStats before = cache.stats();
        long budget = effectiveBudget(plan, residentBytes.get(), before.liveBytes());
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

    /** What the cache has resident beyond its live bytes counts as the rest of the process: a budget cannot lower it. */
    static long effectiveBudget(LevelPlan plan, OptionalLong processBytes, long liveBytes) {
        if (processBytes.isEmpty()) {
            return plan.budgetBytes();
        }
        long rest = Math.max(0, processBytes.getAsLong() - liveBytes);
        long left = Math.max(LEAST_BUDGET_BYTES, plan.rssCeilingBytes() - rest);
        return Math.min(plan.budgetBytes(), left);
    }
}
