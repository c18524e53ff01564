package dev.oriel.benchmarks;

import java.io.IOException;
import java.time.Duration;

/** The CPU time of a frame in which everything changed: ours, and that of ffmpeg, which does the same with no service. */
final class FullFrames {

    private static final int WARM_UP_FRAMES = 30;
    private static final int FRAMES = 60;
    private static final Duration INTERVAL = Duration.ofMillis(1000 / Ffmpeg.FRAMES_A_SECOND);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    /** The cost of a frame. */
    record Cost(Figure ours, Figure ffmpeg) {}

    private final Painter painter;
    private final int[] pictures;
    private int shown;

    private FullFrames(Painter painter) {
        this.painter = painter;
        this.pictures = new int[] {painter.keep(Pictures.desktop(1)), painter.keep(Pictures.desktop(2))};
    }

    static Cost measure(Workplace workplace, VirtualScreen screen, OrielServer server, Painter painter)
            throws IOException, InterruptedException {
        workplace.progress().accept("CPU of a full frame");
        FullFrames frames = new FullFrames(painter);
        return new Cost(frames.ours(server), frames.ffmpeg(workplace, screen));
    }

    private void showOther() {
        painter.show(pictures[shown++ % pictures.length]);
    }

    private Figure ours(OrielServer server) throws IOException, InterruptedException {
        try (FeedClient client = server.subscribe()) {
            showMany(client, WARM_UP_FRAMES);
            double cpu = server.meter().cpuMillis();
            long count = client.count();
            long bytes = client.jpegBytes();
            showMany(client, FRAMES);
            long frames = client.count() - count;
            String detail =
                    frames + " frames of " + (client.jpegBytes() - bytes) / frames / 1024 + " KiB, text on desktops";
            return new Figure(
                    "cpu.fullFrame",
                    "server CPU of a full frame",
                    (server.meter().cpuMillis() - cpu) / frames,
                    "ms",
                    detail);
        }
    }

    private void showMany(FeedClient client, int count) throws InterruptedException {
        for (int index = 0; index < count; index++) {
            client.forget();
            showOther();
            client.next(LONGEST_WAIT);
            Thread.sleep(INTERVAL.toMillis());
        }
    }

    /** The count begins after the first frames, so the start of ffmpeg does not count. */
    private Figure ffmpeg(Workplace workplace, VirtualScreen screen) throws IOException, InterruptedException {
        try (Ffmpeg ffmpeg = Ffmpeg.start(workplace, screen)) {
            ProcessMeter meter = ffmpeg.meter();
            long first = showUntil(ffmpeg, 1);
            double cpu = meter.cpuMillis();
            long last = showUntil(ffmpeg, first + FRAMES);
            return new Figure(
                    "cpu.fullFrame.ffmpeg",
                    "ffmpeg x11grab to mjpeg, CPU of a frame",
                    (meter.cpuMillis() - cpu) / (last - first),
                    "ms",
                    (last - first) + " frames, one thread, -q:v 3, the same pictures");
        }
    }

    /** Changes the picture at ffmpeg's pace until it tells of so many frames. */
    private long showUntil(Ffmpeg ffmpeg, long atLeast) throws InterruptedException {
        long count = 0;
        while (count < atLeast) {
            showOther();
            Thread.sleep(INTERVAL.toMillis());
            showOther();
            count = ffmpeg.awaitCount();
        }
        return count;
    }
}
