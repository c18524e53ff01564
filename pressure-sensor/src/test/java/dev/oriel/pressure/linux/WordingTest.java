package dev.oriel.pressure.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WordingTest {
    private static final long MEBIBYTE = 1L << 20;
    private static final long GIBIBYTE = 1L << 30;

    @Test
    void aShareHasOneDecimal() {
        assertThat(Wording.share(0)).isEqualTo("0.0 %");
        assertThat(Wording.share(0.12449)).isEqualTo("12.4 %");
        assertThat(Wording.share(0.12450)).isEqualTo("12.5 %");
        assertThat(Wording.share(0.99951)).isEqualTo("100.0 %");
        assertThat(Wording.share(1)).isEqualTo("100.0 %");
    }

    @Test
    void nothingOfNothingIsNoShare() {
        assertThat(Wording.share(0, 0)).isEqualTo("0.0 %");
        assertThat(Wording.share(1, 8)).isEqualTo("12.5 %");
    }

    @Test
    void bytesAreCountedInGibibytesFromTheFirst() {
        assertThat(Wording.bytes(MEBIBYTE / 2)).isEqualTo("0.5 MiB");
        assertThat(Wording.bytes(GIBIBYTE - MEBIBYTE)).isEqualTo("1023.0 MiB");
        assertThat(Wording.bytes(GIBIBYTE)).isEqualTo("1.0 GiB");
        assertThat(Wording.bytes(1_536 * GIBIBYTE)).isEqualTo("1536.0 GiB");
    }

    @Test
    void roundsAsAFormatDoes() {
        Random random = new Random(7);
        for (int round = 0; round < 10_000; round++) {
            double share = random.nextDouble();
            assertThat(Wording.share(share)).isEqualTo(String.format(Locale.ROOT, "%.1f %%", 100 * share));
        }
    }
}
