package dev.oriel.pressure;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import reactor.test.scheduler.VirtualTimeScheduler;

/** A scheduler, a nanosecond count and a clock that all stand still until told to go on. */
final class VirtualTime extends Clock {
    private final VirtualTimeScheduler scheduler = VirtualTimeScheduler.create();

    VirtualTimeScheduler scheduler() {
        return scheduler;
    }

    long nanoTime() {
        return scheduler.now(NANOSECONDS);
    }

    void advance(Duration duration) {
        scheduler.advanceTimeBy(duration);
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
