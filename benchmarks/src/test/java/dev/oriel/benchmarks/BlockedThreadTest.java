package dev.oriel.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class BlockedThreadTest {

    @Test
    void whoRunsOrWaitsForSocketsIsNotBlocked() {
        assertThat(BlockedThread.isBlocked("running\n")).isFalse();
        assertThat(BlockedThread.isBlocked("441 0x1a 0x7f 0x400 0x0 0x0 0x0 0x7ffd 0x7f\n"))
                .isFalse();
        assertThat(BlockedThread.isBlocked("202 0x7f 0x80 0x0 0x0 0x0 0x0 0x7ffd 0x7f\n"))
                .isTrue();
        assertThat(BlockedThread.isBlocked("-1 0x7ffd 0x7f\n")).as("a page").isTrue();
    }

    @Test
    void seesHowLongAThreadWaits() throws IOException, InterruptedException {
        CountDownLatch hasName = new CountDownLatch(1);
        CountDownLatch wait = new CountDownLatch(1);
        AtomicBoolean isSeen = new AtomicBoolean();
        Thread waiting = new Thread(
                () -> {
                    hasName.countDown();
                    awaitUninterruptibly(wait);
                    while (!isSeen.get()) {
                        Thread.onSpinWait();
                    }
                },
                "waits-for-long-and-more");
        waiting.start();
        hasName.await();
        long start = System.nanoTime();
        List<BlockedThread> watches =
                BlockedThread.watch(ProcessHandle.current().pid(), "waits-for-long-and-more");
        try {
            assertThat(watches).hasSize(1);
            pass(start + TimeUnit.MILLISECONDS.toNanos(50));
            wait.countDown();
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
            while (longest(watches, start) == 0 && System.nanoTime() < deadline) {
                pass(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(1));
            }

            assertThat(longest(watches, start)).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(20));
        } finally {
            isSeen.set(true);
            watches.forEach(BlockedThread::close);
        }
    }

    private static long longest(List<BlockedThread> watches, long start) {
        return watches.get(0).waits().longest(start, System.nanoTime());
    }

    private static void pass(long untilNanoTime) {
        while (System.nanoTime() < untilNanoTime) {
            LockSupport.parkNanos(untilNanoTime - System.nanoTime());
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
