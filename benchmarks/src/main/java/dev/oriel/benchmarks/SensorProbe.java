package dev.oriel.benchmarks;

import com.sun.management.ThreadMXBean;
import dev.oriel.pressure.PressureSensor;
import dev.oriel.pressure.PressureSensorSettings;
import dev.oriel.pressure.PressureSensors;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;

/*
 * Nobody listens to the sensor. It tells what it sees with each full look all the same, which takes words; a sensor whose
 * full looks are an hour apart shows what the looks between them take.
 */
/**
 * The sensor of this machine and nothing else, as a program of its own. The last line on standard output is {@code result}
 * with numbers, as {@code name=number}: how often its thread looked, and the bytes that it allocated meanwhile.
 */
public final class SensorProbe {

    private static final String THREAD = "oriel-pressure";
    private static final Duration RARE = Duration.ofHours(1);

    private static final Duration LONGEST_FIRST_LOOK = Duration.ofSeconds(10);

    private SensorProbe() {}

    /**
     * Measures once.
     *
     * @param arguments {@code quick|usual WARM_UP_SECONDS SECONDS}: whether there are no full looks, or as many as usual
     * @throws Exception if it cannot be measured
     */
    public static void main(String[] arguments) throws Exception {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        PressureSensorSettings usual = PressureSensorSettings.defaults();
        PressureSensorSettings settings = switch (arguments[0]) {
            case "quick" -> usual.withInterval(RARE);
            case "usual" -> usual;
            default -> throw new IllegalArgumentException("what is " + arguments[0] + "?");
        };
        try (PressureSensor sensor = PressureSensors.system(settings)) {
            Objects.requireNonNull(sensor.levels().blockFirst(LONGEST_FIRST_LOOK));
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long id = Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().equals(THREAD))
                    .findFirst()
                    .orElseThrow()
                    .getId();
            ThreadMeter meter = ThreadMeter.find(ProcessHandle.current().pid(), THREAD);
            Thread.sleep(Duration.ofSeconds(Long.parseLong(arguments[1])).toMillis());
            long bytes = threads.getThreadAllocatedBytes(id);
            // Between two looks it waits.
            long looks = meter.waits();
            Thread.sleep(Duration.ofSeconds(Long.parseLong(arguments[2])).toMillis());
            out.println("result looks=" + (meter.waits() - looks) + " bytes="
                    + (threads.getThreadAllocatedBytes(id) - bytes));
        }
    }
}
