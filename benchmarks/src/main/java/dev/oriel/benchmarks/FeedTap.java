package dev.oriel.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A client of the feed that keeps nothing of what comes and only notes that it came. */
final class FeedTap implements AutoCloseable {

    /** Is told what came, on the thread of the tap. */
    interface Listener {

        /**
         * A picture has come.
         *
         * @param capturedMicros when it was seen, microseconds since 1970
         * @param nanoTime when its last byte had come
         */
        void frame(long capturedMicros, long nanoTime);

        /** A text has come. */
        default void text(String text, long nanoTime) {}
    }

    private static final int CAPTURED_AT = 12;

    private final FeedSocket socket;

    private FeedTap(URI feed, Listener listener) {
        socket = new FeedSocket(feed, Optional.empty(), new FeedSocket.Reader() {

            @Override
            public void frame(FeedSocket.Input input, int length) throws IOException {
                input.pass(CAPTURED_AT);
                long capturedMicros = input.readLong();
                input.pass(length - CAPTURED_AT - Long.BYTES);
                listener.frame(capturedMicros, System.nanoTime());
            }

            @Override
            public void text(FeedSocket.Input input, int length) throws IOException {
                String text = new String(input.readNBytes(length), StandardCharsets.UTF_8);
                listener.text(text, System.nanoTime());
            }
        });
    }

    /**
     * Connects, and subscribes to all spaces.
     *
     * @param server its address
     * @param maxFps the most pictures of a space a second
     */
    static FeedTap open(URI server, int maxFps, Listener listener) {
        return new FeedTap(server.resolve("/feed?spaces=*&quality=optimized&maxFps=" + maxFps), listener);
    }

    /** Looks no more, or again; who does not look is sent nothing. */
    void hide(boolean hidden) throws IOException {
        socket.send("{\"type\":\"visibility\",\"hidden\":" + hidden + "}");
    }

    /**
     * Checks that it still listens.
     *
     * @throws BenchmarkFailedException if the server left it
     */
    void requireOpen() {
        socket.requireConnected();
    }

    @Override
    public void close() {
        socket.close();
    }
}
