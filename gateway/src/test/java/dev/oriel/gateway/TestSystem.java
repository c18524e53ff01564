package dev.oriel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.cache.CacheStats;
import dev.oriel.capture.Eventually;
import dev.oriel.capture.PixelScreen;
import dev.oriel.capture.ScreenSource;
import dev.oriel.capture.SpaceId;
import dev.oriel.pressure.PressureLevel;
import dev.oriel.pressure.PressureSensor;
import dev.oriel.pressure.PressureSensors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import reactor.core.publisher.Sinks;
import reactor.test.scheduler.VirtualTimeScheduler;
import tools.jackson.databind.JsonNode;

/**
 * A whole Oriel on a port of its own, with screens that a test draws into and a pressure that a test sets. Closing it
 * checks that it left nothing behind.
 */
final class TestSystem implements AutoCloseable {

    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(5);
    private static final Map<Setting, String> BASE = Map.of(
            Setting.ORIEL_PORT, "0",
            Setting.ORIEL_SOURCE, "demo",
            Setting.ORIEL_MAX_FPS, "240",
            Setting.ORIEL_POISON_FREED, "true",
            Setting.ORIEL_RSS_GREEN, "100000",
            Setting.ORIEL_RSS_YELLOW, "100000",
            Setting.ORIEL_RSS_RED, "100000");

    private final Sinks.Many<PressureLevel> levels = Sinks.many().replay().latest();
    private final VirtualTimeScheduler timer = VirtualTimeScheduler.create();
    private final List<ScreenSource> screens;
    private final Oriel oriel;
    private final HttpGateway gateway;
    private final URI address;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private boolean serving = true;
    private boolean closed;

    private TestSystem(Map<Setting, String> options, boolean simulable, List<ScreenSource> screens) {
        Map<Setting, String> all = new EnumMap<>(BASE);
        all.putAll(options);
        Settings settings = Settings.read(Map.of(), all);
        this.screens = screens;
        PressureSensor sensor = PressureSensors.of(levels.asFlux());
        this.oriel = Oriel.start(
                settings, screens, simulable ? PressureSensors.simulable(sensor) : sensor, Clock.systemUTC());
        this.gateway = HttpGateway.bind(settings, oriel, Clock.systemUTC(), timer);
        this.address = URI.create(gateway.address());
    }

    /** At GREEN, with its spaces known. */
    static TestSystem of(PixelScreen... screens) {
        return with(Map.of(), screens);
    }

    /** At GREEN, with its spaces known. */
    static TestSystem with(Map<Setting, String> options, PixelScreen... screens) {
        return atGreen(unready(options, screens));
    }

    /** As {@link #of}, and a level may be simulated. */
    static TestSystem simulable(PixelScreen... screens) {
        return atGreen(new TestSystem(Map.of(), true, List.of(screens)));
    }

    private static TestSystem atGreen(TestSystem system) {
        system.level(PressureLevel.GREEN);
        Eventually.until("the spaces are known", () -> !system.oriel.spaces().isEmpty());
        return system;
    }

    /** As a system is in its first moments. */
    static TestSystem unready(Map<Setting, String> options, ScreenSource... screens) {
        return new TestSystem(options, false, List.of(screens));
    }

    Oriel oriel() {
        return oriel;
    }

    HttpClient client() {
        return client;
    }

    int port() {
        return address.getPort();
    }

    URI uri(String path) {
        return address.resolve(path);
    }

    /** The sensor says so from now on. */
    void level(PressureLevel level) {
        levels.tryEmitNext(level).orThrow();
    }

    /** Lets the timer of the sockets run on. */
    void passTime(Duration time) {
        timer.advanceTimeBy(time);
    }

    HttpResponse<byte[]> get(String path, String... headers) {
        return send(HttpRequest.newBuilder(uri(path)).GET(), headers);
    }

    HttpResponse<byte[]> send(HttpRequest.Builder request, String... headers) {
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return client.send(request.timeout(LONGEST_ANSWER).build(), BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    JsonNode json(String path) {
        HttpResponse<byte[]> response = get(path);
        assertThat(response.statusCode()).as(path).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).as(path).contains("application/json");
        return json(response);
    }

    static JsonNode json(HttpResponse<byte[]> response) {
        return JsonTree.read(new String(response.body(), StandardCharsets.UTF_8));
    }

    /** Sends bytes as they are and reads until the server hangs up. */
    String raw(String... lines) {
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.setSoTimeout((int) LONGEST_ANSWER.toMillis());
            String request = String.join("\r\n", lines) + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private URI webSocket(String path) {
        return URI.create("ws://" + address.getAuthority() + path);
    }

    FeedClient feed(String path, String... subprotocols) {
        return FeedClient.open(client, webSocket(path), subprotocols);
    }

    FeedClient feedWithoutReading(String path) {
        return FeedClient.openWithoutReading(client, webSocket(path));
    }

    /** Waits until the cache has a revision of a space, or a later one. */
    void awaitRevision(SpaceId space, long revision) {
        Eventually.until(
                "revision " + revision + " of " + space,
                () -> oriel.pictures()
                        .newestInfo(space)
                        .filter(frame -> frame.revision() >= revision)
                        .isPresent());
    }

    int subscribers() {
        return json("/api/stats").path("subscribers").intValue();
    }

    /** Ends the sockets only. */
    void stopServing() {
        if (serving) {
            serving = false;
            gateway.close();
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            stopServing();
        } finally {
            oriel.close();
        }
        Eventually.until("all memory is given back: " + oriel.cacheStats(), this::holdsNothing);
        for (ScreenSource screen : screens) {
            Eventually.until(
                    "the thread of " + screen.name() + " ends",
                    () -> threads().noneMatch(name -> name.equals("oriel-capture-" + screen.name())));
        }
    }

    private boolean holdsNothing() {
        CacheStats stats = oriel.cacheStats();
        return stats.chargedBytes() == 0 && stats.residentBytes() == 0 && stats.segments() == 0;
    }

    private static Stream<String> threads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName);
    }
}
