package dev.oriel.gateway;

import dev.oriel.capture.Eventually;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A subscriber of the feed that keeps all it hears. It reads as fast as it can, or only when told. */
final class FeedClient implements WebSocket.Listener, AutoCloseable {

    private static final Duration LONGEST_HANDSHAKE = Duration.ofSeconds(10);

    private final boolean readsAtOnce;
    private final List<JsonNode> texts = new ArrayList<>();
    private final List<FeedFrame> frames = new ArrayList<>();
    private final List<Object> all = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private final ByteArrayOutputStream binary = new ByteArrayOutputStream();
    private @Nullable WebSocket socket;
    private boolean reading;
    private int closeCode;
    private boolean failed;
    private int marks;
    private int pings;

    private FeedClient(boolean readsAtOnce) {
        this.readsAtOnce = readsAtOnce;
        this.reading = readsAtOnce;
    }

    static FeedClient open(HttpClient client, URI uri, String... subprotocols) {
        return open(new FeedClient(true), client, uri, subprotocols);
    }

    /** Reads nothing until {@link #startReading}. */
    static FeedClient openWithoutReading(HttpClient client, URI uri) {
        return open(new FeedClient(false), client, uri);
    }

    private static FeedClient open(FeedClient feed, HttpClient client, URI uri, String... subprotocols) {
        WebSocket.Builder builder = client.newWebSocketBuilder().connectTimeout(LONGEST_HANDSHAKE);
        if (subprotocols.length > 0) {
            String[] others =
                    List.of(subprotocols).subList(1, subprotocols.length).toArray(String[]::new);
            builder.subprotocols(subprotocols[0], others);
        }
        feed.socket = builder.buildAsync(uri, feed).join();
        return feed;
    }

    private WebSocket socket() {
        return java.util.Objects.requireNonNull(socket, "socket");
    }

    String subprotocol() {
        return socket().getSubprotocol();
    }

    void send(String message) {
        socket().sendText(message, true).join();
    }

    /** Subscribes with more fields, each with a comma before it. */
    void subscribe(String space, String more) {
        send("{\"type\":\"subscribe\",\"spaces\":[\"" + space + "\"]" + more + "}");
    }

    synchronized void startReading() {
        reading = true;
        socket().request(1);
    }

    synchronized List<JsonNode> texts() {
        return List.copyOf(texts);
    }

    synchronized List<JsonNode> texts(String type) {
        return texts.stream()
                .filter(message -> message.path("type").stringValue().equals(type))
                .toList();
    }

    synchronized List<FeedFrame> frames() {
        return List.copyOf(frames);
    }

    synchronized List<FeedFrame> frames(int spaceIndex) {
        return frames.stream().filter(frame -> frame.spaceIndex() == spaceIndex).toList();
    }

    synchronized int pings() {
        return pings;
    }

    /** Texts and frames in the order in which they came. */
    synchronized List<Object> all() {
        return List.copyOf(all);
    }

    synchronized void forget() {
        texts.clear();
        frames.clear();
        all.clear();
    }

    /** Waits for a text that has come or comes. */
    JsonNode text(String type, Predicate<JsonNode> wanted) {
        Eventually.until(
                "a text \"" + type + "\" like that among " + texts(),
                () -> texts(type).stream().anyMatch(wanted));
        return texts(type).stream().filter(wanted).findFirst().orElseThrow();
    }

    JsonNode text(String type) {
        return text(type, any -> true);
    }

    /** Waits for a frame that has come or comes. */
    FeedFrame frame(Predicate<FeedFrame> wanted) {
        Eventually.until("a frame like that", () -> frames().stream().anyMatch(wanted));
        return frames().stream().filter(wanted).findFirst().orElseThrow();
    }

    FeedFrame frameOf(int spaceIndex) {
        return frame(frame -> frame.spaceIndex() == spaceIndex);
    }

    /** Waits until the server has answered all that was sent, and has sent what it had to send before that. */
    void mark() {
        for (int round = 0; round < 2; round++) {
            String mark = "mark-" + marks++;
            send("{\"type\":\"" + mark + "\"}");
            text("error", error -> error.path("message").stringValue().startsWith("type is \"" + mark + "\""));
        }
    }

    /** Waits for the end of the socket; empty if it broke. */
    Optional<Integer> closeCode() {
        Eventually.until("the socket ends", this::isOver);
        synchronized (this) {
            return failed ? Optional.empty() : Optional.of(closeCode);
        }
    }

    private synchronized boolean isOver() {
        return failed || closeCode != 0;
    }

    @Override
    public void onOpen(WebSocket opened) {
        if (readsAtOnce) {
            opened.request(1);
        }
    }

    @Override
    public synchronized @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            JsonNode message = JsonTree.read(text.toString());
            text.setLength(0);
            texts.add(message);
            all.add(message);
        }
        from.request(1);
        return null;
    }

    @Override
    public synchronized @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
        byte[] bytes = new byte[data.remaining()];
        data.get(bytes);
        binary.writeBytes(bytes);
        if (last) {
            FeedFrame frame = FeedFrame.of(binary.toByteArray());
            binary.reset();
            frames.add(frame);
            all.add(frame);
        }
        from.request(1);
        return null;
    }

    @Override
    public synchronized @Nullable CompletionStage<?> onPing(WebSocket from, ByteBuffer message) {
        pings++;
        from.request(1);
        return null;
    }

    @Override
    public synchronized @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closeCode = code;
        return null;
    }

    @Override
    public synchronized void onError(WebSocket from, Throwable error) {
        failed = true;
    }

    @Override
    public synchronized String toString() {
        return "reading " + reading + ", heard " + all;
    }

    /** Says good-bye, and hangs up without waiting for an answer. */
    @Override
    public void close() {
        socket().sendClose(WebSocket.NORMAL_CLOSURE, "").exceptionally(gone -> null);
        socket().abort();
    }
}
