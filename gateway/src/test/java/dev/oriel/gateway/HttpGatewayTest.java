package dev.oriel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.capture.Eventually;
import dev.oriel.capture.Jpegs;
import dev.oriel.capture.PixelScreen;
import dev.oriel.capture.Pixels;
import dev.oriel.pressure.PressureLevel;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class HttpGatewayTest {

    private static final int WIDTH = 640;
    private static final int HEIGHT = 400;
    private static final int SPACES = 3;

    /** Well under the time after which the server gives up waiting for a picture. */
    private static final Duration PROMPT = Duration.ofMillis(1500);

    private PixelScreen screen;
    private TestSystem system;

    @BeforeEach
    void start() {
        screen = PixelScreen.sideBySide("s", WIDTH, HEIGHT, SPACES);
        system = TestSystem.of(screen);
    }

    @AfterEach
    void stop() {
        system.close();
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    static void isProblem(HttpResponse<byte[]> response, int status, String... saying) {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(header(response, "Content-Type")).isEqualTo("application/problem+json");
        JsonNode problem = TestSystem.json(response);
        assertThat(problem.path("type").stringValue()).isEqualTo("about:blank");
        String detail = problem.path("detail").stringValue();
        assertThat(detail).isNotBlank().doesNotContain("\n");
        for (String words : saying) {
            assertThat(detail).contains(words);
        }
        assertThat(problem.path("status").intValue()).isEqualTo(status);
        assertThat(problem.path("title").stringValue()).isNotBlank();
    }

    private HttpResponse<byte[]> picture(int space, String query, String... headers) {
        HttpResponse<byte[]> response = system.get("/api/spaces/s-" + space + "/frame.jpg" + query, headers);
        assertThat(response.statusCode()).isIn(200, 304);
        return response;
    }

    private static void shows(HttpResponse<byte[]> response, Pixels pixels) {
        assertThat(header(response, "Content-Type")).isEqualTo("image/jpeg");
        assertThat(header(response, "Content-Length")).isEqualTo(Integer.toString(response.body().length));
        assertThat(Jpegs.decode(response.body()).meanDifference(pixels)).isLessThan(2.0);
    }

    @Test
    void isHealthyAndReady() {
        assertThat(system.json("/healthz").path("status").stringValue()).isEqualTo("up");
        assertThat(system.json("/readyz").path("status").stringValue()).isEqualTo("ready");
    }

    @Test
    void isNotReadyWhenEverySourceIsLostAndIsAgainWhenOneComesBack() {
        screen.lose("the cable is out");
        Eventually.until("it is not ready", () -> system.get("/readyz").statusCode() == 503);

        isProblem(system.get("/readyz"), 503, "every space is lost");
        assertThat(system.get("/healthz").statusCode()).isEqualTo(200);

        screen.comeBack();
        Eventually.until("it is ready", () -> system.get("/readyz").statusCode() == 200);
    }

    @Test
    void isReadyWhileOneSourceLives() {
        PixelScreen dead = PixelScreen.single("dead", 32, 32);
        dead.lose("it never was there");
        try (TestSystem two = TestSystem.of(PixelScreen.single("alive", 32, 32), dead)) {
            assertThat(two.json("/readyz").path("status").stringValue()).isEqualTo("ready");
            assertThat(two.json("/api/spaces").get(1).path("state").stringValue())
                    .isEqualTo("lost");
            isProblem(two.get("/api/spaces/dead-1/frame.jpg"), 503, "dead-1", "lost");
        }
    }

    @Test
    void isNotReadyBeforeTheSpacesAreKnown() {
        GatedScreen slow = new GatedScreen(PixelScreen.single("slow", 32, 32));
        try (TestSystem early = TestSystem.unready(Map.of(), slow)) {
            isProblem(early.get("/readyz"), 503, "the spaces are not known yet");
            assertThat(early.json("/api/spaces").isEmpty()).isTrue();
            assertThat(early.json("/api/pressure").path("level").stringValue()).isEqualTo("UNKNOWN");

            slow.letOpen();
            Eventually.until("it is ready", () -> early.get("/readyz").statusCode() == 200);
        }
    }

    @Test
    void listsTheSpaces() {
        JsonNode spaces = system.json("/api/spaces");

        assertThat(spaces.size()).isEqualTo(SPACES);
        JsonNode first = spaces.get(0);
        assertThat(first.propertyNames())
                .containsExactly(
                        "id",
                        "index",
                        "label",
                        "x",
                        "y",
                        "width",
                        "height",
                        "active",
                        "state",
                        "reason",
                        "windows",
                        "revision",
                        "capturedAt",
                        "ageMillis");
        assertThat(first.path("id").stringValue()).isEqualTo("s-1");
        assertThat(first.path("index").intValue()).isEqualTo(1);
        assertThat(first.path("label").stringValue()).isEqualTo("Space 1");
        assertThat(first.path("width").intValue()).isEqualTo(WIDTH);
        assertThat(first.path("height").intValue()).isEqualTo(HEIGHT);
        assertThat(first.path("active").booleanValue()).isTrue();
        assertThat(first.path("state").stringValue()).isEqualTo("live");
        assertThat(first.path("revision").isNull()).isTrue();
        assertThat(first.path("capturedAt").isNull()).isTrue();
        assertThat(first.path("ageMillis").isNull()).isTrue();
    }

    @Test
    void listsTheAgeOfAPictureOnceThereIsOne() {
        String revision = header(picture(2, ""), "X-Oriel-Revision");

        JsonNode second = system.json("/api/spaces").get(1);

        assertThat(second.path("revision").longValue()).isEqualTo(Long.parseLong(revision));
        assertThat(Instant.parse(second.path("capturedAt").stringValue()))
                .isBetween(Instant.now().minusSeconds(60), Instant.now());
        assertThat(second.path("ageMillis").longValue()).isBetween(0L, 60_000L);
    }

    @Test
    void givesThePictureThatIsOnTheScreen() {
        Pixels desktop = Pixels.desktop(WIDTH, HEIGHT);
        screen.show(2, desktop);

        HttpResponse<byte[]> response = picture(2, "?quality=full");

        shows(picture(1, ""), Pixels.flat(WIDTH, HEIGHT, 0));
        assertThat(Jpegs.decode(response.body()).meanDifference(desktop)).isLessThan(8.0);
    }

    @Test
    void aPictureSaysWhatItIs() {
        Instant before = Instant.now().minusSeconds(1);

        HttpResponse<byte[]> response = picture(1, "");

        assertThat(header(response, "X-Oriel-Space")).isEqualTo("s-1");
        assertThat(header(response, "X-Oriel-Revision")).isEqualTo("1");
        assertThat(Instant.parse(header(response, "X-Oriel-Captured-At")))
                .isBetween(before, Instant.now().plusSeconds(1));
        assertThat(header(response, "X-Oriel-State")).isEqualTo("live");
        assertThat(header(response, "X-Oriel-Quality")).isEqualTo("optimized");
        assertThat(Double.parseDouble(header(response, "X-Oriel-Scale"))).isEqualTo(1.0);
        assertThat(header(response, "X-Oriel-Origin")).isEqualTo("0,0");
        assertThat(header(response, "Cache-Control")).contains("no-cache");
        assertThat(header(response, "X-Content-Type-Options")).isEqualTo("nosniff");
    }

    @Test
    void aChangedScreenGivesTheChangedPictureEachTime() {
        for (int round = 1; round <= 30; round++) {
            int color = round * 0x070503;
            screen.fillRect(1, 0, 0, WIDTH, HEIGHT, color);

            HttpResponse<byte[]> response = picture(1, "?quality=thumbnail");

            assertThat(header(response, "X-Oriel-Revision")).isEqualTo(Integer.toString(round));
            Pixels seen = Jpegs.decode(response.body());
            assertThat(seen.greatestDifference(Pixels.flat(seen.width(), seen.height(), color)))
                    .as("round " + round)
                    .isLessThan(6);
        }
    }

    @Test
    void aStillScreenIsAnsweredAtOnceHoweverOftenItIsAskedFor() {
        for (int round = 0; round < 50; round++) {
            Instant before = Instant.now();
            String revision = header(picture(1, "?quality=thumbnail"), "X-Oriel-Revision");
            assertThat(revision).isEqualTo("1");
            assertThat(Duration.between(before, Instant.now()))
                    .as("round " + round)
                    .isLessThan(PROMPT);
        }
    }

    @Test
    void aStillScreenIsAnsweredAtOnceWhenAnotherStopsLookingInTheSameMoment() {
        try (FeedClient other = system.feed("/feed?spaces=*")) {
            other.frameOf(1);
            screen.settle();
            screen.hold();
            CompletableFuture<HttpResponse<byte[]>> answer;
            Instant before;
            try {
                other.send("{\"type\":\"unsubscribe\",\"spaces\":[\"*\"]}");
                Eventually.until("the other looks no more", () -> interests() == 0);
                HttpRequest request = HttpRequest.newBuilder(system.uri("/api/spaces/s-1/frame.jpg"))
                        .build();
                before = Instant.now();
                answer = system.client().sendAsync(request, BodyHandlers.ofByteArray());
                Eventually.until("the picture is wanted", () -> interests() == 1);
            } finally {
                screen.goOn();
            }
            assertThat(answer.join().statusCode()).isEqualTo(200);
            assertThat(Duration.between(before, Instant.now())).isLessThan(PROMPT);
        }
    }

    private int interests() {
        return system.oriel().demand().demands().next().block().interests().size();
    }

    @Test
    void aPictureOfAWatchedSpaceComesFromTheCache() {
        try (FeedClient watching = system.feed("/feed?spaces=*")) {
            watching.frameOf(1);
            screen.settle();
            long captures = system.oriel().captureStats().captures();

            shows(picture(1, ""), Pixels.flat(WIDTH, HEIGHT, 0));

            assertThat(system.oriel().captureStats().captures()).isEqualTo(captures);
            assertThat(system.oriel().cacheStats().hits()).isPositive();
        }
    }

    @Test
    void anUnchangedPictureIsNotSentAgain() {
        HttpResponse<byte[]> first = picture(1, "");
        String tag = header(first, "ETag");
        assertThat(tag).matches("\"[^\"]+\"");

        for (String given : List.of(tag, "\"other\", " + tag, "W/" + tag, "*")) {
            HttpResponse<byte[]> again = picture(1, "", "If-None-Match", given);
            assertThat(again.statusCode()).isEqualTo(304);
            assertThat(again.body()).isEmpty();
            assertThat(header(again, "ETag")).isEqualTo(tag);
            assertThat(header(again, "X-Oriel-Revision")).isEqualTo("1");
        }
        assertThat(picture(1, "", "If-None-Match", "\"other\"").statusCode()).isEqualTo(200);
    }

    @Test
    void tagsDifferBySpaceRevisionAndRendition() {
        List<String> tags = new ArrayList<>();
        tags.add(header(picture(1, ""), "ETag"));
        tags.add(header(picture(2, ""), "ETag"));
        tags.add(header(picture(1, "?quality=fast"), "ETag"));
        screen.fillRect(1, 0, 0, 32, 32, 0xFFFFFF);
        HttpResponse<byte[]> changed = picture(1, "", "If-None-Match", tags.get(0));
        assertThat(changed.statusCode()).isEqualTo(200);
        tags.add(header(changed, "ETag"));

        assertThat(tags).doesNotHaveDuplicates();
    }

    @Test
    void givesTheLowerOfTheQualityAskedForAndTheCeiling() {
        assertThat(header(picture(1, "?quality=full"), "X-Oriel-Quality")).isEqualTo("optimized");
        assertThat(header(picture(1, "?quality=thumbnail"), "X-Oriel-Quality")).isEqualTo("thumbnail");

        system.level(PressureLevel.YELLOW);
        HttpResponse<byte[]> fast = picture(1, "?quality=full");
        assertThat(header(fast, "X-Oriel-Quality")).isEqualTo("fast");
        assertThat(Double.parseDouble(header(fast, "X-Oriel-Scale"))).isEqualTo(0.5);
        assertThat(Jpegs.decode(fast.body()).width()).isEqualTo(WIDTH / 2);

        system.level(PressureLevel.RED);
        HttpResponse<byte[]> thumbnail = picture(1, "?quality=optimized");
        assertThat(header(thumbnail, "X-Oriel-Quality")).isEqualTo("thumbnail");
        assertThat(Jpegs.decode(thumbnail.body()).width()).isEqualTo(400);
    }

    @Test
    void aHigherCeilingGivesFullQuality() {
        try (TestSystem generous = TestSystem.with(
                Map.of(Setting.CAPTURE_QUALITY_GREEN, "full"), PixelScreen.single("g", WIDTH, HEIGHT))) {
            assertThat(header(generous.get("/api/spaces/g-1/frame.jpg?quality=full"), "X-Oriel-Quality"))
                    .isEqualTo("full");
        }
    }

    @Test
    void aSpaceThatIsNotCapturedAtThisLevelGivesItsLastPictureAndSaysSo() {
        picture(3, "");
        system.level(PressureLevel.RED);
        screen.fillRect(3, 0, 0, WIDTH, HEIGHT, 0xFFFFFF);

        HttpResponse<byte[]> last = picture(3, "");

        assertThat(header(last, "X-Oriel-State")).isEqualTo("stale");
        shows(last, Pixels.flat(WIDTH, HEIGHT, 0));
        assertThat(system.json("/api/spaces").get(2).path("state").stringValue())
                .isEqualTo("stale");
    }

    @Test
    void aHiddenDesktopGivesItsLastPictureAndSaysSo() {
        PixelScreen desktops = PixelScreen.desktops("d", WIDTH, HEIGHT, 2);
        try (TestSystem hiding = TestSystem.of(desktops)) {
            isProblem(hiding.get("/api/spaces/d-2/frame.jpg"), 503, "there is no picture of \"d-2\" now", "stale");
            desktops.fillRect(1, 0, 0, WIDTH, HEIGHT, 0x00FF00);
            assertThat(header(hiding.get("/api/spaces/d-1/frame.jpg"), "X-Oriel-State"))
                    .isEqualTo("live");

            desktops.bringToFront(2);
            Eventually.until(
                    "it is stale",
                    () -> hiding.json("/api/spaces")
                            .get(0)
                            .path("state")
                            .stringValue()
                            .equals("stale"));

            HttpResponse<byte[]> last = hiding.get("/api/spaces/d-1/frame.jpg");
            assertThat(header(last, "X-Oriel-State")).isEqualTo("stale");
            shows(last, Pixels.flat(WIDTH, HEIGHT, 0x00FF00));
        }
    }

    @Test
    void aConnectionIsAnsweredHoweverSoonItAsksAgain() {
        PixelScreen desktops = PixelScreen.desktops("d", WIDTH, HEIGHT, 2);
        try (TestSystem busy = TestSystem.of(desktops)) {
            for (int round = 0; round < 100; round++) {
                int front = 1 + round % 2;
                desktops.bringToFront(front);
                Eventually.until(
                        "space " + front + " is live",
                        () -> busy.json("/api/spaces")
                                .get(front - 1)
                                .path("state")
                                .stringValue()
                                .equals("live"));
                busy.get("/api/spaces/d-" + (3 - front) + "/frame.jpg");
                assertThat(busy.get("/api/spaces/d-" + front + "/frame.jpg").statusCode())
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void aLostSpaceGivesItsLastPictureAndSaysSo() {
        picture(1, "");
        screen.lose("the cable is out");
        Eventually.until("it is lost", () -> system.get("/readyz").statusCode() == 503);

        assertThat(header(picture(1, ""), "X-Oriel-State")).isEqualTo("lost");
    }

    @Test
    void aSpaceThatIsLostWhileItsPictureIsWaitedForGivesItsLastPictureAtOnce() {
        picture(1, "");
        screen.hold();
        CompletableFuture<HttpResponse<byte[]>> waiting = system.client()
                .sendAsync(
                        HttpRequest.newBuilder(system.uri("/api/spaces/s-1/frame.jpg"))
                                .build(),
                        BodyHandlers.ofByteArray());
        Eventually.until(
                "it is waited for",
                () -> !system.oriel()
                        .demand()
                        .demands()
                        .next()
                        .block()
                        .interests()
                        .isEmpty());
        screen.lose("the cable is out");
        screen.goOn();

        HttpResponse<byte[]> response = waiting.join();
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(header(response, "X-Oriel-State")).isEqualTo("lost");
    }

    @Test
    void aSpaceThatThereIsNotIsNamedWithThoseThereAre() {
        isProblem(
                system.get("/api/spaces/nowhere/frame.jpg"),
                404,
                "there is no space \"nowhere\"; there are: s-1, s-2, s-3");
        isProblem(system.get("/api/spaces/"), 404, "there is no space \"\"");
    }

    @Test
    void namesWhatASpaceHas() {
        isProblem(system.get("/api/spaces/s-1/frame.png"), 404, "a space has no \"/frame.png\"", "frame.jpg");
        isProblem(system.get("/api/spaces/s-1"), 404, "frame.jpg");
        isProblem(system.get("/api/spaces/s-1/frame.jpg/x"), 404, "frame.jpg");
    }

    @Test
    void namesAWrongParameterAndWhatIsAllowed() {
        isProblem(
                system.get("/api/spaces/s-1/frame.jpg?quality=best"),
                400,
                "quality is \"best\"; allowed: full, optimized, fast, thumbnail");
        isProblem(
                system.get("/api/spaces/s-1/frame.jpg?size=2"), 400, "parameter \"size\" is not known here; allowed:");
    }

    @Test
    void namesAPathThatIsNothing() {
        isProblem(system.get("/nothing"), 404, "there is nothing at \"/nothing\"");
        isProblem(system.get("/api"), 404, "/api");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS"})
    void namesTheMethodThatIsAllowed(String method) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(system.uri("/api/spaces")).method(method, HttpRequest.BodyPublishers.noBody());

        HttpResponse<byte[]> response = system.send(request);

        isProblem(response, 405, "method is " + method + "; allowed: GET, HEAD");
        assertThat(header(response, "Allow")).isEqualTo("GET, HEAD");
    }

    @Test
    void anAddressThatCannotBeDecodedIsABadRequest() {
        assertThat(system.raw("GET /%zz HTTP/1.1", "Host: 127.0.0.1"))
                .startsWith("HTTP/1.1 400")
                .contains("application/problem+json");
        assertThat(system.raw("GET /api/spaces/s-1/frame.jpg?quality=%9 HTTP/1.1", "Host: 127.0.0.1"))
                .startsWith("HTTP/1.1 400");
        assertThat(system.get("/healthz").statusCode()).isEqualTo(200);
    }

    @Test
    void whatIsNotHttpHarmsNobody() {
        assertThat(system.raw("nonsense")).startsWith("HTTP/1.1 400");
        assertThat(system.get("/healthz").statusCode()).isEqualTo(200);
    }

    @Test
    void aForeignHostIsRefused() {
        String answer = system.raw("GET /api/spaces HTTP/1.1", "Host: evil.example:" + system.port());

        assertThat(answer)
                .startsWith("HTTP/1.1 403")
                .contains("application/problem+json")
                .contains("evil.example");
        assertThat(system.raw("GET /api/spaces HTTP/1.1", "Host: localhost:" + system.port()))
                .startsWith("HTTP/1.1 200");
    }

    @Test
    void aForeignOriginIsRefused() {
        isProblem(
                system.get("/api/spaces", "Origin", "http://evil.example"),
                403,
                "Origin is \"http://evil.example\"; only pages of this server may ask");
        assertThat(system.get("/api/spaces", "Origin", "http://127.0.0.1:" + system.port())
                        .statusCode())
                .isEqualTo(200);
        String upgrade = system.raw(
                "GET /feed HTTP/1.1",
                "Host: 127.0.0.1:" + system.port(),
                "Origin: http://evil.example",
                "Upgrade: websocket",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
        assertThat(upgrade).startsWith("HTTP/1.1 403");
    }

    @Test
    void aTokenIsAskedForAndTakenInThreeWays() {
        try (TestSystem locked =
                TestSystem.with(Map.of(Setting.ORIEL_TOKEN, "s3cret"), PixelScreen.single("t", 32, 32))) {
            for (String path : List.of("/", "/api/spaces", "/api/spaces/t-1/frame.jpg", "/api/stats", "/feed")) {
                isProblem(locked.get(path), 401, "Authorization: Bearer", "?token=");
            }
            isProblem(locked.get("/api/spaces", "Authorization", "Bearer wrong"), 401);
            assertThat(locked.get("/healthz").statusCode()).isEqualTo(200);
            assertThat(locked.get("/readyz").statusCode()).isEqualTo(200);

            assertThat(locked.get("/api/spaces", "Authorization", "Bearer s3cret")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(locked.get("/api/spaces/t-1/frame.jpg?quality=fast&token=s3cret")
                            .statusCode())
                    .isEqualTo(200);

            HttpResponse<byte[]> page = locked.get("/?token=s3cret");
            String cookie = header(page, "Set-Cookie");
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(cookie).contains("oriel_token=s3cret", "HTTPOnly", "SameSite=Strict");
            assertThat(locked.get("/api/spaces", "Cookie", cookie.substring(0, cookie.indexOf(';')))
                            .statusCode())
                    .isEqualTo(200);
            try (FeedClient feed = locked.feed("/feed?spaces=*&token=s3cret")) {
                feed.frame(frame -> frame.width() == 32);
            }
        }
    }

    @Test
    void tellsThePressureAndThePlan() {
        JsonNode green = system.json("/api/pressure");
        assertThat(green.path("level").stringValue()).isEqualTo("GREEN");
        assertThat(Instant.parse(green.path("since").stringValue()))
                .isBefore(Instant.now().plusSeconds(1));
        assertThat(green.path("sources").isArray()).isTrue();
        assertThat(green.path("absent").isArray()).isTrue();
        plan(green, 500, "optimized", "all", 0);
        assertThat(green.path("plan").path("prefetch").booleanValue()).isTrue();

        system.level(PressureLevel.YELLOW);
        plan(system.json("/api/pressure"), 200, "fast", "active_and_adjacent", 15);

        system.level(PressureLevel.RED);
        JsonNode red = system.json("/api/pressure");
        assertThat(red.path("level").stringValue()).isEqualTo("RED");
        plan(red, 50, "thumbnail", "active_only", 25);
        assertThat(red.path("plan").path("prefetch").booleanValue()).isFalse();
    }

    private static void plan(JsonNode pressure, int megabytes, String quality, String spaces, int reduction) {
        JsonNode plan = pressure.path("plan");
        assertThat(plan.path("cacheMegabytes").intValue()).isEqualTo(megabytes);
        assertThat(plan.path("quality").stringValue()).isEqualTo(quality);
        assertThat(plan.path("spaces").stringValue()).isEqualTo(spaces);
        assertThat(plan.path("jpegReduction").intValue()).isEqualTo(reduction);
    }

    @Test
    void withoutAdaptionTheLevelIsShownAndThePlanStays() {
        try (TestSystem fixed =
                TestSystem.with(Map.of(Setting.JARVIS_ADAPTIVE_MEMORY, "false"), PixelScreen.single("f", 32, 32))) {
            fixed.level(PressureLevel.RED);
            JsonNode red = fixed.json("/api/pressure");
            assertThat(red.path("level").stringValue()).isEqualTo("RED");
            plan(red, 500, "optimized", "all", 0);
        }
    }

    @Test
    void countsEverything() {
        picture(1, "");

        JsonNode stats = system.json("/api/stats");

        assertThat(stats.path("capture").path("captures").longValue()).isEqualTo(1);
        assertThat(stats.path("capture").path("pixelsRead").longValue()).isEqualTo((long) WIDTH * HEIGHT);
        assertThat(stats.path("capture").path("stripesEncoded").longValue()).isEqualTo(HEIGHT / 16);
        assertThat(stats.path("cache").path("frames").intValue()).isEqualTo(1);
        assertThat(stats.path("cache").path("chargedBytes").longValue()).isPositive();
        assertThat(stats.path("cache").path("budgetBytes").longValue()).isEqualTo(500L * 1024 * 1024);
        assertThat(stats.path("subscribers").intValue()).isZero();
        assertThat(stats.path("uptimeSeconds").longValue()).isBetween(0L, 60L);
        assertThat(stats.path("processResidentBytes").isNumber()
                        || stats.path("processResidentBytes").isNull())
                .isTrue();
    }

    @Test
    void nobodyLooksAndNothingIsRead() {
        screen.fillRect(1, 0, 0, WIDTH, HEIGHT, 0xFF0000);
        system.json("/api/spaces");
        system.json("/api/stats");
        system.get("/");
        screen.settle();
        assertThat(system.oriel().captureStats().captures()).isZero();
        assertThat(screen.rowsRead()).isZero();

        picture(1, "");
        assertThat(screen.rowsRead()).isEqualTo(HEIGHT);
        screen.settle();
        screen.fillRect(1, 0, 0, WIDTH, HEIGHT, 0x00FF00);
        screen.settle();
        assertThat(screen.rowsRead()).isEqualTo(HEIGHT);
        assertThat(system.oriel().captureStats().captures()).isEqualTo(1);
    }

    @Test
    void servesTheDashboard() {
        HttpResponse<byte[]> page = system.get("/");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(header(page, "Content-Type")).isEqualTo("text/html; charset=utf-8");
        assertThat(header(page, "Content-Security-Policy")).isEqualTo(Dashboard.CONTENT_SECURITY_POLICY);
        assertThat(header(page, "Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(header(page, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(header(page, "Set-Cookie")).isEmpty();
        assertThat(new String(page.body(), StandardCharsets.UTF_8)).contains("<title>Oriel</title>");

        for (String path : List.of("/dashboard.css", "/dashboard.js", "/timeline.js", "/icon.svg")) {
            HttpResponse<byte[]> file = system.get(path);
            assertThat(file.statusCode()).as(path).isEqualTo(200);
            assertThat(header(file, "Content-Security-Policy")).isEqualTo(Dashboard.CONTENT_SECURITY_POLICY);

            HttpResponse<byte[]> again = system.get(path, "If-None-Match", header(file, "ETag"));
            assertThat(again.statusCode()).as(path).isEqualTo(304);
            assertThat(again.body()).isEmpty();
        }
    }

    @Test
    void aPlainRequestToTheFeedIsToldWhatItIs() {
        isProblem(system.get("/feed"), 400, "/feed is a WebSocket");
    }

    @Test
    void aResizedScreenGivesAPictureOfItsNewSize() {
        picture(1, "");
        screen.resize(320, 240);
        Eventually.until(
                "the new size is known",
                () -> system.json("/api/spaces").get(0).path("width").intValue() == 320);

        HttpResponse<byte[]> response = picture(1, "");

        assertThat(Jpegs.decode(response.body()).height()).isEqualTo(240);
        assertThat(header(response, "X-Oriel-Revision")).isEqualTo("2");
    }
}
