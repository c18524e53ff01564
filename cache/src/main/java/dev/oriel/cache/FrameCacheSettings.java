package dev.oriel.cache;

import java.time.Duration;

/**
 * How much a {@link FrameCache} keeps, and for how long.
 *
 * @param budgetBytes the most that may be charged at first, above 0; {@link FrameCache#resize} changes it
 * @param ttl how old a picture may be and still be handed out as current where changes cannot be seen, above zero
 * @param history how long a picture is kept, if there is room, after a newer one took its place; zero to 100 years
 */
public record FrameCacheSettings(long budgetBytes, Duration ttl, Duration history) {

    private static final long MEBIBYTE = 1024 * 1024;

    private static final Duration LONGEST_HISTORY = Duration.ofDays(36_500);

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public FrameCacheSettings {
        if (budgetBytes <= 0) {
            throw new IllegalArgumentException("budgetBytes must be positive, was " + budgetBytes);
        }
        if (ttl.isNegative() || ttl.isZero()) {
            throw new IllegalArgumentException("ttl must be positive, was " + ttl);
        }
        if (history.isNegative() || history.compareTo(LONGEST_HISTORY) > 0) {
            throw new IllegalArgumentException("history must be zero to 100 years, was " + history);
        }
    }

    /**
     * 200 MiB, a TTL of 30 seconds, 15 minutes of history.
     *
     * @return the usual settings
     */
    public static FrameCacheSettings defaults() {
        return new FrameCacheSettings(200 * MEBIBYTE, Duration.ofSeconds(30), Duration.ofSeconds(900));
    }

    /**
     * The same with another budget.
     *
     * @param newBudgetBytes above 0
     * @return a copy
     */
    public FrameCacheSettings withBudgetBytes(long newBudgetBytes) {
        return new FrameCacheSettings(newBudgetBytes, ttl, history);
    }

    /**
     * The same with another TTL.
     *
     * @param newTtl above zero
     * @return a copy
     */
    public FrameCacheSettings withTtl(Duration newTtl) {
        return new FrameCacheSettings(budgetBytes, newTtl, history);
    }

    /**
     * The same with a longer or shorter history.
     *
     * @param newHistory zero to 100 years
     * @return a copy
     */
    public FrameCacheSettings withHistory(Duration newHistory) {
        return new FrameCacheSettings(budgetBytes, ttl, newHistory);
    }
}
