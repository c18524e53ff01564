package dev.oriel.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code oriel serve} with the settings of whoever profiles it, on a port of its own. */
final class ProfiledServer implements AutoCloseable {

    private static final Duration LONGEST_START = Duration.ofSeconds(60);
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(5);
    private static final Duration LONGEST_END = Duration.ofSeconds(1);
    private static final Pattern READY = Pattern.compile("^Oriel is watching .* at (http://\\S+)$");
    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient http;
    private final Child child;
    private final ProcessMeter meter;
    private final URI address;
    private final Optional<String> token;

    private ProfiledServer(HttpClient http, Child child, URI address, Optional<String> token) {
        this.http = http;
        this.child = child;
        this.meter = new ProcessMeter(child.pid());
        this.address = address;
        this.token = token;
    }

    /**
     * Starts the server and waits until it says that it is ready.
     *
     * @param environment of this process, which the server inherits
     * @param before the words of a command that becomes the server, such as a shell that enters a control group first
     * @param options beside those for its address
     */
    static ProfiledServer start(
            Workplace workplace,
            HttpClient http,
            Map<String, String> environment,
            List<String> before,
            List<String> options)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(
                workplace.root().resolve("oriel").toString(),
                "serve",
                "--oriel-host",
                "127.0.0.1",
                "--oriel-port",
                "0"));
        command.addAll(options);
        Child child = workplace.children().start("oriel serve", Map.of(), command.toArray(String[]::new));
        URI address = URI.create(child.awaitText(READY, LONGEST_START));
        return new ProfiledServer(http, child, address, Optional.ofNullable(environment.get("ORIEL_TOKEN")));
    }

    /** The feed, with a query. */
    URI feed(String query) {
        return URI.create("ws://" + address.getAuthority() + "/feed" + query);
    }

    /** What clients have to give. */
    Optional<String> token() {
        return token;
    }

    /** Its memory now. */
    ProcessBytes memory() throws InterruptedException {
        try {
            return ProcessBytes.of(meter.memory());
        } catch (IOException e) {
            throw failure("its memory cannot be read", e);
        }
    }

    JsonNode spaces() throws InterruptedException {
        return get("/api/spaces");
    }

    JsonNode pressure() throws InterruptedException {
        return get("/api/pressure");
    }

    JsonNode cache() throws InterruptedException {
        return get("/api/stats").path("cache");
    }

    /** The newest picture of a space under the ceiling of the level, as the server hands it out. */
    HttpResponse<byte[]> picture(String space) throws InterruptedException {
        return send("/api/spaces/" + URLEncoder.encode(space, StandardCharsets.UTF_8) + "/frame.jpg");
    }

    private JsonNode get(String path) throws InterruptedException {
        HttpResponse<byte[]> response = send(path);
        if (response.statusCode() != 200) {
            throw new BenchmarkFailedException(path + " answered " + response.statusCode() + ": "
                    + new String(response.body(), StandardCharsets.UTF_8));
        }
        return JSON.readTree(response.body());
    }

    private HttpResponse<byte[]> send(String path) throws InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address.resolve(path)).timeout(LONGEST_ANSWER);
        token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw failure("it does not answer " + path, e);
        }
    }

    /** That the server ended explains whatever else went wrong. */
    private BenchmarkFailedException failure(String what, IOException cause) throws InterruptedException {
        return new BenchmarkFailedException(
                child.obituary(LONGEST_END).orElse("oriel serve runs, but " + what + ": " + cause));
    }

    /**
     * Checks that it runs.
     *
     * @throws BenchmarkFailedException with its last words if it does not
     */
    void requireAlive() throws InterruptedException {
        Optional<String> obituary = child.obituary(Duration.ZERO);
        if (obituary.isPresent()) {
            throw new BenchmarkFailedException(obituary.get());
        }
    }

    @Override
    public void close() {
        child.close();
    }
}
