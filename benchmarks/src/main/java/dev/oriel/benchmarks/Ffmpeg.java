package dev.oriel.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;

/** {@code ffmpeg} at the same work: it grabs a display at a pace of its own and makes a JPEG of each frame, in one thread. */
final class Ffmpeg implements AutoCloseable {

    static final int FRAMES_A_SECOND = 10;

    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(5);
    private static final Pattern FRAME_COUNT = Pattern.compile("^frame=\\s*(\\d+)$");

    private final Child child;

    private Ffmpeg(Child child) {
        this.child = child;
    }

    static Ffmpeg start(Workplace workplace, VirtualScreen screen) throws IOException {
        String command = "ffmpeg -nostdin -nostats -loglevel error -stats_period 0.2 -progress pipe:1"
                + " -f x11grab -draw_mouse 0 -framerate " + FRAMES_A_SECOND
                + " -video_size " + VirtualScreen.WIDTH + "x" + VirtualScreen.HEIGHT
                + " -i " + screen.display()
                + " -c:v mjpeg -pix_fmt yuvj420p -q:v 3 -threads 1 -f null -";
        return new Ffmpeg(workplace.children().start("ffmpeg", Map.of(), command.split(" ")));
    }

    ProcessMeter meter() {
        return new ProcessMeter(child.pid());
    }

    /** Waits until it tells how many frames it has made, which it does five times a second. */
    long awaitCount() throws InterruptedException {
        child.forget(FRAME_COUNT);
        return Long.parseLong(child.awaitText(FRAME_COUNT, LONGEST_SILENCE));
    }

    @Override
    public void close() {
        child.close();
    }
}
