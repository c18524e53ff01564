package dev.oriel.benchmarks;

import java.math.BigDecimal;

/**
 * What a figure should be.
 *
 * @param bound which way it may differ from the limit
 * @param met whether the figure keeps to it
 */
record Target(Bound bound, double limit, boolean met) {

    /** Which side of the limit is good. */
    enum Bound {
        AT_MOST("≤"),
        AT_LEAST("≥");

        private final String sign;

        Bound(String sign) {
            this.sign = sign;
        }
    }

    /** For people. */
    String text() {
        String plain = BigDecimal.valueOf(limit).stripTrailingZeros().toPlainString();
        return bound.sign + " " + plain + (met ? ", met" : ", MISSED");
    }
}
