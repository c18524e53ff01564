package dev.oriel.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ProcessMeterTest {

    @Test
    void addsUserAndSystemTime() {
        String stat = "4242 (java) S 1 4242 4242 0 -1 4194304 41234 0 12 0 731 48 0 0 20 0 31 0 123456 3456789504 38912"
                + " 18446744073709551615 1 1 0 0 0 0 0 0 0 0 0 0 17 1 0 0 0 0 0 0 0 0 0 0 0 0 0\n";
        assertThat(ProcessMeter.ticks(stat)).isEqualTo(779);
    }

    @Test
    void readsANameWithSpacesAndBrackets() {
        assertThat(ProcessMeter.ticks("7 (a) b (c)) R 1 7 7 0 -1 0 0 0 0 0 5 6 0 0 20 0 1 0 9 0 0\n"))
                .isEqualTo(11);
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
