package dev.oriel.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** How long a built Oriel takes from the command to ready. */
final class StartTime {

    private static final int STARTS = 5;

    private StartTime() {}

    static List<Figure> measure(Workplace workplace, VirtualScreen screen) throws IOException, InterruptedException {
        workplace.progress().accept("start to ready, " + STARTS + " times");
        List<Double> millis = new ArrayList<>();
        for (int start = 0; start < STARTS; start++) {
            try (OrielServer server = OrielServer.start(workplace, screen.display(), "GREEN")) {
                millis.add(server.startMillis());
            }
        }
        Samples samples = new Samples(millis);
        String runs = STARTS + " starts";
        return List.of(
                new Figure("start.median", "./oriel serve to ready, median", samples.median(), "ms", runs),
                new Figure("start.max", "./oriel serve to ready, slowest", samples.max(), "ms", runs));
    }
}
