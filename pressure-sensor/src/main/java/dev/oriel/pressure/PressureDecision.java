package dev.oriel.pressure;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One change of the level that a sensor believes, and all that it rests on: whoever has this record can have it decided
 * once more.
 *
 * @param at when
 * @param from the level before; empty if it was unknown
 * @param to the level from now on; empty if it is unknown
 * @param reason one line for a person, such as {@code cgroup: 9.1 % left of 1.0 GiB in /box}
 * @param reading what every source said; empty if the sensor is told its levels instead of reading them
 * @param steps the looks since the decision before that changed what the sensor believes or remembers, oldest first; the
 *     newest few hundred if there were more
 * @param start what the sensor believed and remembered before the first of these
 * @param dwell how long an outlook must have been better than the level until that is
 * @param settle how long after a turn for the worse a mere forecast does not bring about another
 * @param simulated the level that was simulated at that time; it counts where it is the worse one
 */
public record PressureDecision(
        Instant at,
        Optional<PressureLevel> from,
        Optional<PressureLevel> to,
        String reason,
        Optional<PressureReading> reading,
        List<LevelStep> steps,
        LevelState start,
        Duration dwell,
        Duration settle,
        Optional<PressureLevel> simulated) {

    /** Copies the steps. */
    public PressureDecision {
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(reading, "reading");
        steps = List.copyOf(steps);
        Objects.requireNonNull(start, "start");
        Objects.requireNonNull(dwell, "dwell");
        Objects.requireNonNull(settle, "settle");
        Objects.requireNonNull(simulated, "simulated");
    }

    /**
     * Decides once more, from the steps alone.
     *
     * @return the level, the same as {@code to}
     */
    public Optional<PressureLevel> replayed() {
        LevelMachine machine = new LevelMachine(dwell, settle);
        LevelState state = start;
        for (LevelStep step : steps) {
            state = machine.next(state, step);
        }
        return worse(state.level(), simulated);
    }

    /** The worse of two levels; the other one if one is not known. */
    static Optional<PressureLevel> worse(Optional<PressureLevel> one, Optional<PressureLevel> other) {
        return Stream.of(one, other).flatMap(Optional::stream).max(Comparator.naturalOrder());
    }
}
