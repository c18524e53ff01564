package dev.oriel.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** The memory of a server that had much to keep at GREEN, and then had to give it back at RED. */
final class MemoryAtLevels {

    private static final int SECONDS_AT_GREEN = 25;
    private static final Duration FIRST_FRAME = Duration.ofSeconds(5);
    private static final Duration AFTER_RED = Duration.ofSeconds(3);
    private static final Duration FRAME_INTERVAL = Duration.ofMillis(35);
    private static final int FRAMES_A_LOOK = 14;
    private static final int ROWS_A_FRAME = 37;

    /* A photograph that comes round brings stripes that are kept already, and the cache would not fill. */
    private static final int PHOTOGRAPHS = 8;
    private static final int FRAMES_A_PHOTOGRAPH = 100;
    private static final int MEGABYTE = 1024 * 1024;

    private record Sample(ProcessMeter.Memory memory, double chargedMegabytes, double residentMegabytes, int frames) {

        static Sample of(OrielServer server) throws IOException, InterruptedException {
            JsonNode cache = server.cacheStats();
            return new Sample(
                    server.meter().memory(),
                    cache.path("chargedBytes").asDouble() / MEGABYTE,
                    cache.path("residentBytes").asDouble() / MEGABYTE,
                    cache.path("frames").asInt());
        }

        List<Figure> figures(String level, String detail) {
            String id = "memory." + level.toLowerCase(Locale.ROOT);
            String held = "cache: " + frames + " frames";
            return List.of(
                    new Figure(id + ".rss", "RSS at " + level, memory.residentMegabytes(), "MiB", detail),
                    new Figure(id + ".pss", "PSS at " + level, memory.proportionalMegabytes(), "MiB", ""),
                    new Figure(id + ".charged", "cache, charged at " + level, chargedMegabytes, "MiB", held),
                    new Figure(id + ".resident", "cache, resident at " + level, residentMegabytes, "MiB", ""));
        }
    }

    private final OrielServer server;
    private final Painter painter;
    private final List<Integer> pictures = new ArrayList<>();
    private int moved;

    private MemoryAtLevels(OrielServer server, Painter painter) {
        this.server = server;
        this.painter = painter;
        for (int seed = 1; seed <= PHOTOGRAPHS; seed++) {
            pictures.add(painter.keep(Pictures.photograph(seed)));
        }
    }

    static List<Figure> measure(Workplace workplace, VirtualScreen screen) throws IOException, InterruptedException {
        workplace.progress().accept("memory at GREEN and at RED");
        Path script = Files.createTempFile("oriel-benchmark", ".levels");
        try {
            Files.writeString(script, "0 GREEN\n" + SECONDS_AT_GREEN + " RED\n");
            try (Painter painter = new Painter(screen.display());
                    OrielServer server = OrielServer.start(workplace, screen.display(), script.toString());
                    FeedClient client = server.subscribe()) {
                MemoryAtLevels memory = new MemoryAtLevels(server, painter);
                memory.move(1);
                client.next(FIRST_FRAME);
                return memory.followScript();
            }
        } finally {
            Files.delete(script);
        }
    }

    private List<Figure> followScript() throws IOException, InterruptedException {
        long deadline =
                System.nanoTime() + Duration.ofSeconds(2L * SECONDS_AT_GREEN).toNanos();
        List<Figure> figures = new ArrayList<>();
        Sample green = Sample.of(server);
        figures.add(new Figure(
                "memory.start.rss", "RSS after the first frame", green.memory().residentMegabytes(), "MiB", ""));
        Sample newest = green;
        while (!server.pressureLevel().equals("RED")) {
            if (System.nanoTime() > deadline) {
                throw new BenchmarkFailedException("the level did not turn RED");
            }
            green = newest;
            move(FRAMES_A_LOOK);
            newest = Sample.of(server);
        }
        move((int) (AFTER_RED.toMillis() / FRAME_INTERVAL.toMillis()));
        figures.addAll(green.figures("GREEN", "after " + SECONDS_AT_GREEN + " s of moving photographs"));
        figures.addAll(Sample.of(server).figures("RED", AFTER_RED.toSeconds() + " s later, it still moves"));
        return figures;
    }

    private void move(int frames) throws InterruptedException {
        for (int frame = 0; frame < frames; frame++) {
            moved++;
            painter.show(pictures.get(moved / FRAMES_A_PHOTOGRAPH % PHOTOGRAPHS), moved * ROWS_A_FRAME);
            Thread.sleep(FRAME_INTERVAL.toMillis());
        }
    }
}
