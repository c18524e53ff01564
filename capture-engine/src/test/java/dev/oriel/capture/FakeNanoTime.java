package dev.oriel.capture;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Passes when a test says so. Begins close to where the numbers wrap around, for {@link System#nanoTime()} may be anywhere. */
final class FakeNanoTime implements LongSupplier {

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000_000);

    void pass(Duration duration) {
        nanos.addAndGet(duration.toNanos());
    }

    @Override
    public long getAsLong() {
        return nanos.get();
    }
}
