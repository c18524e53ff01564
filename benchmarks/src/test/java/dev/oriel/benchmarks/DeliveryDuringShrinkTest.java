package dev.oriel.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.benchmarks.DeliveryDuringShrink.Arrivals;
import org.junit.jupiter.api.Test;

class DeliveryDuringShrinkTest {

    private final Arrivals arrivals = new Arrivals();

    @Test
    void countsOnlyPicturesThatWereSeenAfterTheChange() {
        arrivals.frame(100, 1);
        arrivals.frame(190, 2);
        arrivals.frame(210, 3);
        arrivals.frame(300, 4);
        assertThat(arrivals.firstSeenSince(200)).hasValue(3);
        assertThat(arrivals.firstSeenSince(210)).hasValue(3);
        assertThat(arrivals.firstSeenSince(301)).isEmpty();
    }
}
