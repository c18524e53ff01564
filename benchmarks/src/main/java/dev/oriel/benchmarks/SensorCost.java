package dev.oriel.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What the sensor costs while memory is plentiful. */
final class SensorCost {

    /**
     * How long it is measured.
     *
     * @param warmUp before each
     * @param cpu of its thread in a server
     * @param allocation of its thread in a program of its own, each time
     */
    record Extent(Duration warmUp, Duration cpu, Duration allocation) {}

    private static final String THREAD = "oriel-pressure";
    private static final Pattern RESULT = Pattern.compile("^result (.+)$");
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(20);
    private static final double MOST_PERCENT = 0.05;

    private SensorCost() {}

    static List<Figure> measure(Workplace workplace, Extent extent) throws IOException, InterruptedException {
        List<Figure> figures = new ArrayList<>();
        figures.add(cpu(workplace, extent).atMost(MOST_PERCENT));
        figures.add(allocated(workplace, extent, "quick", "allocated by a look").atMost(0));
        figures.add(allocated(workplace, extent, "usual", "the same with a full look every 5 s, which is told"));
        return figures;
    }

    private static Figure cpu(Workplace workplace, Extent extent) throws IOException, InterruptedException {
        workplace.progress().accept("CPU of the sensor");
        try (VirtualScreen screen = VirtualScreen.start(workplace.children());
                OrielServer server = OrielServer.start(workplace, command -> command, Map.of(), screen.display())) {
            ThreadMeter meter = ThreadMeter.find(server.pid(), THREAD);
            Thread.sleep(extent.warmUp().toMillis());
            double cpu = meter.cpuMillis();
            long waits = meter.waits();
            long start = System.nanoTime();
            Thread.sleep(extent.cpu().toMillis());
            double elapsed = (System.nanoTime() - start) / 1e6;
            return new Figure(
                    "sensor.cpu",
                    "CPU of the sensor's thread, far from limits",
                    (meter.cpuMillis() - cpu) / elapsed * 100,
                    "% of a core",
                    extent.cpu().toSeconds() + " s, " + (meter.waits() - waits) + " looks, at "
                            + server.pressureLevel());
        }
    }

    private static Figure allocated(Workplace workplace, Extent extent, String how, String name)
            throws IOException, InterruptedException {
        workplace.progress().accept("bytes allocated by the sensor, " + how);
        List<String> arguments = List.of(
                how,
                Long.toString(extent.warmUp().toSeconds()),
                Long.toString(extent.allocation().toSeconds()));
        Duration longest = extent.warmUp().plus(extent.allocation()).plus(LONGEST_ANSWER);
        try (Child probe = OwnJava.LAUNCHER.start(workplace, "the sensor", Map.of(), SensorProbe.class, arguments)) {
            Counters seen = Counters.parse(probe.awaitText(RESULT, longest));
            double looks = Math.max(1, seen.of("looks"));
            return new Figure(
                    "sensor.allocated." + how,
                    name,
                    seen.of("bytes") / looks,
                    "bytes",
                    extent.allocation().toSeconds() + " s, " + seen.of("looks") + " looks, " + seen.of("bytes")
                            + " bytes");
        }
    }
}
