package dev.oriel.pressure;

import reactor.core.publisher.Flux;

/**
 * Tells how short of memory the machine is, from the moment it is opened until it is closed. Safe for use by many
 * threads; whoever opened it closes it.
 *
 * <pre>{@code
 * try (PressureSensor sensor = PressureSensors.system(PressureSensorSettings.defaults())) {
 *     sensor.levels().subscribe(System.out::println);
 *     ...
 * }
 * }</pre>
 *
 * @see PressureSensors
 */
public interface PressureSensor extends AutoCloseable {

    /**
     * The level each time it changes: worse at once, better only after it has held for a while.
     *
     * <p>While the level is unknown nothing is signalled; {@link #statuses()} tells of it.
     *
     * <ul>
     *   <li><b>Temperature</b>: hot. A late subscriber gets the present level first, if it is known.
     *   <li><b>Demand</b>: a slow subscriber gets the newest level, the ones between are left out.
     *   <li><b>Threads</b>: what is replayed arrives on the subscribing thread, all else on the thread that probes.
     *       Whoever needs time moves away with {@code publishOn}: blocking this thread keeps the sensor from looking.
     *   <li><b>Ends</b>: when the sensor is closed; never with an error.
     * </ul>
     *
     * @return the levels, no two neighbours equal
     */
    Flux<PressureLevel> levels();

    /**
     * What the sensor believes and why: when the level changes, when what is read changes from one level to another
     * though the believed one stays, and at least once in each interval.
     *
     * <ul>
     *   <li><b>Temperature</b>: hot. A late subscriber gets the newest status first.
     *   <li><b>Demand</b>: a slow subscriber gets the newest status, the ones between are left out.
     *   <li><b>Threads</b>: as for {@link #levels()}.
     *   <li><b>Ends</b>: when the sensor is closed; never with an error. A sensor that cannot see signals a status
     *       without a level whose reading says why.
     * </ul>
     *
     * @return the statuses
     */
    Flux<PressureStatus> statuses();

    /**
     * Each change of what is believed, from and to an unknown level too, with all that it rests on. Signalled just before
     * the status and the level that it makes, so that whoever keeps the record has it when the consequences come in.
     *
     * <ul>
     *   <li><b>Temperature</b>: hot. A late subscriber gets the newest 64 first, oldest first.
     *   <li><b>Demand</b>: a slow subscriber gets the newest 64, those before are left out.
     *   <li><b>Threads</b>: as for {@link #levels()}; what this stream does on that thread delays the level.
     *   <li><b>Ends</b>: when the sensor is closed; never with an error.
     * </ul>
     *
     * @return the decisions
     */
    Flux<PressureDecision> decisions();

    /** Stops looking, frees the thread and completes the streams. A second call does nothing. */
    @Override
    void close();
}
