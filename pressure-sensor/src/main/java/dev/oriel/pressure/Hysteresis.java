package dev.oriel.pressure;

import java.time.Duration;

/**
 * Believes a worse level at once and a better one slowly. A level is left only when every reading for a whole dwell was
 * better than it, counted from the first better reading; where it then goes is the worst level read during that dwell.
 *
 * <pre>
 * read     G  R  Y  G  G  G  G  G  G
 * believed G  R  R  R  R  Y  G  G  G     (dwell of three readings)
 * </pre>
 *
 * <p>Time is a monotonic count of nanoseconds with any origin. Not thread-safe.
 */
final class Hysteresis {
    private final long dwellNanos;
    private final Hold yellow = new Hold();
    private final Hold red = new Hold();

    Hysteresis(Duration dwell) {
        dwellNanos = dwell.toNanos();
    }

    /** Takes in one reading and returns what to believe now. */
    PressureLevel accept(PressureLevel read, long nowNanos) {
        yellow.accept(read.isAtLeast(PressureLevel.YELLOW), nowNanos);
        red.accept(read.isAtLeast(PressureLevel.RED), nowNanos);
        return level();
    }

    /** Forgets how long readings have been better: while nothing can be seen, nothing gets better. */
    void interrupt() {
        yellow.easing = false;
        red.easing = false;
    }

    PressureLevel level() {
        if (red.held) {
            return PressureLevel.RED;
        }
        return yellow.held ? PressureLevel.YELLOW : PressureLevel.GREEN;
    }

    /* Whether one level is still believed. Each level keeps its own dwell, so that leaving RED for YELLOW does not cost
     * the time that the readings have been GREEN already. */
    private final class Hold {
        private boolean held;
        private boolean easing;
        private long easingSince;

        void accept(boolean reached, long nowNanos) {
            if (reached) {
                held = true;
                easing = false;
            } else if (held) {
                ease(nowNanos);
            }
        }

        private void ease(long nowNanos) {
            if (!easing) {
                easing = true;
                easingSince = nowNanos;
            }
            held = nowNanos - easingSince < dwellNanos;
        }
    }
}
