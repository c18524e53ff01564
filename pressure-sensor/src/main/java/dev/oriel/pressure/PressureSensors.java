package dev.oriel.pressure;

import dev.oriel.pressure.linux.LinuxPressureProbe;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Opens sensors. */
public final class PressureSensors {

    private PressureSensors() {}

    /**
     * Opens a sensor that reads this machine, on a daemon thread of its own named {@code oriel-pressure}.
     *
     * @param settings how to look and judge
     * @return the sensor, already looking; the caller closes it
     * @throws PressureUnavailableException if this operating system cannot be read
     */
    public static PressureSensor system(PressureSensorSettings settings) {
        return ProbingPressureSensor.open(
                LinuxPressureProbe.open(settings, root(), System::nanoTime, Clock.systemUTC()),
                settings,
                System::nanoTime,
                Clock.systemUTC(),
                LockSupport::parkNanos);
    }

    /**
     * Asks this machine once. What needs two looks to be judged, such as stalled time, is reported as GREEN.
     *
     * @param settings how to judge
     * @return the answer; without any source if none answered
     * @throws PressureUnavailableException if this operating system cannot be read
     */
    public static PressureReading probe(PressureSensorSettings settings) {
        try (PressureProbe probe = LinuxPressureProbe.withoutNotices(settings, root(), Clock.systemUTC())) {
            probe.look(PressureProbe.Depth.FULL, 0);
            return probe.reading();
        }
    }

    /**
     * Opens a sensor whose level never changes.
     *
     * @param level the level
     * @return the sensor; the caller closes it
     */
    public static PressureSensor fixed(PressureLevel level) {
        return of(Flux.just(level));
    }

    /**
     * Opens a sensor that is told its levels and believes each at once, without a dwell. When the publisher
     * completes, the last level stays; when it fails, the level is unknown. What the sensor signals arrives on the
     * publisher's thread.
     *
     * @param levels the levels; subscribed at once, with unbounded demand
     * @return the sensor; the caller closes it, which cancels the subscription
     */
    public static PressureSensor of(Publisher<PressureLevel> levels) {
        return PublishedPressureSensor.open(levels, Clock.systemUTC());
    }

    /**
     * Lets a sensor be made to see pressure that is not there. Simulations end on one of the threads of
     * {@link Schedulers#parallel()}.
     *
     * @param sensor the sensor; closed with the one returned
     * @return the sensor; the caller closes it
     */
    public static SimulablePressureSensor simulable(PressureSensor sensor) {
        return simulable(sensor, Schedulers.parallel());
    }

    /**
     * Lets a sensor be made to see pressure that is not there.
     *
     * @param sensor the sensor; closed with the one returned
     * @param scheduler where simulations end when their time is over; the caller's
     * @return the sensor; the caller closes it
     */
    public static SimulablePressureSensor simulable(PressureSensor sensor, Scheduler scheduler) {
        return SimulatingPressureSensor.open(sensor, scheduler, Clock.systemUTC());
    }

    private static Path root() {
        String system = System.getProperty("os.name");
        if (!system.toLowerCase(Locale.ROOT).startsWith("linux")) {
            throw new PressureUnavailableException("memory pressure cannot be read on " + system + ", only on Linux");
        }
        return Path.of("/");
    }
}
