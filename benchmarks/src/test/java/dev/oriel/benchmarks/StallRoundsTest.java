package dev.oriel.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.benchmarks.StallRounds.Change;
import org.junit.jupiter.api.Test;

class StallRoundsTest {

    private static Change because(String reason) {
        return new Change(2, "GREEN", "YELLOW", reason, 0);
    }

    @Test
    void readsAChangeOfTheLevel() {
        String text = """
                {"type":"transition","transition":{"number":7,"from":"GREEN","to":"RED","reason":"psi: stalled"}}""";
        assertThat(Change.of(text, 5)).isEqualTo(new Change(7, "GREEN", "RED", "psi: stalled", 5));
        assertThat(Change.of("{\"type\":\"spaces\",\"spaces\":[]}", 5)).isNull();
    }

    @Test
    void tellsStallsFromOtherReasons() {
        assertThat(because("psi: stalled some 8 % of the time, own group").isOfStalls())
                .isTrue();
        assertThat(because("psi: stalled some 8 % of the time, own group").isOfOthers())
                .isFalse();
        assertThat(because("cgroup: 9 % left of 256 MiB").isOfStalls()).isFalse();
        assertThat(because("cgroup: 9 % left of 256 MiB").isOfOthers()).isTrue();
        assertThat(because("psi: stalled; cgroup: 9 % left").isOfStalls()).isTrue();
        assertThat(because("psi: stalled; cgroup: 9 % left").isOfOthers()).isTrue();
        assertThat(because("cgroup falls by 90 MiB a second and would be RED in 250 ms")
                        .isOfStalls())
                .isFalse();
    }
}
