package dev.oriel.cache;

/*
 * Who wants a lower limit must first have something released. Until then the limit that counts follows what is still charged
 * down to the wanted one, a little above it, so that others need not wait for all of it.
 */
/** Counts bytes against a limit. The check and the charge are one step, so that no charge ever goes over the limit. */
final class Budget {

    /** While more is charged than is wanted, so much may be charged beside what is left. */
    static final long ROOM_WHILE_SHRINKING_BYTES = 4 * 1024 * 1024;

    private long wantedBytes;
    private long limitBytes;
    private long chargedBytes;

    Budget(long limitBytes) {
        resize(limitBytes);
    }

    /** What is charged beyond a lower limit stays charged until it is released. */
    synchronized void resize(long newLimitBytes) {
        if (newLimitBytes <= 0) {
            throw new IllegalArgumentException("the budget must be positive, was " + newLimitBytes);
        }
        wantedBytes = newLimitBytes;
        limitBytes = Math.max(limitBytes, wantedBytes);
        follow();
    }

    private void follow() {
        limitBytes = chargedBytes <= wantedBytes
                ? wantedBytes
                : Math.min(limitBytes, chargedBytes + ROOM_WHILE_SHRINKING_BYTES);
    }

    /** Nothing is charged any more until less is charged than is wanted. */
    synchronized void settle() {
        limitBytes = wantedBytes;
    }

    /** What is charged beyond the limit that is wanted. */
    synchronized long excess() {
        return Math.max(0, chargedBytes - wantedBytes);
    }

    /** A charge that is not positive gives bytes back and always succeeds. */
    synchronized boolean tryCharge(long bytes) {
        if (bytes > 0 && bytes > limitBytes - chargedBytes) {
            return false;
        }
        chargedBytes += bytes;
        follow();
        return true;
    }

    synchronized void release(long bytes) {
        if (bytes > chargedBytes) {
            throw new IllegalStateException(bytes + " bytes were released, but only " + chargedBytes + " are charged");
        }
        chargedBytes -= bytes;
        follow();
    }

    /** What has to be released first so that so many bytes can be charged. */
    synchronized long missing(long bytes) {
        return Math.max(0, bytes - (limitBytes - chargedBytes));
    }

    /** With the limit that is wanted. */
    synchronized Reading read() {
        return new Reading(wantedBytes, chargedBytes);
    }

    /** Both figures of one moment. */
    record Reading(long limitBytes, long chargedBytes) {}
}
