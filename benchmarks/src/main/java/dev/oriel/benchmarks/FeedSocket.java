package dev.oriel.benchmarks;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
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
import org.jspecify.annotations.Nullable;

/*
 * As much of WebSocket (RFC 6455) as a reader needs, on a socket and a thread. The client of the JDK makes objects of each
 * part: twenty of them that are sent a hundred megabytes a second would have this process collect its heap while it
 * measures. It also loses its place in what follows the answer to the upgrade, now and then, while it is not compiled yet
 * (seen with JDK 17: "Unexpected rsv3 bit").
 */
/** A WebSocket to the feed, read by a thread of its own. */
final class FeedSocket implements AutoCloseable {

    /** Takes what comes, on the thread of the socket. */
    interface Reader {

        /**
         * Reads a frame, header included, to its last byte.
         *
         * @param length how many bytes it has
         */
        void frame(Input input, int length) throws IOException;

        /** The same with a text, which is passed over unless somebody wants it. */
        default void text(Input input, int length) throws IOException {
            input.pass(length);
        }
    }

    /** What comes. */
    static final class Input extends DataInputStream {

        private final byte[] passed = new byte[BUFFER_BYTES];

        private Input(InputStream stream) {
            super(new BufferedInputStream(stream, BUFFER_BYTES));
        }

        /** Reads what nobody needs; unlike skipping it makes no objects. */
        void pass(int length) throws IOException {
            for (int left = length; left > 0; left -= Math.min(left, BUFFER_BYTES)) {
                readFully(passed, 0, Math.min(left, BUFFER_BYTES));
            }
        }
    }

    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(5);
    private static final int BUFFER_BYTES = 1 << 17;
    private static final int KEY_BYTES = 16;
    private static final int LAST_PART = 0x80;
    private static final int MASKED = 0x80;
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;
    private static final int LENGTH_OF_TWO_BYTES = 126;
    private static final int LENGTH_OF_EIGHT_BYTES = 127;

    private final Reader reader;
    private final Socket socket = new Socket();
    private final Input input;
    private final OutputStream output;
    private volatile @Nullable String failure;
    private volatile boolean closed;

    /**
     * Connects.
     *
     * @param feed with the query that says what is wanted
     * @throws BenchmarkFailedException with the reason if it cannot be opened
     */
    FeedSocket(URI feed, Optional<String> token, Reader reader) {
        this.reader = reader;
        try {
            socket.connect(new InetSocketAddress(feed.getHost(), feed.getPort()), (int) LONGEST_CONNECT.toMillis());
            socket.setTcpNoDelay(true);
            socket.setSoTimeout((int) LONGEST_CONNECT.toMillis());
            input = new Input(socket.getInputStream());
            output = socket.getOutputStream();
            upgrade(feed, token);
            socket.setSoTimeout(0);
        } catch (IOException e) {
            close();
            throw new BenchmarkFailedException("the feed cannot be opened: " + e.getMessage());
        }
        Thread thread = new Thread(this::readAll, "feed");
        thread.setDaemon(true);
        thread.start();
    }

    private void upgrade(URI feed, Optional<String> token) throws IOException {
        byte[] key = new byte[KEY_BYTES];
        new Random().nextBytes(key);
        String authorization =
                token.map(secret -> "Authorization: Bearer " + secret + "\r\n").orElse("");
        String request = """
                GET %s?%s HTTP/1.1\r
                Host: %s\r
                Upgrade: websocket\r
                Connection: Upgrade\r
                Sec-WebSocket-Version: 13\r
                Sec-WebSocket-Key: %s\r
                %s\r
                """.formatted(
                        feed.getRawPath(),
                        feed.getRawQuery(),
                        feed.getAuthority(),
                        Base64.getEncoder().encodeToString(key),
                        authorization);
        output.write(request.getBytes(StandardCharsets.ISO_8859_1));
        String status = line();
        if (!status.startsWith("HTTP/1.1 101 ")) {
            throw new IOException("the server answered " + status);
        }
        while (!line().isEmpty()) {
            // A header says nothing that is not known.
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = input.readUnsignedByte(); next != '\n'; next = input.readUnsignedByte()) {
            line.append((char) next);
        }
        return line.toString().strip();
    }

    private void readAll() {
        try {
            while (!closed) {
                readMessage();
            }
        } catch (IOException | RuntimeException e) {
            failure = closed ? null : "the feed broke off: " + e;
        }
    }

    private void readMessage() throws IOException {
        int first = input.readUnsignedByte();
        int second = input.readUnsignedByte();
        int length = Math.toIntExact(length(second));
        if ((first & LAST_PART) == 0 || second >= MASKED) {
            throw new IOException(
                    "the server does not send whole messages, but one that begins with " + first + " " + second);
        }
        switch (first & ~LAST_PART) {
            case BINARY -> reader.frame(input, length);
            case TEXT -> reader.text(input, length);
            case PONG -> input.pass(length);
            case PING -> send(PONG, input.readNBytes(length));
            case CLOSE ->
                throw new IOException(
                        "the server closed it with " + (length < 2 ? "no code" : input.readUnsignedShort()));
            default -> throw new IOException("the server sent a message that begins with " + first);
        }
    }

    private long length(int said) throws IOException {
        return switch (said) {
            case LENGTH_OF_TWO_BYTES -> input.readUnsignedShort();
            case LENGTH_OF_EIGHT_BYTES -> input.readLong();
            default -> said;
        };
    }

    /** Sends a text of at most 125 bytes. */
    void send(String text) throws IOException {
        send(TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    /* What a client sends is masked; with a mask of zeros it stays as it is. */
    private void send(int kind, byte[] content) throws IOException {
        ByteBuffer message = ByteBuffer.allocate(2 + Integer.BYTES + content.length);
        message.put((byte) (LAST_PART | kind))
                .put((byte) (MASKED | content.length))
                .putInt(0)
                .put(content);
        synchronized (output) {
            output.write(message.array());
        }
    }

    /**
     * Checks that it is connected.
     *
     * @throws BenchmarkFailedException with the reason if it is not
     */
    void requireConnected() {
        String why = failure;
        if (why != null) {
            throw new BenchmarkFailedException(why);
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
