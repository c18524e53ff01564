package dev.oriel.benchmarks;

import java.time.Duration;
import java.util.List;

/** A film that fills the screen: how many frames of it the engine makes, and what they cost. */
final class Film {

    private static final int PICTURES_A_SECOND = 33;
    private static final long NANOS_A_PICTURE = Duration.ofSeconds(1).toNanos() / PICTURES_A_SECOND;
    private static final int PICTURES = 10 * PICTURES_A_SECOND;
    private static final Duration TIME_TO_SHOW = Duration.ofMillis(200);

    /** A film has 30 frames a second, of which timing may take one in sixty. */
    private static final double FEWEST_FRAMES_A_SECOND = 29.5;

    private static final double MOST_OF_A_CORE = 100;

    private Film() {}

    /** Shows it to an engine that watches. */
    static List<Figure> measure(Workplace workplace, Painter painter, EngineProcess engine)
            throws InterruptedException {
        workplace.progress().accept("a film");
        Wall wall = new Wall(painter, Wall.photograph());
        wall.showNext();
        Thread.sleep(TIME_TO_SHOW.toMillis());
        Counters before = engine.counters();
        double cpu = engine.meter().cpuMillis();
        long start = System.nanoTime();
        for (int picture = 1; picture <= PICTURES; picture++) {
            wall.showNext();
            sleepUntil(start + picture * NANOS_A_PICTURE);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        double percent = (engine.meter().cpuMillis() - cpu) / seconds / 10;
        Counters film = engine.counters().since(before);
        long frames = film.of("emitted");
        String detail = frames + " frames of " + PICTURES + " pictures, each another part of a photograph, "
                + film.of("jpegBytes") / Math.max(1, frames) / 1024 + " KiB";
        return List.of(
                new Figure("film.rate", "film, frames of the engine", frames / seconds, "a second", detail)
                        .atLeast(FEWEST_FRAMES_A_SECOND),
                new Figure("film.cpu", "film, CPU of the engine", percent, "% of a core", "").atMost(MOST_OF_A_CORE));
    }

    private static void sleepUntil(long nanoTime) throws InterruptedException {
        long left = nanoTime - System.nanoTime();
        if (left > 0) {
            Thread.sleep(left / 1_000_000, (int) (left % 1_000_000));
        }
    }
}
