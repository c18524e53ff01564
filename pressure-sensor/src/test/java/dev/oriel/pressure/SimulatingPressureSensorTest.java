package dev.oriel.pressure;

import static dev.oriel.pressure.PressureLevel.GREEN;
import static dev.oriel.pressure.PressureLevel.RED;
import static dev.oriel.pressure.PressureLevel.YELLOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.oriel.pressure.SimulablePressureSensor.Simulation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.test.publisher.TestPublisher;

class SimulatingPressureSensorTest extends PressureSensorContract {
    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

    private final VirtualTime time = new VirtualTime();
    private final TestPublisher<PressureLevel> real = TestPublisher.create();
    private final SimulatingPressureSensor sensor =
            SimulatingPressureSensor.open(PublishedPressureSensor.open(real, time), time.scheduler(), time);

    private final List<PressureLevel> levels = new ArrayList<>();
    private final List<PressureStatus> statuses = new ArrayList<>();
    private final List<PressureDecision> decisions = new ArrayList<>();

    @Override
    PressureSensor sensor() {
        return sensor;
    }

    @Override
    void see(PressureLevel level) {
        real.next(level);
    }

    @BeforeEach
    void listen() {
        sensor.levels().subscribe(levels::add);
        sensor.statuses().subscribe(statuses::add);
        sensor.decisions().subscribe(decisions::add);
    }

    @AfterEach
    void close() {
        sensor.close();
        assertThat(decisions)
                .allSatisfy(decision -> assertThat(decision.replayed()).isEqualTo(decision.to()));
    }

    @Test
    void aSimulationCountsAtOnceAndEndsByItself() {
        see(GREEN);
        sensor.simulate(RED, TEN_SECONDS);
        assertThat(levels).containsExactly(GREEN, RED);
        assertThat(sensor.simulated()).contains(new Simulation(RED, Instant.EPOCH.plusSeconds(10)));
        time.advance(TEN_SECONDS.minusMillis(1));
        assertThat(levels).containsExactly(GREEN, RED);
        time.advance(Duration.ofMillis(1));
        assertThat(levels).containsExactly(GREEN, RED, GREEN);
        assertThat(sensor.simulated()).isEmpty();
        assertThat(decisions)
                .extracting(PressureDecision::reason)
                .containsExactly("told", "simulated RED for 10 s", "the simulation of RED is over");
        assertThat(decisions)
                .extracting(PressureDecision::simulated)
                .containsExactly(Optional.empty(), Optional.of(RED), Optional.empty());
    }

    @Test
    void theWorseOfRealAndSimulatedCounts() {
        see(GREEN);
        sensor.simulate(YELLOW, TEN_SECONDS);
        see(RED);
        see(YELLOW);
        see(GREEN);
        assertThat(levels).containsExactly(GREEN, YELLOW, RED, YELLOW);
        time.advance(TEN_SECONDS);
        assertThat(levels).containsExactly(GREEN, YELLOW, RED, YELLOW, GREEN);
        assertThat(decisions).hasSize(5);
        assertThat(decisions.get(3).reason()).isEqualTo("told");
    }

    @Test
    void saysSoWhenALevelIsLeftForTheSimulatedOne() {
        see(RED);
        sensor.simulate(YELLOW, TEN_SECONDS);
        see(GREEN);
        PressureDecision last = decisions.get(decisions.size() - 1);
        assertThat(last.to()).contains(YELLOW);
        assertThat(last.reason()).isEqualTo("told; the level is simulated");
    }

    @Test
    void aSimulatedLevelIsASourceAmongTheOthers() {
        sensor.simulate(YELLOW, TEN_SECONDS);
        PressureStatus status = statuses.get(statuses.size() - 1);
        assertThat(status.level()).contains(YELLOW);
        SourceReading source = status.reading().orElseThrow().sources().get(0);
        assertThat(source.name()).isEqualTo("simulation");
        assertThat(source.evidence()).isEqualTo("YELLOW is simulated until 1970-01-01T00:00:10Z");
        sensor.endSimulation();
        assertThat(statuses.get(statuses.size() - 1).level()).isEmpty();
    }

    @Test
    void aSimulationCanBeEndedBeforeItsTime() {
        see(GREEN);
        sensor.simulate(RED, TEN_SECONDS);
        sensor.endSimulation();
        sensor.endSimulation();
        assertThat(levels).containsExactly(GREEN, RED, GREEN);
        sensor.simulate(RED, Duration.ofSeconds(20));
        time.advance(TEN_SECONDS);
        assertThat(levels).as("the end of the first does not end the second").endsWith(RED);
    }

    @Test
    void aNewSimulationTakesThePlaceOfTheOld() {
        see(GREEN);
        sensor.simulate(RED, TEN_SECONDS);
        sensor.simulate(YELLOW, Duration.ofSeconds(20));
        assertThat(levels).containsExactly(GREEN, RED, YELLOW);
        time.advance(TEN_SECONDS);
        assertThat(levels).endsWith(YELLOW);
        time.advance(TEN_SECONDS);
        assertThat(levels).endsWith(GREEN);
    }

    @Test
    void keepsSinceWhenTheLevelHeld() {
        see(RED);
        time.advance(Duration.ofSeconds(3));
        sensor.simulate(RED, TEN_SECONDS);
        assertThat(decisions).as("no change, no decision").hasSize(1);
        assertThat(statuses.get(statuses.size() - 1).since()).isEqualTo(Instant.EPOCH);
        sensor.endSimulation();
        assertThat(statuses.get(statuses.size() - 1).since()).isEqualTo(Instant.EPOCH);
    }

    @Test
    void wantsATime() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sensor.simulate(RED, Duration.ZERO))
                .withMessage("time must be positive, was PT0S");
    }

    @Test
    void closedItClosesTheRealSensorAndSimulatesNoMore() {
        see(GREEN);
        sensor.close();
        real.assertCancelled();
        sensor.simulate(RED, TEN_SECONDS);
        assertThat(sensor.simulated()).isEmpty();
        assertThat(levels).containsExactly(GREEN);
    }

    @Test
    void completesWhenTheRealSensorIsClosed() {
        PressureSensor closed = PressureSensors.fixed(GREEN);
        try (SimulablePressureSensor simulable = PressureSensors.simulable(closed)) {
            closed.close();
            assertThat(simulable.levels().collectList().block(TEN_SECONDS)).isEmpty();
        }
    }
}
