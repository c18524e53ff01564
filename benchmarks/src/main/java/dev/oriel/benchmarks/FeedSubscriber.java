package dev.oriel.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** A client of the feed that counts what comes and of which spaces it is, and hands on the frames if somebody wants them. */
final class FeedSubscriber implements AutoCloseable {

    private static final int INDEX_OFFSET = 2;

    private final AtomicLong frames = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final Set<Short> spaces = ConcurrentHashMap.newKeySet();
    private final Optional<Consumer<byte[]>> taker;
    private final FeedSocket socket;

    private FeedSubscriber(URI feed, Optional<String> token, Optional<Consumer<byte[]>> taker) {
        this.taker = taker;
        this.socket = new FeedSocket(feed, token, this::take);
    }

    /**
     * Connects and only counts.
     *
     * @param feed with the query that says what is wanted
     */
    static FeedSubscriber counting(URI feed, Optional<String> token) {
        return new FeedSubscriber(feed, token, Optional.empty());
    }

    /**
     * Connects and hands on each frame as it came, header included.
     *
     * @param taker called on the thread that reads the socket
     */
    static FeedSubscriber taking(URI feed, Optional<String> token, Consumer<byte[]> taker) {
        return new FeedSubscriber(feed, token, Optional.of(taker));
    }

    private void take(FeedSocket.Input input, int length) throws IOException {
        if (taker.isPresent()) {
            byte[] message = new byte[length];
            input.readFully(message);
            spaces.add(ByteBuffer.wrap(message).getShort(INDEX_OFFSET));
            taker.get().accept(message);
        } else {
            input.pass(INDEX_OFFSET);
            spaces.add(input.readShort());
            input.pass(length - INDEX_OFFSET - Short.BYTES);
        }
        bytes.addAndGet(length);
        frames.incrementAndGet();
    }

    /** How many frames have come so far. */
    long frames() {
        return frames.get();
    }

    /** The bytes of all frames so far. */
    long bytes() {
        return bytes.get();
    }

    /** The indexes of the spaces of which a frame came. */
    Set<Short> spaces() {
        return Set.copyOf(spaces);
    }

    /**
     * Checks that it is connected.
     *
     * @throws BenchmarkFailedException with the reason if it is not
     */
    void requireConnected() {
        socket.requireConnected();
    }

    @Override
    public void close() {
        socket.close();
    }
}
