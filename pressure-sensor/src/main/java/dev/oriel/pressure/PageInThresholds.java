package dev.oriel.pressure;

import java.time.Duration;

/**
 * How fast pages may come back that memory had to give up while they were still needed. A machine that thrashes can have
 * plenty available and hardly stall on a fast disk, and yet is short of memory.
 *
 * @param yellowPagesPerSecond from this many pages in a second on the level is YELLOW; above 0
 * @param redPagesPerSecond from this many pages in a second on the level is RED; above {@code yellowPagesPerSecond}
 * @param window the shortest time over which the speed is taken, so that the start of one program is not mistaken for
 *     a machine that thrashes
 */
public record PageInThresholds(long yellowPagesPerSecond, long redPagesPerSecond, Duration window) {

    /** Checks that YELLOW comes before RED. */
    public PageInThresholds {
        if (!(0 < yellowPagesPerSecond && yellowPagesPerSecond < redPagesPerSecond)) {
            throw new IllegalArgumentException("pages must obey 0 < yellowPagesPerSecond < redPagesPerSecond, were "
                    + yellowPagesPerSecond + " and " + redPagesPerSecond);
        }
        if (window.isNegative() || window.isZero()) {
            throw new IllegalArgumentException("window must be positive, was " + window);
        }
    }

    /**
     * YELLOW from 2,000 pages in a second, 8 MiB of 4 KiB pages, RED from 20,000, over at least one second.
     *
     * @return the defaults
     */
    public static PageInThresholds defaults() {
        return new PageInThresholds(2_000, 20_000, Duration.ofSeconds(1));
    }

    /**
     * The level of a speed.
     *
     * @param pagesPerSecond the speed
     * @return the level
     */
    public PressureLevel levelOf(long pagesPerSecond) {
        if (pagesPerSecond >= redPagesPerSecond) {
            return PressureLevel.RED;
        }
        return pagesPerSecond >= yellowPagesPerSecond ? PressureLevel.YELLOW : PressureLevel.GREEN;
    }
}
