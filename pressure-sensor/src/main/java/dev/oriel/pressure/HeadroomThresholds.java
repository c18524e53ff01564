package dev.oriel.pressure;

/**
 * How much room must be left of a whole, as a share of it. On a huge whole the share would ask for far more than anyone
 * needs, so an absolute amount caps what is asked: with 1 TiB installed, 200 GiB available is not scarce.
 *
 * @param yellowShare below this share of the whole the level is YELLOW; between {@code redShare} and 1
 * @param redShare below this share of the whole the level is RED; more than 0
 * @param yellowAtMostBytes with this many bytes left the level is never YELLOW, whatever the share
 * @param redAtMostBytes with this many bytes left the level is never RED, whatever the share
 */
public record HeadroomThresholds(double yellowShare, double redShare, long yellowAtMostBytes, long redAtMostBytes) {

    private static final long GIBIBYTE = 1L << 30;

    /** Checks that YELLOW comes before RED. */
    public HeadroomThresholds {
        if (!(0 < redShare && redShare < yellowShare && yellowShare < 1)) {
            throw new IllegalArgumentException(
                    "shares must obey 0 < redShare < yellowShare < 1, were " + redShare + " and " + yellowShare);
        }
        if (!(0 < redAtMostBytes && redAtMostBytes < yellowAtMostBytes)) {
            throw new IllegalArgumentException("bytes must obey 0 < redAtMostBytes < yellowAtMostBytes, were "
                    + redAtMostBytes + " and " + yellowAtMostBytes);
        }
    }

    /**
     * YELLOW below 20 %, RED below 10 %; from 80 GiB upwards 16 GiB and 8 GiB.
     *
     * @return the defaults
     */
    public static HeadroomThresholds defaults() {
        return new HeadroomThresholds(0.20, 0.10, 16 * GIBIBYTE, 8 * GIBIBYTE);
    }

    /**
     * The level of a whole of which some is left.
     *
     * @param leftBytes what is left
     * @param wholeBytes the whole
     * @return the level
     */
    public PressureLevel levelOf(long leftBytes, long wholeBytes) {
        if (leftBytes <= 0 || leftBytes < redLine(wholeBytes)) {
            return PressureLevel.RED;
        }
        return leftBytes < yellowLine(wholeBytes) ? PressureLevel.YELLOW : PressureLevel.GREEN;
    }

    /**
     * How many more bytes can go before the level turns worse.
     *
     * @param leftBytes what is left
     * @param wholeBytes the whole
     * @return the margin; {@link Long#MAX_VALUE} if the level is RED already, which nothing can make worse
     */
    public long marginBytes(long leftBytes, long wholeBytes) {
        return switch (levelOf(leftBytes, wholeBytes)) {
            case GREEN -> leftBytes - yellowLine(wholeBytes);
            case YELLOW -> leftBytes - redLine(wholeBytes);
            case RED -> Long.MAX_VALUE;
        };
    }

    private long yellowLine(long wholeBytes) {
        return Math.min((long) (wholeBytes * yellowShare), yellowAtMostBytes);
    }

    private long redLine(long wholeBytes) {
        return Math.min((long) (wholeBytes * redShare), redAtMostBytes);
    }
}
