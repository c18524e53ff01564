package dev.oriel.capture.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class SystemTimeTest {

    private static final long FOREVER = Long.MAX_VALUE;

    private final SystemTime time = new SystemTime();

    @Test
    void wakeEndsTheNextSleep() {
        time.wake();

        time.sleep(FOREVER);
    }

    @Test
    void wakeFromAnotherThreadEndsTheSleep() throws InterruptedException {
        Thread sleeper = new Thread(() -> time.sleep(FOREVER));
        sleeper.start();

        time.wake();

        sleeper.join();
    }

    @Test
    void sleepsAtLeastAsLongAsItWasTold() {
        long before = time.nanos();

        time.sleep(1_000_000);

        assertThat(time.nanos() - before).isGreaterThanOrEqualTo(1_000_000);
    }

    @Test
    void anInterruptedThreadDoesNotSleep() {
        Thread.currentThread().interrupt();

        time.sleep(FOREVER);

        assertThat(Thread.interrupted()).isTrue();
    }
}
