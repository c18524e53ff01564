package dev.oriel.pressure;

import java.time.Duration;

/**
 * How much of the time tasks may stand still for want of memory. {@code some} is the share of time in which at least
 * one task stood still, {@code full} the share in which all did.
 *
 * @param yellowSomeShare from this share of {@code some} the level is YELLOW; between 0 and {@code redSomeShare}
 * @param redSomeShare from this share of {@code some} the level is RED; at most 1
 * @param redFullShare from this share of {@code full} the level is RED; more than 0, at most 1
 * @param sharpSomeShare from this share of {@code some} within {@code sharpWindow} the level is YELLOW, however short that is:
 *     a stall that begins hard need not be waited out; more than {@code yellowSomeShare}, at most 1
 * @param sharpWindow the shorter time over which that share is taken; positive, less than {@code window}
 * @param window the shortest time over which a share is taken, so that one short stall between two quick probes is not
 *     mistaken for a machine at a standstill
 */
public record StallThresholds(
        double yellowSomeShare,
        double redSomeShare,
        double redFullShare,
        double sharpSomeShare,
        Duration sharpWindow,
        Duration window) {

    /** Checks that YELLOW comes before RED. */
    public StallThresholds {
        if (!(0 < yellowSomeShare && yellowSomeShare < redSomeShare && redSomeShare <= 1)) {
            throw new IllegalArgumentException("shares must obey 0 < yellowSomeShare < redSomeShare <= 1, were "
                    + yellowSomeShare + " and " + redSomeShare);
        }
        if (!(0 < redFullShare && redFullShare <= 1)) {
            throw new IllegalArgumentException("redFullShare must be above 0 and at most 1, was " + redFullShare);
        }
        if (!(yellowSomeShare < sharpSomeShare && sharpSomeShare <= 1)) {
            throw new IllegalArgumentException(
                    "sharpSomeShare must be above yellowSomeShare and at most 1, was " + sharpSomeShare);
        }
        if (window.isNegative() || window.isZero()) {
            throw new IllegalArgumentException("window must be positive, was " + window);
        }
        if (sharpWindow.isNegative() || sharpWindow.isZero() || sharpWindow.compareTo(window) >= 0) {
            throw new IllegalArgumentException("sharpWindow must be positive and less than window, was " + sharpWindow);
        }
    }

    /**
     * YELLOW from 7 % {@code some}, or a quarter of a tenth of a second, RED from 40 % {@code some} or 10 % {@code full}, over at least one second.
     *
     * @return the defaults
     */
    public static StallThresholds defaults() {
        return new StallThresholds(0.07, 0.40, 0.10, 0.25, Duration.ofMillis(100), Duration.ofSeconds(1));
    }

    /**
     * The level of two shares of stalled time.
     *
     * @param someShare the share in which at least one task stood still, 0 to 1
     * @param fullShare the share in which all tasks stood still, 0 to 1
     * @return the level
     */
    public PressureLevel levelOf(double someShare, double fullShare) {
        if (fullShare >= redFullShare || someShare >= redSomeShare) {
            return PressureLevel.RED;
        }
        return someShare >= yellowSomeShare ? PressureLevel.YELLOW : PressureLevel.GREEN;
    }
}
