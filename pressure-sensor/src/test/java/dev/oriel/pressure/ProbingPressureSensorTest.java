package dev.oriel.pressure;

import static dev.oriel.pressure.PressureLevel.GREEN;
import static dev.oriel.pressure.PressureLevel.RED;
import static dev.oriel.pressure.PressureLevel.YELLOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ProbingPressureSensorTest {
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final VirtualTime time = new VirtualTime();
    private final ScriptedProbe probe = new ScriptedProbe(time);
    private final PressureSensor sensor = open(PressureSensorSettings.defaults());

    private final List<PressureLevel> levels = new ArrayList<>();
    private final List<PressureStatus> statuses = new ArrayList<>();

    private PressureSensor open(PressureSensorSettings settings) {
        return ProbingPressureSensor.open(probe, settings, time.scheduler(), time::nanoTime, time);
    }

    private void listen() {
        sensor.levels().subscribe(levels::add);
        sensor.statuses().subscribe(statuses::add);
    }

    @AfterEach
    void close() {
        sensor.close();
    }

    @Nested
    class Contract extends PressureSensorContract {
        private final VirtualTime contractTime = new VirtualTime();
        private final ScriptedProbe contractProbe = new ScriptedProbe(contractTime);
        private final PressureSensor believing = ProbingPressureSensor.open(
                contractProbe,
                PressureSensorSettings.defaults().withRelaxAfter(Duration.ZERO),
                contractTime.scheduler(),
                contractTime::nanoTime,
                contractTime);

        @Override
        PressureSensor sensor() {
            return believing;
        }

        @Override
        void see(PressureLevel level) {
            contractProbe.says(level);
            contractTime.advance(INTERVAL);
        }
    }

    @Test
    void worsensAtTheNextProbeAndRelaxesAfterTheDwell() {
        listen();
        time.advance(INTERVAL);
        probe.says(RED);
        time.advance(INTERVAL);
        assertThat(levels).containsExactly(GREEN, RED);
        probe.says(YELLOW);
        time.advance(Duration.ofMillis(5_400));
        assertThat(levels).containsExactly(GREEN, RED);
        time.advance(Duration.ofMillis(100));
        assertThat(levels).containsExactly(GREEN, RED, YELLOW);
    }

    @Test
    void tellsSinceWhenALevelHasHeld() {
        listen();
        time.advance(INTERVAL.multipliedBy(3));
        probe.says(RED, "bad");
        time.advance(INTERVAL);
        probe.says(RED, "worse");
        time.advance(INTERVAL);
        PressureStatus last = statuses.get(statuses.size() - 1);
        assertThat(last.level()).contains(RED);
        assertThat(last.since()).isEqualTo(Instant.EPOCH.plusSeconds(20));
        assertThat(last.reading().orElseThrow().sources().get(0).evidence()).isEqualTo("worse");
    }

    @Test
    void repeatsAnUnchangedStatusOncePerIntervalThoughItProbesMoreOften() {
        probe.says(RED);
        time.advance(INTERVAL);
        int probesBefore = probe.askedAtMillis.size();
        listen();
        time.advance(INTERVAL.multipliedBy(4));
        assertThat(probe.askedAtMillis.size() - probesBefore).isEqualTo(40);
        assertThat(statuses).hasSize(1 + 4);
    }

    @Test
    void whenEverySourceIsMissingTheLevelIsUnknownAndTheStatusSaysWhy() {
        listen();
        probe.saysNothing("psi: not there");
        time.advance(INTERVAL);
        PressureStatus last = statuses.get(statuses.size() - 1);
        assertThat(last.level()).isEmpty();
        assertThat(last.reading().orElseThrow().absent()).containsExactly("psi: not there");
        probe.says(GREEN);
        time.advance(INTERVAL);
        assertThat(statuses.get(statuses.size() - 1).level()).contains(GREEN);
        assertThat(levels)
                .as("a level that is unknown for a while is no other level")
                .containsExactly(GREEN);
    }

    @Test
    void goesOnWhenAProbeThrows() {
        listen();
        time.advance(Duration.ZERO);
        probe.throwsWhenAsked(new IllegalStateException("broken"));
        time.advance(INTERVAL);
        assertThat(statuses.get(statuses.size() - 1).level()).isEqualTo(Optional.empty());
        assertThat(statuses.get(statuses.size() - 1).reading().orElseThrow().absent())
                .singleElement()
                .asString()
                .contains("broken");
        probe.says(YELLOW);
        time.advance(INTERVAL);
        assertThat(levels).endsWith(YELLOW);
    }

    @Test
    void doesNotDriftByTheTimeThatProbesTake() {
        time.advance(Duration.ofSeconds(60));
        assertThat(probe.askedAtMillis).startsWith(0L, 5_000L, 10_000L, 15_000L).hasSize(13);
    }

    @Test
    void stopsProbingWhenClosed() {
        time.advance(INTERVAL);
        sensor.close();
        int asked = probe.askedAtMillis.size();
        time.advance(INTERVAL.multipliedBy(3));
        assertThat(probe.askedAtMillis).hasSize(asked);
        assertThat(time.scheduler().isDisposed()).isTrue();
    }
}
