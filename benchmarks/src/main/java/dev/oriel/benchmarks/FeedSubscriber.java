package dev.oriel.benchmarks;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/*
 * As much of WebSocket (RFC 6455) as a reader needs, on a socket and a thread: it makes nothing for frames that it only
 * counts. The client of the JDK loses its place in what follows the answer to the upgrade, now and then, while it is not
 * compiled yet (seen with JDK 17: "Unexpected rsv3 bit"), and twenty of them begin at once here.
 */
/** A WebSocket client of the feed that counts what comes, and hands on the frames if somebody wants them. */
final class FeedSubscriber implements AutoCloseable {

    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(5);
    private static final int BUFFER_BYTES = 1 << 16;
    private static final int INDEX_OFFSET = 2;
    private static final int LAST_PART = 0x80;
    private static final int MASKED = 0x80;
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;

    private final AtomicLong frames = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final Set<Short> spaces = ConcurrentHashMap.newKeySet();
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private final Optional<Consumer<byte[]>> taker;
    private final Socket socket = new Socket();
    private final DataInputStream input;
    private final OutputStream output;
    private volatile @Nullable String failure;
    private volatile boolean closed;

    private FeedSubscriber(URI feed, Optional<String> token, Optional<Consumer<byte[]>> taker) {
        this.taker = taker;
        try {
            socket.connect(new InetSocketAddress(feed.getHost(), feed.getPort()), (int) LONGEST_CONNECT.toMillis());
            socket.setSoTimeout((int) LONGEST_CONNECT.toMillis());
            input = new DataInputStream(new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES));
            output = socket.getOutputStream();
            upgrade(feed, token);
            socket.setSoTimeout(0);
        } catch (IOException e) {
            close();
            throw new BenchmarkFailedException("the feed cannot be opened: " + e.getMessage());
        }
        Thread reader = new Thread(this::readAll, "feed");
        reader.setDaemon(true);
        reader.start();
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

    private void upgrade(URI feed, Optional<String> token) throws IOException {
        byte[] key = new byte[16];
        new Random().nextBytes(key);
        StringBuilder request =
                new StringBuilder("GET " + feed.getRawPath() + "?" + feed.getRawQuery() + " HTTP/1.1\r\n");
        request.append("Host: ")
                .append(feed.getAuthority())
                .append("\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n");
        request.append("Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ")
                .append(Base64.getEncoder().encodeToString(key))
                .append("\r\n");
        token.ifPresent(secret ->
                request.append("Authorization: Bearer ").append(secret).append("\r\n"));
        output.write(request.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        StringBuilder answer = new StringBuilder();
        while (!answer.toString().endsWith("\r\n\r\n")) {
            answer.append((char) input.readUnsignedByte());
        }
        if (!answer.toString().startsWith("HTTP/1.1 101 ")) {
            throw new IOException("the server answered "
                    + answer.toString().lines().findFirst().orElse(""));
        }
    }

    private void readAll() {
        try {
            while (!closed) {
                readMessage();
            }
        } catch (IOException e) {
            failure = "the feed broke off: " + e;
        }
    }

    private void readMessage() throws IOException {
        int first = input.readUnsignedByte();
        int second = input.readUnsignedByte();
        long length = second <= 125 ? second : second == 126 ? input.readUnsignedShort() : input.readLong();
        if ((first & LAST_PART) == 0 || second >= MASKED) {
            throw new IOException(
                    "the server does not send whole messages, but one that begins with " + first + " " + second);
        }
        switch (first & ~LAST_PART) {
            case BINARY -> take(length);
            case TEXT, PONG -> skip(length);
            case PING -> answer(input.readNBytes((int) length));
            case CLOSE ->
                throw new IOException(
                        "the server closed it with " + (length < 2 ? "no code" : input.readUnsignedShort()));
            default -> throw new IOException("the server sent a message that begins with " + first);
        }
    }

    private void take(long length) throws IOException {
        if (taker.isPresent()) {
            byte[] message = new byte[(int) length];
            input.readFully(message);
            spaces.add(ByteBuffer.wrap(message).getShort(INDEX_OFFSET));
            taker.get().accept(message);
        } else {
            input.readFully(buffer, 0, INDEX_OFFSET);
            spaces.add(input.readShort());
            skip(length - INDEX_OFFSET - Short.BYTES);
        }
        bytes.addAndGet(length);
        frames.incrementAndGet();
    }

    private void skip(long length) throws IOException {
        for (long left = length; left > 0; left -= Math.min(left, BUFFER_BYTES)) {
            input.readFully(buffer, 0, (int) Math.min(left, BUFFER_BYTES));
        }
    }

    /** What a client sends is masked; with a mask of zeros it stays as it is. */
    private void answer(byte[] ping) throws IOException {
        ByteBuffer pong = ByteBuffer.allocate(6 + ping.length);
        pong.put((byte) (LAST_PART | PONG))
                .put((byte) (MASKED | ping.length))
                .putInt(0)
                .put(ping);
        output.write(pong.array());
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
        if (failure != null) {
            throw new BenchmarkFailedException(failure);
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
