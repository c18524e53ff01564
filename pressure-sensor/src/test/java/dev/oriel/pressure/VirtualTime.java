package dev.oriel.pressure;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import reactor.test.scheduler.VirtualTimeScheduler;

/**
 * A nanosecond count, a clock and a scheduler that all stand still until the test lets them go on. A thread may live in
 * this time: it waits here, and {@link #advance} returns when that thread has done all that there was to do and waits
 * again.
 */
final class VirtualTime extends Clock {
    private static final long PATIENCE_NANOS = Duration.ofSeconds(10).toNanos();

    private final VirtualTimeScheduler scheduler = VirtualTimeScheduler.create();
    private boolean lived;
    private boolean waiting;
    private boolean heeding;
    private boolean ended;
    private boolean noticed;
    private boolean woken;
    private long until;
    private long now;
    private long granted;
    private long offset;

    VirtualTimeScheduler scheduler() {
        return scheduler;
    }

    /** A thread is going to live in this time, from now until it says that it ends. */
    synchronized void live() {
        lived = true;
    }

    synchronized void end() {
        ended = true;
        notifyAll();
    }

    synchronized boolean hasEnded() {
        return ended;
    }

    synchronized long nanoTime() {
        return now + offset;
    }

    /** Lets time go on. */
    void advance(Duration duration) {
        synchronized (this) {
            granted += duration.toNanos();
            settle();
            now = granted;
        }
        scheduler.advanceTimeBy(duration);
    }

    /** Changes what the clocks show, without letting time go on. */
    synchronized void jump(Duration duration) {
        offset += duration.toNanos();
    }

    /** Ends the wait of the thread, as a notice of the kernel does. */
    synchronized void notice() {
        noticed = true;
        settle();
    }

    synchronized void wake() {
        woken = true;
        notifyAll();
    }

    /** Waits for so long, for a notice or to be woken; true for a notice. */
    synchronized boolean await(long nanos) {
        waitUntil(now + nanos, true);
        boolean came = noticed;
        noticed = false;
        return came;
    }

    /** Waits for so long, whatever comes. */
    synchronized void pass(long nanos) {
        waitUntil(now + nanos, false);
    }

    private void waitUntil(long target, boolean endsEarly) {
        until = target;
        heeding = endsEarly;
        waiting = true;
        notifyAll();
        while (!woken && !(endsEarly && noticed) && until > granted) {
            waitForTheOther();
        }
        if (!woken && !(endsEarly && noticed)) {
            now = Math.max(now, until);
        }
        waiting = false;
    }

    private void settle() {
        notifyAll();
        long patientUntil = System.nanoTime() + PATIENCE_NANOS;
        while (lived && !ended && !(waiting && until > granted && !(noticed && heeding))) {
            if (System.nanoTime() - patientUntil > 0) {
                throw new AssertionError("the thread in this time does not come to rest");
            }
            waitForTheOther();
        }
    }

    private void waitForTheOther() {
        try {
            wait(1_000);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public Instant instant() {
        return Instant.EPOCH.plusNanos(nanoTime());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
