package dev.oriel.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FeedSubscriberTest {

    private static final String SWITCHING = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n";

    private ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private URI feed() {
        return URI.create("ws://127.0.0.1:" + server.getLocalPort() + "/feed?spaces=*");
    }

    private interface Talk {
        void with(Socket client) throws IOException;
    }

    /** What the next client asked for; the server then talks to it. */
    private CompletableFuture<String> serve(Talk talk) {
        return CompletableFuture.supplyAsync(() -> {
            try (Socket client = server.accept()) {
                StringBuilder request = new StringBuilder();
                while (!request.toString().endsWith("\r\n\r\n")) {
                    request.append((char) client.getInputStream().read());
                }
                talk.with(client);
                return request.toString();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static void send(Socket client, byte[]... parts) throws IOException {
        OutputStream out = client.getOutputStream();
        out.write(SWITCHING.getBytes(StandardCharsets.US_ASCII));
        for (byte[] part : parts) {
            out.write(part);
        }
        out.flush();
    }

    private static byte[] frame(int length, int space) {
        byte[] header = length <= 125
                ? new byte[] {(byte) 0x82, (byte) length}
                : length <= 0xFFFF
                        ? new byte[] {(byte) 0x82, 126, (byte) (length >> 8), (byte) length}
                        : new byte[] {
                            (byte) 0x82, 127, 0, 0, 0, 0, 0, (byte) (length >> 16), (byte) (length >> 8), (byte) length
                        };
        byte[] message = new byte[header.length + length];
        System.arraycopy(header, 0, message, 0, header.length);
        message[header.length + 3] = (byte) space;
        return message;
    }

    private static String failureOf(FeedSubscriber subscriber) throws InterruptedException {
        while (true) {
            try {
                subscriber.requireConnected();
                TimeUnit.MILLISECONDS.sleep(5);
            } catch (BenchmarkFailedException e) {
                return String.valueOf(e.getMessage());
            }
        }
    }

    @Test
    void countsFramesOfAnyLengthAndTheirSpaces() throws Exception {
        byte[] text = {(byte) 0x81, 2, '{', '}'};
        CompletableFuture<String> asked =
                serve(client -> send(client, text, frame(100, 1), frame(40_000, 2), text, frame(200_000, 2)));
        try (FeedSubscriber subscriber = FeedSubscriber.counting(feed(), Optional.of("secret"))) {
            assertThat(failureOf(subscriber)).startsWith("the feed broke off: java.io.EOFException");
            assertThat(subscriber.frames()).isEqualTo(3);
            assertThat(subscriber.bytes()).isEqualTo(240_100);
            assertThat(subscriber.spaces()).containsExactlyInAnyOrder((short) 1, (short) 2);
        }
        assertThat(asked.get()).contains("GET /feed?spaces=* HTTP/1.1\r\n", "\r\nAuthorization: Bearer secret\r\n");
    }

    @Test
    void handsOnWhatCame() throws Exception {
        serve(client -> send(client, frame(300, 7)));
        BlockingQueue<byte[]> taken = new LinkedBlockingQueue<>();
        try (FeedSubscriber subscriber = FeedSubscriber.taking(feed(), Optional.empty(), taken::add)) {
            assertThat(taken.poll(5, TimeUnit.SECONDS)).hasSize(300).startsWith(0, 0, 0, 7);
            assertThat(subscriber.spaces()).isEqualTo(Set.of((short) 7));
        }
    }

    @Test
    void answersAPing() throws Exception {
        CompletableFuture<byte[]> answer = new CompletableFuture<>();
        serve(client -> {
            send(client, new byte[] {(byte) 0x89, 3, 'a', 'b', 'c'});
            byte[] pong = new byte[9];
            new DataInputStream(client.getInputStream()).readFully(pong);
            answer.complete(pong);
        });
        try (FeedSubscriber subscriber = FeedSubscriber.counting(feed(), Optional.empty())) {
            assertThat(answer.get(5, TimeUnit.SECONDS))
                    .isEqualTo(new byte[] {(byte) 0x8A, (byte) 0x83, 0, 0, 0, 0, 'a', 'b', 'c'});
            assertThat(subscriber.frames()).isZero();
        }
    }

    @Test
    void saysWhyItIsNotConnected() throws Exception {
        serve(client -> send(client, new byte[] {(byte) 0x88, 2, 0x03, (byte) 0xE9}));
        try (FeedSubscriber subscriber = FeedSubscriber.counting(feed(), Optional.empty())) {
            assertThat(failureOf(subscriber)).endsWith("the server closed it with 1001");
        }
        for (byte[] wrong : List.of(new byte[] {0x02, 1, 0}, new byte[] {(byte) 0xF2, 1, 0})) {
            serve(client -> send(client, wrong));
            try (FeedSubscriber subscriber = FeedSubscriber.counting(feed(), Optional.empty())) {
                assertThat(failureOf(subscriber)).contains("begins with " + (wrong[0] & 0xFF));
            }
        }
        serve(client -> client.getOutputStream()
                .write("HTTP/1.1 401 Unauthorized\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
        assertThatThrownBy(() -> FeedSubscriber.counting(feed(), Optional.empty()))
                .hasMessage("the feed cannot be opened: the server answered HTTP/1.1 401 Unauthorized");
    }
}
