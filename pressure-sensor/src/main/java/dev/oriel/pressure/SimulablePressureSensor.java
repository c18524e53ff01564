package dev.oriel.pressure;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A sensor that can be made to see pressure that is not there, to try things out. The worse of the real level and the
 * simulated one counts: a simulation never hides real pressure. It begins and ends at once, without a dwell.
 *
 * <p>What a simulation brings about is signalled on the thread that begins or ends it; where its time ends it, on that
 * of the scheduler.
 */
public interface SimulablePressureSensor extends PressureSensor {

    /**
     * Begins a simulation, in place of the one that may be going on. Does nothing once the sensor is closed.
     *
     * @param level the level
     * @param time for how long; positive
     */
    void simulate(PressureLevel level, Duration time);

    /** Ends the simulation that is going on, if there is one. */
    void endSimulation();

    /**
     * The simulation that is going on.
     *
     * @return the simulation, or empty if there is none
     */
    Optional<Simulation> simulated();

    /**
     * A simulation.
     *
     * @param level the level
     * @param endsAt when it ends by itself
     */
    record Simulation(PressureLevel level, Instant endsAt) {

        /** Checks that nothing is null. */
        public Simulation {
            Objects.requireNonNull(level, "level");
            Objects.requireNonNull(endsAt, "endsAt");
        }
    }
}
