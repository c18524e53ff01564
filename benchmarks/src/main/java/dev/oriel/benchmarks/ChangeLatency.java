package dev.oriel.benchmarks;

import java.awt.Color;
import java.awt.Rectangle;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntConsumer;

/*
 * One clock times both ends, the request that draws and the frame. A frame counts only if its decoded picture shows the
 * new colour; decoding is not part of the time. Changes come at uneven intervals, and further apart than the server's
 * frames may be, so that no change waits for the one before it. No colour comes twice.
 */
/** How long a change on the screen takes to a whole frame. */
final class ChangeLatency {

    /** An area large enough to be seen, and small beside the screen. */
    static final Rectangle PATCH = new Rectangle(860, 440, 200, 200);

    static final Rectangle SCREEN = new Rectangle(0, 0, VirtualScreen.WIDTH, VirtualScreen.HEIGHT);

    private static final int SHORTEST_PAUSE_MILLIS = 45;
    private static final int UNEVEN_MILLIS = 30;
    private static final double GOLDEN_RATIO = 0.618034;

    /**
     * A way to change the screen.
     *
     * @param id as a part of the ids of its figures
     * @param area what has the colour afterwards
     * @param prepare takes the colour before the time is measured
     * @param draw takes the colour and asks the display to draw, without waiting for it
     */
    record Change(String id, String name, Rectangle area, IntConsumer prepare, IntConsumer draw) {

        /** Fills an area. */
        static Change fill(String id, String name, Painter painter, Rectangle area) {
            return new Change(id, name, area, colour -> {}, colour -> painter.fill(area, colour));
        }

        /** Shows another picture. */
        static Change picture(String id, String name, Wall wall) {
            return new Change(id, name, Wall.MARK, wall::markNext, colour -> wall.showNext());
        }
    }

    private final Spectator spectator;
    private final Random random = new Random(1);
    private int changes;

    ChangeLatency(Spectator spectator) {
        this.spectator = spectator;
    }

    /** Makes a change so many times; milliseconds from the request to the frame. */
    Samples measure(Change change, int times) throws IOException, InterruptedException {
        List<Double> millis = new ArrayList<>(times);
        for (int time = 0; time < times; time++) {
            Thread.sleep(SHORTEST_PAUSE_MILLIS + random.nextInt(UNEVEN_MILLIS));
            millis.add(measureOnce(change, Color.HSBtoRGB((float) (changes++ * GOLDEN_RATIO), 0.8f, 0.75f)));
        }
        return new Samples(millis);
    }

    private double measureOnce(Change change, int colour) throws IOException, InterruptedException {
        change.prepare().accept(colour);
        spectator.forget();
        long changed = System.nanoTime();
        change.draw().accept(colour);
        return (spectator.awaitShown(change.area(), colour) - changed) / 1e6;
    }

    /** The 50th and 99th percentile and the largest, in this order. */
    static List<Figure> figures(Change change, Samples millis) {
        String id = "change." + change.id();
        String name = "change to frame, " + change.name() + ", ";
        String detail = "n = " + millis.count();
        return List.of(
                new Figure(id + ".p50", name + "p50", millis.median(), "ms", detail),
                new Figure(id + ".p99", name + "p99", millis.percentile(99), "ms", detail),
                new Figure(id + ".max", name + "max", millis.max(), "ms", detail));
    }
}
