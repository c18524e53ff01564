package dev.oriel.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StallTotalTest {

    private static long parse(String text) {
        return StallTotal.parse(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void readsTheTotalOfTheFirstLine() {
        assertThat(parse("""
                some avg10=3.54 avg60=1.86 avg300=1.25 total=184224461
                full avg10=0.00 avg60=0.29 avg300=0.35 total=103116441
                """)).isEqualTo(184_224_461);
        assertThat(parse("some avg10=0.00 avg60=0.00 avg300=0.00 total=0\n")).isZero();
    }

    @Test
    void refusesAnotherText() {
        assertThatThrownBy(() -> parse("full avg10=0.00 avg60=0.00 avg300=0.00 total=7\n"))
                .isInstanceOf(BenchmarkFailedException.class)
                .hasMessageContaining("the kernel tells no stalls: \"full avg10");
        assertThatThrownBy(() -> parse("some avg10=0.00\nfull total=7\n")).hasMessageContaining("tells no stalls");
        assertThatThrownBy(() -> parse("")).hasMessageContaining("tells no stalls");
    }
}
