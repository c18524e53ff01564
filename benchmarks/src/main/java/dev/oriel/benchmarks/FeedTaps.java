package dev.oriel.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Many clients of the feed that only count. */
final class FeedTaps implements AutoCloseable {

    private static final Duration LONGEST_START = Duration.ofSeconds(30);
    private static final Duration GLANCE = Duration.ofMillis(100);

    private final List<FeedTap> taps = new ArrayList<>();
    private final AtomicLong frames = new AtomicLong();

    private FeedTaps() {}

    /** Opens so many; each sees all spaces. Returns when frames come. */
    static FeedTaps open(URI server, int clients, int maxFps) throws IOException, InterruptedException {
        FeedTaps taps = new FeedTaps();
        for (int client = 0; client < clients; client++) {
            taps.taps.add(FeedTap.open(server, maxFps, (captured, nanoTime) -> taps.frames.incrementAndGet()));
        }
        long deadline = System.nanoTime() + LONGEST_START.toNanos();
        while (taps.frames() < clients) {
            taps.requireOpen();
            if (System.nanoTime() > deadline) {
                throw new BenchmarkFailedException(clients + " clients got " + taps.frames() + " frames");
            }
            Thread.sleep(GLANCE.toMillis());
        }
        return taps;
    }

    /** Has none of them look, or all again; who does not look is sent nothing. */
    void hide(boolean hidden) throws IOException {
        for (FeedTap tap : taps) {
            tap.hide(hidden);
        }
    }

    /** How many frames have come so far, to all of them. */
    long frames() {
        return frames.get();
    }

    /**
     * Checks that all still listen.
     *
     * @throws BenchmarkFailedException if the server left one
     */
    void requireOpen() {
        taps.forEach(FeedTap::requireOpen);
    }

    @Override
    public void close() {
        taps.forEach(FeedTap::close);
    }
}
