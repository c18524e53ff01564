package dev.oriel.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SamplesTest {

    private final Samples oneToHundred = new Samples(
            IntStream.rangeClosed(1, 100).mapToObj(value -> 101.0 - value).toList());

    @Test
    void takesThePercentileByNearestRank() {
        assertThat(oneToHundred.median()).isEqualTo(50);
        assertThat(oneToHundred.percentile(99)).isEqualTo(99);
        assertThat(oneToHundred.percentile(100)).isEqualTo(oneToHundred.max()).isEqualTo(100);
    }

    @Test
    void neverInventsAValue() {
        Samples few = new Samples(List.of(3.0, 1.0, 8.0, 4.0));
        assertThat(few.median()).isEqualTo(3);
        assertThat(few.percentile(99)).isEqualTo(8);
        assertThat(few.percentile(1)).isEqualTo(1);
    }

    @Test
    void givesTheOnlyValueForEveryPercentile() {
        Samples one = new Samples(List.of(7.0));
        assertThat(one.percentile(1)).isEqualTo(one.percentile(100)).isEqualTo(7);
        assertThat(one.count()).isOne();
    }

    @Test
    void refusesWhatHasNoAnswer() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Samples(List.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> oneToHundred.percentile(0))
                .withMessage("percent must be from 1 to 100, was 0");
        assertThatIllegalArgumentException().isThrownBy(() -> oneToHundred.percentile(101));
    }
}
