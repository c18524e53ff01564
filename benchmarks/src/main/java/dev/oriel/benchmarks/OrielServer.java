package dev.oriel.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code oriel serve}, as users start it. */
final class OrielServer implements AutoCloseable {

    private static final Duration LONGEST_START = Duration.ofSeconds(60);
    private static final Pattern READY = Pattern.compile("^Oriel is watching .* at (http://\\S+)$");
    private static final Pattern LEVEL = Pattern.compile("memory pressure is");
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Child child;
    private final URI address;
    private final double startMillis;
    private final HttpClient http = HttpClient.newHttpClient();

    private OrielServer(Child child, URI address, double startMillis) {
        this.child = child;
        this.address = address;
        this.startMillis = startMillis;
    }

    /**
     * Starts the server and waits until it says that it is ready.
     *
     * @param displays one or several, comma-separated
     * @param pressure a level, or a file that scripts it
     */
    static OrielServer start(Workplace workplace, String displays, String pressure)
            throws IOException, InterruptedException {
        return start(workplace, command -> command, Map.of(), displays, "--pressure", pressure);
    }

    /**
     * The same with the sensors of the machine, unless the options say something else.
     *
     * @param place turns the command into one that starts it elsewhere, such as in a control group
     * @param environment what is added to ours
     */
    static OrielServer start(
            Workplace workplace,
            UnaryOperator<String[]> place,
            Map<String, String> environment,
            String displays,
            String... options)
            throws IOException, InterruptedException {
        return start(workplace, OwnJava.LAUNCHER, place, environment, displays, options);
    }

    /** The same in a Java that is started one way or the other. */
    static OrielServer start(
            Workplace workplace,
            OwnJava java,
            UnaryOperator<String[]> place,
            Map<String, String> environment,
            String displays,
            String... options)
            throws IOException, InterruptedException {
        long start = System.nanoTime();
        List<String> command = new ArrayList<>(java.oriel(workplace));
        command.addAll(List.of("serve", "--oriel-port", "0", "--oriel-source", "x11", "--oriel-displays", displays));
        command.addAll(List.of(options));
        Child child =
                workplace.children().start("oriel serve", environment, place.apply(command.toArray(String[]::new)));
        Child.Line ready = child.awaitLine(READY, LONGEST_START);
        Matcher matcher = READY.matcher(ready.text());
        if (!matcher.matches()) {
            throw new IllegalStateException("it matched before");
        }
        return new OrielServer(child, URI.create(matcher.group(1)), (ready.nanoTime() - start) / 1e6);
    }

    /** From the command to the line that says it is ready. */
    double startMillis() {
        return startMillis;
    }

    boolean isAlive() {
        return child.isAlive();
    }

    /**
     * When it logged a level for the first time since {@link #forgetLevels}.
     *
     * @param levels a name, or several with bars between them
     * @return nanoseconds after the start; empty if it did not
     */
    OptionalLong levelSince(String levels, long startNanos) {
        Pattern wanted = Pattern.compile("memory pressure is (" + levels + ")");
        return child.said(wanted).stream()
                .mapToLong(line -> line.nanoTime() - startNanos)
                .findFirst();
    }

    /** Forgets what it logged of levels so far. */
    void forgetLevels() {
        child.forget(LEVEL);
    }

    long pid() {
        return child.pid();
    }

    /** Where it answers. */
    URI address() {
        return address;
    }

    ProcessMeter meter() {
        return new ProcessMeter(child.pid());
    }

    FeedClient subscribe() {
        return new FeedClient(address);
    }

    /** The level in force. */
    String pressureLevel() throws IOException, InterruptedException {
        return pressure().path("level").asString();
    }

    /** All that it says of the pressure. */
    JsonNode pressure() throws IOException, InterruptedException {
        return get("/api/pressure");
    }

    /** The newest change of the level, as far as it has been answered. */
    JsonNode newestTransition() throws IOException, InterruptedException {
        JsonNode transitions = pressure().path("transitions");
        if (transitions.isEmpty()) {
            throw new BenchmarkFailedException("the level has never changed");
        }
        return transitions.get(transitions.size() - 1);
    }

    /** The newest change to a level, as far as it has been answered. */
    JsonNode newestTransitionTo(String level) throws IOException, InterruptedException {
        return pressure()
                .path("transitions")
                .valueStream()
                .filter(transition -> transition.path("to").asString().equals(level))
                .reduce((older, newer) -> newer)
                .orElseThrow(() -> new BenchmarkFailedException("the level has never become " + level));
    }

    /** Has it see a level; it was started with {@code --allow-simulation}. Returns when it has told everybody. */
    void simulate(String level, Duration time) throws IOException, InterruptedException {
        String path = "/api/pressure/simulate?level=" + level + "&seconds=" + time.toSeconds();
        read(path, HttpRequest.newBuilder(address.resolve(path)).POST(HttpRequest.BodyPublishers.noBody()));
    }

    /** Has it see what is there again. */
    void endSimulation() throws IOException, InterruptedException {
        simulate("GREEN", Duration.ZERO);
    }

    /** What the server says of its cache. */
    JsonNode cacheStats() throws IOException, InterruptedException {
        return get("/api/stats").path("cache");
    }

    /** What the server's engine has counted. */
    Counters captureStats() throws IOException, InterruptedException {
        Map<String, Long> values = new HashMap<>();
        get("/api/stats")
                .path("capture")
                .properties()
                .forEach(counter ->
                        values.put(counter.getKey(), counter.getValue().asLong()));
        return new Counters(values);
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        return read(path, HttpRequest.newBuilder(address.resolve(path)));
    }

    private JsonNode read(String path, HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() != 200) {
            throw new BenchmarkFailedException(path + " answered " + response.statusCode());
        }
        return JSON.readTree(response.body());
    }

    @Override
    public void close() {
        child.close();
    }
}
