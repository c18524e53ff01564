package dev.oriel.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ThreadMeterTest {

    @Test
    void readsNanosecondsOnACpu() {
        assertThat(ThreadMeter.cpuMillis("12500000 2203938 318\n")).isEqualTo(12.5);
    }

    @Test
    void readsHowOftenAThreadWaited() {
        assertThat(ThreadMeter.waits("Name:\tx\nvoluntary_ctxt_switches:\t318\nnonvoluntary_ctxt_switches:\t7\n"))
                .isEqualTo(318);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void findsAThreadByTheNameThatTheKernelKnows() throws IOException, InterruptedException {
        CountDownLatch ready = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        Thread thread = new Thread(
                () -> {
                    ready.countDown();
                    try {
                        end.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "a-name-of-many-letters");
        thread.start();
        ready.await();
        long pid = ProcessHandle.current().pid();
        assertThat(ThreadMeter.find(pid, "a-name-of-many-letters").cpuMillis()).isNotNegative();
        end.countDown();
        thread.join();
        assertThatThrownBy(() -> ThreadMeter.find(pid, "nobody"))
                .isInstanceOf(BenchmarkFailedException.class)
                .hasMessage("process " + pid + " has no thread \"nobody\"");
    }
}
