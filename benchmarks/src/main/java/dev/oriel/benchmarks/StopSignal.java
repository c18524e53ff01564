package dev.oriel.benchmarks;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Whether somebody wants an end, and waiting that ends when somebody does. */
final class StopSignal {

    static final String REASON = "it was stopped";

    private final CountDownLatch requested = new CountDownLatch(1);

    void request() {
        requested.countDown();
    }

    boolean isRequested() {
        return requested.getCount() == 0;
    }

    /**
     * Waits until a time of {@link System#nanoTime}.
     *
     * @throws BenchmarkFailedException if an end is wanted
     */
    void awaitTime(long nanoTime) throws InterruptedException {
        if (requested.await(Math.max(0, nanoTime - System.nanoTime()), TimeUnit.NANOSECONDS)) {
            throw new BenchmarkFailedException(REASON);
        }
    }

    /**
     * Waits so long.
     *
     * @throws BenchmarkFailedException if an end is wanted
     */
    void pause(Duration time) throws InterruptedException {
        awaitTime(System.nanoTime() + time.toNanos());
    }
}
