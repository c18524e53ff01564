package dev.oriel.benchmarks;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/*
 * A WebSocket by hand (RFC 6455): a client of the JDK makes objects of each part, and twenty of them that are sent a
 * hundred megabytes a second would have this process collect its heap while it measures. What comes is read into one buffer
 * and forgotten, but for the header of a frame.
 */
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

    private static final String REQUEST = """
            GET %s HTTP/1.1\r
            Host: %s\r
            Upgrade: websocket\r
            Connection: Upgrade\r
            Sec-WebSocket-Key: b3JpZWwtYmVuY2htYXJrcw==\r
            Sec-WebSocket-Version: 13\r
            \r
            """;
    private static final int BUFFER_BYTES = 1 << 17;
    private static final int FRAME_HEADER_BYTES = 28;
    private static final int CAPTURED_AT = 12;
    private static final int FINAL = 0x80;
    private static final int MASKED = 0x80;
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;
    private static final int SHORTEST_OF_TWO_BYTES = 126;
    private static final int LENGTH_OF_EIGHT_BYTES = 127;

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private final Listener listener;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private final Thread thread = new Thread(this::run, "feed-tap");
    private volatile @Nullable String failure;
    private volatile boolean closed;

    private FeedTap(Socket socket, Listener listener) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES));
        this.out = socket.getOutputStream();
        this.listener = listener;
    }

    /**
     * Connects, and subscribes to all spaces.
     *
     * @param server its address
     * @param maxFps the most pictures of a space a second
     */
    static FeedTap open(URI server, int maxFps, Listener listener) throws IOException {
        FeedTap tap = new FeedTap(new Socket(server.getHost(), server.getPort()), listener);
        tap.shakeHands(server.getAuthority(), "/feed?spaces=*&quality=optimized&maxFps=" + maxFps);
        tap.thread.setDaemon(true);
        tap.thread.start();
        return tap;
    }

    private void shakeHands(String host, String path) throws IOException {
        socket.setTcpNoDelay(true);
        out.write(REQUEST.formatted(path, host).getBytes(StandardCharsets.US_ASCII));
        String status = line();
        if (!status.startsWith("HTTP/1.1 101 ")) {
            throw new BenchmarkFailedException("the feed answered " + status);
        }
        while (!line().isEmpty()) {
            // A header says nothing that is not known.
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.readUnsignedByte(); next != '\n'; next = in.readUnsignedByte()) {
            line.append((char) next);
        }
        return line.toString().strip();
    }

    private void run() {
        try {
            while (!closed) {
                take();
            }
        } catch (IOException | RuntimeException e) {
            failure = closed ? null : "the feed broke off: " + e;
        }
    }

    private void take() throws IOException {
        int first = in.readUnsignedByte();
        if ((first & FINAL) == 0) {
            throw new IOException("a message came in several parts");
        }
        long length = length(in.readUnsignedByte());
        switch (first & ~FINAL) {
            case BINARY -> takeFrame(length);
            case TEXT -> {
                String text = new String(in.readNBytes((int) length), StandardCharsets.UTF_8);
                listener.text(text, System.nanoTime());
            }
            case PING -> answer(in.readNBytes((int) length));
            case CLOSE -> throw new IOException("the server closed it");
            default -> throw new IOException("a message of kind " + (first & ~FINAL) + " came");
        }
    }

    private long length(int said) throws IOException {
        return switch (said) {
            case SHORTEST_OF_TWO_BYTES -> in.readUnsignedShort();
            case LENGTH_OF_EIGHT_BYTES -> in.readLong();
            default -> said;
        };
    }

    private void takeFrame(long length) throws IOException {
        in.readFully(buffer, 0, FRAME_HEADER_BYTES);
        long capturedMicros = 0;
        for (int at = CAPTURED_AT; at < CAPTURED_AT + Long.BYTES; at++) {
            capturedMicros = (capturedMicros << Byte.SIZE) | (buffer[at] & 0xFF);
        }
        for (long left = length - FRAME_HEADER_BYTES; left > 0; ) {
            int count = (int) Math.min(left, BUFFER_BYTES);
            in.readFully(buffer, 0, count);
            left -= count;
        }
        listener.frame(capturedMicros, System.nanoTime());
    }

    private void answer(byte[] ping) throws IOException {
        send(PONG, ping);
    }

    /** Looks no more, or again; who does not look is sent nothing. */
    void hide(boolean hidden) throws IOException {
        String text = "{\"type\":\"visibility\",\"hidden\":" + hidden + "}";
        send(TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    /* What a client sends is masked; a mask of zeros changes nothing. */
    private void send(int kind, byte[] content) throws IOException {
        byte[] message = new byte[2 + Integer.BYTES + content.length];
        message[0] = (byte) (FINAL | kind);
        message[1] = (byte) (MASKED | content.length);
        System.arraycopy(content, 0, message, 2 + Integer.BYTES, content.length);
        synchronized (out) {
            out.write(message);
        }
    }

    /**
     * Checks that it still listens.
     *
     * @throws BenchmarkFailedException if the server left it
     */
    void requireOpen() {
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
            failure = "the feed cannot be closed: " + e;
        }
    }
}
