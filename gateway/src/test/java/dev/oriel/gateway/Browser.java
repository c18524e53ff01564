package dev.oriel.gateway;

import dev.oriel.capture.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Headless Chromium with one page, driven through its DevTools protocol. Ended by its own process id. */
final class Browser implements AutoCloseable {

    private final Path profile;
    private final Process process;
    private final WebSocket devTools;
    private final AtomicInteger calls = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final String session;

    private Browser() throws IOException {
        profile = Files.createTempDirectory("oriel-browser");
        process = new ProcessBuilder(
                        "chromium",
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--disable-dev-shm-usage",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--force-color-profile=srgb",
                        "--blink-settings=preferredColorScheme=0",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "about:blank")
                .redirectErrorStream(true)
                .redirectOutput(profile.resolve("chromium.log").toFile())
                .start();
        Path port = profile.resolve("DevToolsActivePort");
        Eventually.until(
                "chromium listens", () -> Files.exists(port) && lines(port).size() >= 2);
        List<String> where = lines(port);
        devTools = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + where.get(0) + where.get(1)), new Listener())
                .join();
        String target = call("Target.createTarget", Map.of("url", "about:blank"), null)
                .path("targetId")
                .stringValue();
        session = call("Target.attachToTarget", Map.of("targetId", target, "flatten", true), null)
                .path("sessionId")
                .stringValue();
        call("Runtime.enable", Map.of(), session);
        call("Log.enable", Map.of(), session);
        call("Page.enable", Map.of(), session);
    }

    static Browser open() {
        try {
            return new Browser();
        } catch (IOException e) {
            throw new AssertionError("chromium cannot be started; on Debian: apt-get install chromium", e);
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class Listener implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                take(JsonTree.read(text.toString()));
                text.setLength(0);
            }
            from.request(1);
            return null;
        }

        private void take(JsonNode message) {
            CompletableFuture<JsonNode> answer =
                    answers.remove(message.path("id").asInt(0));
            if (answer != null) {
                answer.complete(message);
            }
            String method = message.path("method").asString("");
            if (method.equals("Runtime.exceptionThrown") || method.equals("Log.entryAdded")) {
                complaints.add(message.path("params").toString());
            }
        }
    }

    private JsonNode call(String method, Map<String, ?> parameters, @Nullable String toSession) {
        int id = calls.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        answers.put(id, answer);
        Map<String, Object> message = new java.util.LinkedHashMap<>();
        message.put("id", id);
        message.put("method", method);
        message.put("params", parameters);
        if (toSession != null) {
            message.put("sessionId", toSession);
        }
        devTools.sendText(Json.text(message), true).join();
        JsonNode answered = answer.orTimeout(20, TimeUnit.SECONDS).join();
        if (answered.has("error")) {
            throw new AssertionError(method + ": " + answered.path("error"));
        }
        return answered.path("result");
    }

    void size(int width, int height) {
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false),
                session);
    }

    /** Dark or light, whatever the system prefers. */
    void colorScheme(String scheme) {
        call(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))),
                session);
    }

    void go(URI page) {
        call("Page.navigate", Map.of("url", page.toString()), session);
    }

    /** Presses and releases a key, named as in KeyboardEvent.key. */
    void press(String key, int keyCode) {
        for (String type : List.of("keyDown", "keyUp")) {
            call("Input.dispatchKeyEvent", Map.of("type", type, "key", key, "windowsVirtualKeyCode", keyCode), session);
        }
    }

    /** Presses the left button at one place of the page, moves to another, and lets go there. */
    void drag(int fromX, int fromY, int toX, int toY) {
        mouse("mousePressed", fromX, fromY);
        mouse("mouseMoved", (fromX + toX) / 2, (fromY + toY) / 2);
        mouse("mouseMoved", toX, toY);
        mouse("mouseReleased", toX, toY);
    }

    private void mouse(String type, int x, int y) {
        call(
                "Input.dispatchMouseEvent",
                Map.of("type", type, "x", x, "y", y, "button", "left", "buttons", 1, "clickCount", 1),
                session);
    }

    /** The value of an expression, as text. */
    String evaluate(String expression) {
        JsonNode result = call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true), session);
        if (result.has("exceptionDetails")) {
            throw new AssertionError(expression + ": " + result.path("exceptionDetails"));
        }
        return result.path("result").path("value").asString("");
    }

    /** Waits until an expression is true; one that cannot be evaluated while a page is loading is not. */
    void until(String what, String expression) {
        String attempt =
                "(() => { try { return String(Boolean(" + expression + ")); } catch (e) { return String(e); } })()";
        AtomicReference<String> last = new AtomicReference<>("");
        try {
            Eventually.until(what, () -> {
                last.set(evaluate(attempt));
                return last.get().equals("true");
            });
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + " (" + expression + " is " + last.get() + ")", e);
        }
    }

    byte[] screenshot() {
        JsonNode picture = call("Page.captureScreenshot", Map.of("format", "png"), session);
        return Base64.getDecoder().decode(picture.path("data").stringValue());
    }

    /** Errors and warnings of the page so far. */
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    @Override
    public void close() {
        devTools.abort();
        List<ProcessHandle> family = new ArrayList<>(process.descendants().toList());
        family.add(process.toHandle());
        family.forEach(ProcessHandle::destroyForcibly);
        family.forEach(member -> member.onExit().orTimeout(10, TimeUnit.SECONDS).join());
        try (Stream<Path> files = Files.walk(profile)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
