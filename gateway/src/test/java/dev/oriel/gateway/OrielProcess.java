package dev.oriel.gateway;

import dev.oriel.capture.Eventually;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** {@code ./oriel serve} as a user starts it, on a free port. Ended by its own process id. */
final class OrielProcess implements AutoCloseable {

    private static final Duration LONGEST_START = Duration.ofSeconds(60);

    private final Process process;
    private final Path errors;
    private final URI address;
    private final String readyLine;
    private final HttpClient http = HttpClient.newHttpClient();

    private OrielProcess(List<String> words, Map<String, String> environment) throws IOException {
        errors = Files.createTempFile("oriel-it", ".err");
        ProcessBuilder builder = new ProcessBuilder(words).redirectError(errors.toFile());
        builder.environment().remove("DISPLAY");
        builder.environment().putAll(environment);
        process = builder.start();
        readyLine = firstLine();
        address = URI.create(readyLine.replaceAll(".*(http://\\S+)$", "$1"));
    }

    /** Starts it and waits until it is ready. */
    static OrielProcess serve(Map<String, String> environment, String... options) {
        return start(List.of(), environment, options);
    }

    /** Starts it as {@code java -jar}, with these words before {@code -jar}. */
    static OrielProcess java(Map<String, String> environment, String... javaOptions) {
        prepare();
        List<String> words = new ArrayList<>(java(javaOptions));
        words.addAll(List.of("serve", "--oriel-port", "0"));
        try {
            return new OrielProcess(words, environment);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code java -jar}, with these words before {@code -jar}, for the Java that the test runs on. */
    static List<String> java(String... javaOptions) {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(List.of(javaOptions));
        words.addAll(List.of("-jar", jar().toString()));
        return words;
    }

    /** The program of this checkout. */
    static Path jar() {
        return launcher().resolveSibling("gateway/target/oriel-gateway-0.1.0-SNAPSHOT.jar");
    }

    /** Starts it through another command, such as a shell that enters a control group. */
    static OrielProcess start(List<String> before, Map<String, String> environment, String... options) {
        if (!before.isEmpty()) {
            prepare();
        }
        List<String> words = new ArrayList<>(before);
        words.addAll(List.of(launcher().toString(), "serve", "--oriel-port", "0"));
        words.addAll(List.of(options));
        try {
            return new OrielProcess(words, environment);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets {@code ./oriel} make what it makes before its first start: not in a control group, nor with a word in between. */
    static void prepare() {
        try {
            Process version = new ProcessBuilder(launcher().toString(), "--version")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (version.waitFor() != 0) {
                throw new AssertionError("./oriel --version ended with " + version.exitValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** The script {@code oriel} of this checkout. */
    static Path launcher() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isExecutable(folder.resolve("oriel")) || !Files.exists(folder.resolve("dev"))) {
            folder = folder.getParent();
        }
        return folder.resolve("oriel");
    }

    private String firstLine() throws IOException {
        BufferedReader output =
                new BufferedReader(new java.io.InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        long start = System.nanoTime();
        Eventually.within(
                LONGEST_START, "a ready line or an end of ./oriel", () -> isReady(output) || !process.isAlive());
        String line = output.ready() ? output.readLine() : null;
        if (line == null) {
            throw new AssertionError("./oriel ended with " + process.exitValue() + " after "
                    + Duration.ofNanos(System.nanoTime() - start) + ": " + errors());
        }
        return line;
    }

    private static boolean isReady(BufferedReader output) {
        try {
            return output.ready();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String readyLine() {
        return readyLine;
    }

    URI address() {
        return address;
    }

    /** Subscribes to the feed. */
    FeedClient watch(String query) {
        return FeedClient.open(http, URI.create(address.toString().replace("http:", "ws:") + "feed" + query));
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Only after its end. */
    int exitStatus() {
        return process.exitValue();
    }

    String errors() {
        try {
            return Files.readString(errors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    HttpResponse<byte[]> get(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address.resolve(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    JsonNode json(String path) {
        return JsonTree.read(new String(get(path).body(), StandardCharsets.UTF_8));
    }

    /** A field of a space, by the space's id. */
    String ofSpace(String id, String field) {
        for (JsonNode space : json("/api/spaces")) {
            if (space.path("id").stringValue().equals(id)) {
                return space.path(field).asString();
            }
        }
        return "";
    }

    /** Ends it as a service manager does; returns how long that took. */
    Duration stop() {
        long start = System.nanoTime();
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                throw new AssertionError("./oriel did not stop: " + errors());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }

    @Override
    public void close() {
        try {
            if (process.isAlive()) {
                stop();
            }
        } finally {
            process.destroyForcibly();
        }
        try {
            Files.deleteIfExists(errors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
