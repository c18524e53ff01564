package dev.oriel.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
        CountDownLatch go = new CountDownLatch(1);
        Thread waiting = new Thread(
                () -> {
                    try {
                        hasName.countDown();
                        go.await();
                        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(200);
                        while (System.nanoTime() < end) {
                            Thread.onSpinWait();
                        }
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
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
            Thread.sleep(50);
            go.countDown();
            waiting.join();

            assertThat(watches.get(0).waits().longest(start, System.nanoTime()))
                    .isGreaterThan(TimeUnit.MILLISECONDS.toNanos(20));
        } finally {
            watches.forEach(BlockedThread::close);
        }
    }
}
