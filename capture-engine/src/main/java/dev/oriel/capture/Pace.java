package dev.oriel.capture;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** When one space was captured, refused and damaged, and so when it is its turn again. Times are nanoseconds of one clock. */
final class Pace {

    static final Duration RETRY_AFTER_REFUSAL = Duration.ofMillis(250);

    /** How long damage may lie untaken; while it does, further changes cannot be seen. */
    static final Duration LONGEST_UNTAKEN = Duration.ofMillis(500);

    private @Nullable Long capturedAt;
    private @Nullable Long refusedAt;
    private @Nullable Long damagedAt;

    void captured(long now) {
        capturedAt = now;
        refusedAt = null;
    }

    void refused(long now) {
        refusedAt = now;
    }

    /** Nanoseconds until it may be captured; a picture that nobody was shown yet does not wait for the interval. */
    long untilCapture(Duration interval, boolean shown, long now) {
        long untilRetry = left(refusedAt, RETRY_AFTER_REFUSAL, now);
        return shown ? Math.max(untilRetry, left(capturedAt, interval, now)) : untilRetry;
    }

    /** Notes that there is damage; false if that was known. */
    boolean damaged(long now) {
        boolean isNews = damagedAt == null;
        if (isNews) {
            damagedAt = now;
        }
        return isNews;
    }

    void damageTaken() {
        damagedAt = null;
    }

    /** Nanoseconds until the damage has lain untaken for too long. */
    long untilTaking(long now) {
        return left(damagedAt, LONGEST_UNTAKEN, now);
    }

    private static long left(@Nullable Long since, Duration duration, long now) {
        return since == null ? 0 : duration.toNanos() - (now - since);
    }
}
