package dev.oriel.capture.demo;

import java.time.Duration;

/** Time that passes when a test says so, or at once when somebody sleeps. */
final class FakeTime implements DemoTime {

    // Close to where the numbers wrap around, for System.nanoTime() may be anywhere.
    private long nanos = Long.MAX_VALUE - 1_000;
    private boolean awake;

    void pass(Duration duration) {
        nanos += duration.toNanos();
    }

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public void sleep(long duration) {
        if (!awake) {
            nanos += duration;
        }
        awake = false;
    }

    @Override
    public void wake() {
        awake = true;
    }
}
