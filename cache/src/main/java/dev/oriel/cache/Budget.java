package dev.oriel.cache;

/** Counts bytes against a limit. The check and the charge are one step, so that no charge ever goes over the limit. */
final class Budget {

    private long limitBytes;
    private long chargedBytes;

    Budget(long limitBytes) {
        resize(limitBytes);
    }

    /** What is charged beyond a lower limit stays charged until it is released. */
    synchronized void resize(long newLimitBytes) {
        requirePositive(newLimitBytes);
        limitBytes = newLimitBytes;
    }

    private static void requirePositive(long limitBytes) {
        if (limitBytes <= 0) {
            throw new IllegalArgumentException("the budget must be positive, was " + limitBytes);
        }
    }

    /**
     * Lowers the limit so far as that leaves room beside what is charged; never raises it.
     *
     * @return what is charged beyond the limit that is wanted
     */
    synchronized long lower(long wantedLimitBytes, long roomBytes) {
        requirePositive(wantedLimitBytes);
        limitBytes = Math.min(limitBytes, Math.max(wantedLimitBytes, chargedBytes + roomBytes));
        return Math.max(0, chargedBytes - wantedLimitBytes);
    }

    /** A charge that is not positive gives bytes back and always succeeds. */
    synchronized boolean tryCharge(long bytes) {
        if (bytes > 0 && bytes > limitBytes - chargedBytes) {
            return false;
        }
        chargedBytes += bytes;
        return true;
    }

    synchronized void release(long bytes) {
        if (bytes > chargedBytes) {
            throw new IllegalStateException(bytes + " bytes were released, but only " + chargedBytes + " are charged");
        }
        chargedBytes -= bytes;
    }

    /** What has to be released first so that so many bytes can be charged. */
    synchronized long missing(long bytes) {
        return Math.max(0, bytes - (limitBytes - chargedBytes));
    }

    synchronized Reading read() {
        return new Reading(limitBytes, chargedBytes);
    }

    /** Both figures of one moment. */
    record Reading(long limitBytes, long chargedBytes) {}
}
