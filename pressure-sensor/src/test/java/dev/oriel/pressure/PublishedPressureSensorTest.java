package dev.oriel.pressure;

import static dev.oriel.pressure.PressureLevel.RED;
import static dev.oriel.pressure.PressureLevel.YELLOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.test.publisher.TestPublisher;

class PublishedPressureSensorTest extends PressureSensorContract {
    private final TestPublisher<PressureLevel> publisher = TestPublisher.create();
    private final PressureSensor sensor = PressureSensors.of(publisher);

    @Override
    PressureSensor sensor() {
        return sensor;
    }

    @Override
    void see(PressureLevel level) {
        publisher.next(level);
    }

    @AfterEach
    void close() {
        sensor.close();
    }

    @Test
    void keepsTheLastLevelWhenThePublisherCompletes() {
        publisher.next(YELLOW).complete();
        assertThat(sensor.levels().next().block()).isEqualTo(YELLOW);
    }

    @Test
    void knowsNoLevelWhenThePublisherFails() {
        publisher.next(RED).error(new IllegalStateException("lost"));
        PressureStatus status = sensor.statuses().blockFirst();
        assertThat(status).isNotNull();
        assertThat(status.level()).isEmpty();
        assertThat(status.reading().orElseThrow().absent())
                .singleElement()
                .asString()
                .contains("lost");
    }

    @Test
    void aDecisionSaysThatTheLevelWasTold() {
        publisher.next(RED).error(new IllegalStateException("lost"));
        List<PressureDecision> decisions = new ArrayList<>();
        sensor.decisions().subscribe(decisions::add);
        assertThat(decisions)
                .extracting(PressureDecision::reason)
                .containsExactly("told", "the publisher of levels failed: java.lang.IllegalStateException: lost");
        assertThat(decisions.get(1).replayed()).isEmpty();
    }

    @Test
    void cancelsItsSubscriptionWhenClosed() {
        sensor.close();
        publisher.assertCancelled();
    }

    @Test
    void aFixedLevelStays() {
        try (PressureSensor fixed = PressureSensors.fixed(RED)) {
            assertThat(fixed.levels().blockFirst()).isEqualTo(RED);
            assertThat(fixed.levels().blockFirst()).isEqualTo(RED);
        }
    }
}
