package dev.oriel.benchmarks;

import java.awt.Rectangle;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/*
 * Drawing and receiving happen in one process, so one clock times both ends. A frame counts only if its decoded picture
 * shows the new colour; decoding is not part of the time. Changes come at uneven intervals, and further apart than the
 * server's frames may be, so that no change waits for the one before it.
 */
/** How long a change on the screen takes to a whole frame at a client. */
final class ChangeLatency {

    private static final int WARM_UP_CHANGES = 150;
    private static final int CHANGES = 150;
    private static final int SHORTEST_PAUSE_MILLIS = 45;
    private static final int UNEVEN_MILLIS = 30;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
    private static final Rectangle PATCH = new Rectangle(860, 440, 200, 200);
    private static final Rectangle SCREEN = new Rectangle(0, 0, VirtualScreen.WIDTH, VirtualScreen.HEIGHT);
    private static final int[] COLOURS = {0xC02020, 0x20C020, 0x2020C0, 0xC0C020, 0x20C0C0, 0xC020C0};

    private final Painter painter;
    private final FeedClient client;
    private final Random random = new Random(1);
    private int changes;

    private ChangeLatency(Painter painter, FeedClient client) {
        this.painter = painter;
        this.client = client;
    }

    static List<Figure> measure(Workplace workplace, Painter painter, FeedClient client)
            throws IOException, InterruptedException {
        ChangeLatency latency = new ChangeLatency(painter, client);
        workplace.progress().accept("warming up");
        latency.change(PATCH, WARM_UP_CHANGES);
        latency.change(SCREEN, WARM_UP_CHANGES);
        workplace.progress().accept("change to frame");
        List<Figure> figures = new ArrayList<>();
        figures.addAll(figures("patch", "200x200 px", latency.change(PATCH, CHANGES)));
        figures.addAll(figures("screen", "full screen", latency.change(SCREEN, CHANGES)));
        return figures;
    }

    private static List<Figure> figures(String id, String area, Samples millis) {
        String name = "change to frame, " + area + ", ";
        String detail = "n = " + millis.count();
        return List.of(
                new Figure("change." + id + ".p50", name + "p50", millis.median(), "ms", detail),
                new Figure("change." + id + ".p99", name + "p99", millis.percentile(99), "ms", detail),
                new Figure("change." + id + ".max", name + "max", millis.max(), "ms", detail));
    }

    private Samples change(Rectangle area, int times) throws IOException, InterruptedException {
        List<Double> millis = new ArrayList<>(times);
        for (int time = 0; time < times; time++) {
            Thread.sleep(SHORTEST_PAUSE_MILLIS + random.nextInt(UNEVEN_MILLIS));
            millis.add(changeOnce(area, COLOURS[changes++ % COLOURS.length]));
        }
        return new Samples(millis);
    }

    private double changeOnce(Rectangle area, int colour) throws IOException, InterruptedException {
        client.forget();
        long changed = System.nanoTime();
        painter.fill(area, colour);
        Arrival frame = client.next(LONGEST_WAIT);
        while (!frame.shows(area, colour)) {
            frame = client.next(LONGEST_WAIT);
        }
        return (frame.nanoTime() - changed) / 1e6;
    }
}
