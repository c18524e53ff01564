package dev.oriel.cache;

import java.time.Duration;
import java.util.Objects;

/**
 * How much a {@link FrameCache} keeps, and for how long.
 *
 * @param budgetBytes the most that may be charged at first, above 0; {@link FrameCache#resize} changes it
 * @param ttl how old a picture may be and still be handed out as current where changes cannot be seen, above zero
 *     to 100 years
 * @param history how long a picture is kept, if there is room, after a newer one took its place; zero to 100 years
 * @param mostFrames how many frames there may be, above 0: their bytes lie outside the Java heap, but each takes about
 *     {@link #HEAP_BYTES_PER_FRAME} of it as well, which a budget alone does not bound
 * @param poisonFreed whether freed bytes are overwritten, so that who reads them by mistake notices; to find defects
 */
public record FrameCacheSettings(
        long budgetBytes, Duration ttl, Duration history, int mostFrames, boolean poisonFreed) {

    /** What a frame and its stripes take of the Java heap, roughly, when little changes from frame to frame. */
    public static final int HEAP_BYTES_PER_FRAME = 512;

    private static final long MEBIBYTE = 1024 * 1024;

    private static final Duration LONGEST = Duration.ofDays(36_500);

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public FrameCacheSettings {
        if (budgetBytes <= 0) {
            throw new IllegalArgumentException("budgetBytes must be positive, was " + budgetBytes);
        }
        Objects.requireNonNull(ttl, "ttl");
        Objects.requireNonNull(history, "history");
        if (ttl.isNegative() || ttl.isZero() || ttl.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("ttl must be positive and at most 100 years, was " + ttl);
        }
        if (mostFrames <= 0) {
            throw new IllegalArgumentException("mostFrames must be positive, was " + mostFrames);
        }
        if (history.isNegative() || history.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("history must be zero to 100 years, was " + history);
        }
    }

    /**
     * 200 MiB, a TTL of 30 seconds, 15 minutes of history, and frames for a third of the Java heap.
     *
     * @return the usual settings
     */
    public static FrameCacheSettings defaults() {
        return new FrameCacheSettings(
                200 * MEBIBYTE,
                Duration.ofSeconds(30),
                Duration.ofSeconds(900),
                framesFor(Runtime.getRuntime().maxMemory() / 3),
                false);
    }

    /**
     * The same with another budget.
     *
     * @param newBudgetBytes above 0
     * @return a copy
     */
    public FrameCacheSettings withBudgetBytes(long newBudgetBytes) {
        return new FrameCacheSettings(newBudgetBytes, ttl, history, mostFrames, poisonFreed);
    }

    /**
     * The same with another TTL.
     *
     * @param newTtl above zero
     * @return a copy
     */
    public FrameCacheSettings withTtl(Duration newTtl) {
        return new FrameCacheSettings(budgetBytes, newTtl, history, mostFrames, poisonFreed);
    }

    /**
     * The same with a longer or shorter history.
     *
     * @param newHistory zero to 100 years
     * @return a copy
     */
    public FrameCacheSettings withHistory(Duration newHistory) {
        return new FrameCacheSettings(budgetBytes, ttl, newHistory, mostFrames, poisonFreed);
    }

    /**
     * The same with more or fewer frames.
     *
     * @param newMostFrames above 0
     * @return a copy
     */
    public FrameCacheSettings withMostFrames(int newMostFrames) {
        return new FrameCacheSettings(budgetBytes, ttl, history, newMostFrames, poisonFreed);
    }

    /**
     * The same, but freed bytes are overwritten or not.
     *
     * @param newPoisonFreed whether they are
     * @return a copy
     */
    public FrameCacheSettings withPoisonFreed(boolean newPoisonFreed) {
        return new FrameCacheSettings(budgetBytes, ttl, history, mostFrames, newPoisonFreed);
    }

    private static int framesFor(long heapBytes) {
        return (int) Math.max(1000, Math.min(Integer.MAX_VALUE, heapBytes / HEAP_BYTES_PER_FRAME));
    }
}
