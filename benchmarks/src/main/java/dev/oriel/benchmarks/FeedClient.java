package dev.oriel.benchmarks;

import java.awt.Rectangle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A plain WebSocket client that sees every space at full size and never asks for less. Keeps the newest few frames. */
final class FeedClient implements Spectator, AutoCloseable {

    private static final int MOST_FRAMES = 8;
    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(5);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
    private static final Duration GLANCE = Duration.ofMillis(50);

    private final BlockingQueue<Arrival> frames = new ArrayBlockingQueue<>(MOST_FRAMES);
    private final AtomicLong count = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private volatile @Nullable String failure;
    private final WebSocket socket;

    /** Connects to a server, given by its address. */
    FeedClient(URI server) {
        URI feed = URI.create("ws://" + server.getAuthority() + "/feed?spaces=*&quality=optimized");
        try {
            this.socket = HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .connectTimeout(LONGEST_CONNECT)
                    .buildAsync(feed, new Listener())
                    .join();
        } catch (CompletionException e) {
            throw new BenchmarkFailedException("the feed cannot be opened: " + e.getCause());
        }
    }

    private final class Listener implements WebSocket.Listener {

        private final ByteArrayOutputStream message = new ByteArrayOutputStream(1 << 20);

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer part, boolean last) {
            long now = System.nanoTime();
            byte[] content = new byte[part.remaining()];
            part.get(content);
            message.writeBytes(content);
            if (last) {
                take(new Arrival(message.toByteArray(), now));
                message.reset();
            }
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            failure = "the feed was closed with " + code + " " + reason;
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            failure = "the feed broke off: " + error;
        }
    }

    private void take(Arrival frame) {
        count.incrementAndGet();
        bytes.addAndGet(frame.jpegBytes());
        while (!frames.offer(frame)) {
            frames.poll();
        }
    }

    /** How many frames have come so far. */
    long count() {
        return count.get();
    }

    /** The bytes of all JPEGs that have come so far. */
    long jpegBytes() {
        return bytes.get();
    }

    @Override
    public void forget() {
        frames.clear();
    }

    /**
     * Waits for a frame.
     *
     * @throws BenchmarkFailedException if none comes in time
     */
    Arrival next(Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (System.nanoTime() < deadline) {
            Arrival frame = frames.poll(GLANCE.toMillis(), TimeUnit.MILLISECONDS);
            if (frame != null) {
                return frame;
            }
            if (failure != null) {
                throw new BenchmarkFailedException(failure);
            }
        }
        throw new BenchmarkFailedException("no frame came within " + timeout.toSeconds() + " s");
    }

    @Override
    public long awaitShown(Rectangle area, int rgb) throws IOException, InterruptedException {
        Arrival frame = next(LONGEST_WAIT);
        while (!frame.picture().shows(area, rgb)) {
            frame = next(LONGEST_WAIT);
        }
        return frame.nanoTime();
    }

    @Override
    public void close() {
        socket.abort();
    }
}
