package dev.oriel.pressure.linux;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns totals that only ever grow into the stalls of the newest stretch of time. The stretch reaches back to the newest
 * look that is at least a window old; right after the start, when no look is that old, the time before the first counts
 * as free of stalls.
 */
final class StallWindow {
    /* More looks than this within a window are not expected; the oldest then gives way. */
    private static final int MAX_LOOKS = 64;

    private final long windowNanos;
    private final Deque<Look> withinWindow = new ArrayDeque<>();
    private @Nullable Look start;

    StallWindow(Duration window) {
        windowNanos = window.toNanos();
    }

    /** Takes in what was read now; empty the first time, when there is nothing to compare with. */
    Optional<Stall> add(StallTotals totals, long nowNanos) {
        Look now = new Look(totals, nowNanos);
        if (start == null || totals.isBehind(newest(start).totals)) {
            withinWindow.clear();
            start = now;
            return Optional.empty();
        }
        start = moveUp(start, nowNanos);
        withinWindow.addLast(now);
        return Optional.of(now.stallSince(start, windowNanos));
    }

    private Look newest(Look otherwise) {
        Look newest = withinWindow.peekLast();
        return newest == null ? otherwise : newest;
    }

    private Look moveUp(Look from, long nowNanos) {
        Look moved = from;
        while (!withinWindow.isEmpty()
                && (withinWindow.size() == MAX_LOOKS || nowNanos - withinWindow.getFirst().atNanos >= windowNanos)) {
            moved = withinWindow.removeFirst();
        }
        return moved;
    }

    private record Look(StallTotals totals, long atNanos) {

        Stall stallSince(Look start, long windowNanos) {
            return new Stall(
                    totals.someMicros() - start.totals.someMicros(),
                    totals.fullMicros() - start.totals.fullMicros(),
                    NANOSECONDS.toMicros(Math.max(windowNanos, atNanos - start.atNanos)));
        }
    }
}
