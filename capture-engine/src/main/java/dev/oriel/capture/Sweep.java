package dev.oriel.capture;

import java.time.Duration;
import java.util.BitSet;

/*
 * Damage can get lost: some drivers and direct rendering tell of none. So what is watched is read again now and then, a
 * part at a time, and compared: soon where something happens, seldom where nothing does.
 */
/** When which bands of a space are verified. Belongs to the thread of its source; times are nanoseconds of one clock. */
final class Sweep {

    /** How long it takes to go through a space that changed a moment ago. */
    static final Duration LIVELY_ROUND = Duration.ofMillis(800);

    /** How long it takes to go through a space that has been still for a while. */
    static final Duration STILL_ROUND = Duration.ofSeconds(28);

    /** How long a space counts as changed a moment ago. */
    static final Duration LIVELY = Duration.ofSeconds(10);

    private static final int PARTS = 4;

    private final int bands;
    private long changedAt;
    private long verifiedAt;
    private int part;

    /** Begins with a space that is new, and so counts as changed. */
    Sweep(int bands, long now) {
        this.bands = bands;
        this.changedAt = now;
        this.verifiedAt = now;
    }

    void changed(long now) {
        changedAt = now;
    }

    /** Nanoseconds until the next part is due. */
    long untilDue(long now) {
        Duration round = now - changedAt < LIVELY.toNanos() ? LIVELY_ROUND : STILL_ROUND;
        return round.toNanos() / PARTS - (now - verifiedAt);
    }

    /** The next part, which is verified now. */
    void next(BitSet into, long now) {
        into.set(bands * part / PARTS, bands * (part + 1) / PARTS);
        part = (part + 1) % PARTS;
        verifiedAt = now;
    }
}
