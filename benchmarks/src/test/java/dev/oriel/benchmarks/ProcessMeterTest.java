package dev.oriel.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProcessMeterTest {

    private static final long ABOVE_ALL_PIDS = 4_194_305;

    @Test
    void countsTheWorkOfAProcess() {
        ProcessMeter meter = new ProcessMeter(ProcessHandle.current().pid());
        double before = meter.cpuMillis();
        long end = System.nanoTime() + Duration.ofMillis(20).toNanos();
        int sum = 0;
        while (System.nanoTime() < end) {
            sum++;
        }
        assertThat(sum).isPositive();
        assertThat(meter.cpuMillis()).isGreaterThan(before);
    }

    @Test
    void saysThatAProcessIsGone() {
        assertThatThrownBy(() -> new ProcessMeter(ABOVE_ALL_PIDS).cpuMillis())
                .isInstanceOf(BenchmarkFailedException.class)
                .hasMessage("process 4194305 has ended");
    }

    @Test
    void addsUpTheMappingsOfAName() {
        String maps = """
                7f1a2c000000-7f1a2c080000 rw-s 00000000 00:01 2051                       /memfd:oriel-pixels (deleted)
                Size:                512 kB
                Rss:                 480 kB
                Pss:                 240 kB
                Pss_Dirty:           240 kB
                7f1a2d000000-7f1a2d200000 rw-p 00000000 00:00 0
                Rss:                2048 kB
                Pss:                2048 kB
                7f1a2e000000-7f1a2e080000 rw-s 00000000 00:01 2052                       /memfd:oriel-pixels (deleted)
                Rss:                  32 kB
                Pss:                  16 kB
                """;
        assertThat(ProcessMeter.kilobytes(maps, "memfd:oriel-", "Pss")).isEqualTo(256);
        assertThat(ProcessMeter.kilobytes(maps, "memfd:oriel-", "Rss")).isEqualTo(512);
        assertThat(ProcessMeter.kilobytes(maps, "memfd:other", "Pss")).isZero();
    }

    @Test
    void findsOneLineOfMany() {
        String rollup = """
                55d0c0a00000-7ffd1c5f2000 ---p 00000000 00:00 0                          [rollup]
                Rss:              134528 kB
                Pss:              121901 kB
                Pss_Anon:         110000 kB
                """;
        assertThat(ProcessMeter.kilobytes(rollup, "Rss")).isEqualTo(134528);
        assertThat(ProcessMeter.kilobytes(rollup, "Pss")).isEqualTo(121901);
        assertThatThrownBy(() -> ProcessMeter.kilobytes(rollup, "Swap")).hasMessage("the kernel tells no Swap");
    }
}
