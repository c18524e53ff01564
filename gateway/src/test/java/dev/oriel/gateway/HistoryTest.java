package dev.oriel.gateway;

import static dev.oriel.gateway.HttpGatewayTest.isProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.capture.Area;
import dev.oriel.capture.Eventually;
import dev.oriel.capture.Jpegs;
import dev.oriel.capture.PixelScreen;
import dev.oriel.capture.Pixels;
import dev.oriel.pressure.PressureLevel;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The pictures of the past, by HTTP. */
class HistoryTest {

    private static final int WIDTH = 640;
    private static final int HEIGHT = 400;

    private PixelScreen screen;
    private TestSystem system;

    @BeforeEach
    void start() {
        screen = PixelScreen.sideBySide("s", WIDTH, HEIGHT, 3);
        screen.show(1, Pixels.desktop(WIDTH, HEIGHT));
        system = TestSystem.of(screen);
    }

    @AfterEach
    void stop() {
        system.close();
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    private HttpResponse<byte[]> frame(String query, String... headers) {
        return system.get("/api/spaces/s-1/frame.jpg?" + query, headers);
    }

    private HttpResponse<byte[]> history(String query) {
        HttpResponse<byte[]> response = system.get("/api/spaces/s-1/history?" + query);
        assertThat(response.statusCode()).as(query).isEqualTo(200);
        assertThat(header(response, "Content-Type")).isEqualTo("application/json");
        assertThat(header(response, "Cache-Control")).isEqualTo("no-store");
        return response;
    }

    private static List<Long> revisions(HttpResponse<byte[]> history) {
        return StreamSupport.stream(TestSystem.json(history).spliterator(), false)
                .map(entry -> entry.path("revision").longValue())
                .toList();
    }

    /** Takes a picture, changes a part of the screen, and so on: as many revisions, each with its picture. */
    private List<HttpResponse<byte[]>> live(int revisions, String query) {
        List<HttpResponse<byte[]>> pictures = new ArrayList<>();
        for (int revision = 1; revision <= revisions; revision++) {
            screen.fillRect(1, 40 * revision, 40, 30, 30, 0x30_60_FF * revision);
            HttpResponse<byte[]> picture = frame(query);
            assertThat(header(picture, "X-Oriel-Revision")).isEqualTo(Integer.toString(revision));
            pictures.add(picture);
        }
        return pictures;
    }

    private static Instant capturedAt(HttpResponse<?> picture) {
        return Instant.parse(header(picture, "X-Oriel-Captured-At"));
    }

    @Test
    void listsWhatIsHeldOldestFirst() {
        List<HttpResponse<byte[]>> pictures = live(3, "");

        HttpResponse<byte[]> response = history("");

        JsonNode entries = TestSystem.json(response);
        assertThat(entries.size()).isEqualTo(3);
        for (int index = 0; index < 3; index++) {
            JsonNode entry = entries.get(index);
            HttpResponse<byte[]> picture = pictures.get(index);
            assertThat(entry.propertyNames())
                    .containsExactly("revision", "capturedAt", "bytes", "newBytes", "width", "height", "quality");
            assertThat(entry.path("revision").longValue()).isEqualTo(index + 1);
            assertThat(Instant.parse(entry.path("capturedAt").stringValue())).isEqualTo(capturedAt(picture));
            assertThat(entry.path("bytes").intValue()).isEqualTo(picture.body().length);
            assertThat(entry.path("width").intValue()).isEqualTo(WIDTH);
            assertThat(entry.path("height").intValue()).isEqualTo(HEIGHT);
            assertThat(entry.path("quality").stringValue()).isEqualTo("optimized");
        }
        assertThat(entries.get(0).path("newBytes").intValue())
                .isEqualTo(pictures.get(0).body().length);
        assertThat(entries.get(2).path("newBytes").intValue())
                .isBetween(1, pictures.get(2).body().length / 4);
        assertThat(header(response, "X-Oriel-Total")).isEqualTo("3");
        assertThat(header(response, "X-Oriel-Oldest-Revision")).isEqualTo("1");
    }

    @Test
    void aSpaceThatWasNeverSeenHasAnEmptyHistory() {
        HttpResponse<byte[]> response = history("");

        assertThat(revisions(response)).isEmpty();
        assertThat(header(response, "X-Oriel-Total")).isEqualTo("0");
        assertThat(response.headers().firstValue("X-Oriel-Oldest-Revision")).isEmpty();
    }

    @Test
    void givesTheNewestUpToTheLimitAndSaysHowManyThereAre() {
        live(5, "quality=thumbnail");

        HttpResponse<byte[]> cut = history("limit=2");

        assertThat(revisions(cut)).containsExactly(4L, 5L);
        assertThat(header(cut, "X-Oriel-Total")).isEqualTo("5");
        assertThat(header(cut, "X-Oriel-Oldest-Revision")).isEqualTo("1");
        assertThat(revisions(history("limit=10000"))).hasSize(5);
    }

    @Test
    void givesWhatWasCapturedFromAMomentToAnother() {
        List<Instant> times = live(4, "quality=thumbnail").stream()
                .map(HistoryTest::capturedAt)
                .toList();

        assertThat(revisions(history("from=" + times.get(1) + "&to=" + times.get(2))))
                .containsExactly(2L, 3L);
        assertThat(revisions(history("to=" + times.get(1).minusNanos(1)))).containsExactly(1L);
        HttpResponse<byte[]> cut = history("from=" + times.get(1) + "&limit=1");
        assertThat(revisions(cut)).containsExactly(4L);
        assertThat(header(cut, "X-Oriel-Total")).isEqualTo("3");
        assertThat(header(cut, "X-Oriel-Oldest-Revision")).isEqualTo("1");

        long after = times.get(3).toEpochMilli() + 1;
        assertThat(revisions(history("to=" + after))).hasSize(4);
        assertThat(revisions(history("from=" + after))).isEmpty();
        assertThat(revisions(history("from=-600"))).hasSize(4);
        assertThat(revisions(history("to=-600.5"))).isEmpty();
        assertThat(revisions(history("from=2999-01-01T00:00:00Z"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "from=yesterday; from is \"yesterday\"; an ISO time with its zone, such as 2026-05-01T12:30:00.5Z, milliseconds since"
                        + " 1970, or -30",
                "from=; from is \"\"; an ISO time",
                "to=12345678901234567; to is \"12345678901234567\"; milliseconds since 1970",
                "to=-1e3; to is \"-1e3\"; or -30 for half a minute ago",
                "from=2026-05-01T12:30:00; from is \"2026-05-01T12:30:00\"; an ISO time",
                "from=2&to=1; from is 1970-01-01T00:00:00.002Z and to is 1970-01-01T00:00:00.001Z; from is before to",
                "limit=0; limit is \"0\"; allowed: 1 to 10000",
                "limit=10001; limit is \"10001\"; allowed: 1 to 10000",
                "limit=many; limit is \"many\"; allowed: 1 to 10000",
                "quality=fast; parameter \"quality\" is not known here; allowed: from, to, limit"
            })
    void namesAWrongParameterOfAHistory(String query, String what, String allowed) {
        isProblem(system.get("/api/spaces/s-1/history?" + query), 400, what, allowed);
    }

    @Test
    void givesAPictureByItsRevision() {
        List<HttpResponse<byte[]>> then = live(3, "");
        long captures = system.oriel().captureStats().captures();

        for (int revision = 1; revision <= 3; revision++) {
            HttpResponse<byte[]> live = then.get(revision - 1);
            HttpResponse<byte[]> past = frame("rev=" + revision);

            assertThat(past.statusCode()).isEqualTo(200);
            assertThat(past.body()).isEqualTo(live.body());
            for (String name : List.of(
                    "ETag",
                    "Content-Type",
                    "Content-Length",
                    "X-Oriel-Space",
                    "X-Oriel-Revision",
                    "X-Oriel-Captured-At",
                    "X-Oriel-Quality",
                    "X-Oriel-Scale",
                    "X-Oriel-Origin")) {
                assertThat(header(past, name))
                        .as(name)
                        .isEqualTo(header(live, name))
                        .isNotEmpty();
            }
            assertThat(header(past, "X-Oriel-State")).isEqualTo("stale");
            assertThat(header(past, "Cache-Control")).isEqualTo("private, no-cache");

            HttpResponse<byte[]> known = frame("rev=" + revision, "If-None-Match", header(live, "ETag"));
            assertThat(known.statusCode()).isEqualTo(304);
            assertThat(known.body()).isEmpty();
            assertThat(header(known, "X-Oriel-Revision")).isEqualTo(Integer.toString(revision));
        }
        assertThat(system.oriel().captureStats().captures()).isEqualTo(captures);
    }

    @Test
    void givesThePictureOfAMoment() {
        List<HttpResponse<byte[]>> then = live(3, "");
        Instant second = capturedAt(then.get(1));

        assertThat(frame("at=" + second).body()).isEqualTo(then.get(1).body());
        assertThat(frame("at=" + second.minusNanos(1)).body())
                .isEqualTo(then.get(0).body());
        assertThat(frame("at=" + capturedAt(then.get(2)).minusNanos(1)).body())
                .isEqualTo(then.get(1).body());
        assertThat(frame("at=-0").body()).isEqualTo(then.get(2).body());
        assertThat(frame("at=" + Instant.now().toEpochMilli()).body())
                .isEqualTo(then.get(2).body());
    }

    @Test
    void onlyTheNewestPictureOfASpaceThatIsWatchedIsLive() {
        try (FeedClient watching = system.feed("/feed?spaces=*")) {
            watching.frameOf(1);
            screen.settle();
            screen.fillRect(1, 0, 0, 50, 50, 0xFFFFFF);
            system.awaitRevision(screen.id(1), 2);

            assertThat(header(frame("rev=2"), "X-Oriel-State")).isEqualTo("live");
            assertThat(header(frame("at=-0"), "X-Oriel-State")).isEqualTo("live");
            assertThat(header(frame("rev=1"), "X-Oriel-State")).isEqualTo("stale");

            screen.lose("the cable is out");
            Eventually.until(
                    "it is lost", () -> header(frame("rev=2"), "X-Oriel-State").equals("lost"));
            assertThat(header(frame("rev=1"), "X-Oriel-State")).isEqualTo("stale");
        }
    }

    @Test
    void saysWhatIsHeldWhenAPictureIsNot() {
        isProblem(frame("rev=1"), 404, "the cache holds no picture of \"s-1\"");
        isProblem(frame("at=-0"), 404, "the cache holds no picture of \"s-1\"");

        List<HttpResponse<byte[]>> then = live(2, "");
        String held =
                "it holds revision 1 of " + capturedAt(then.get(0)) + " to revision 2 of " + capturedAt(then.get(1));
        Instant before = capturedAt(then.get(0)).minusNanos(1);

        isProblem(frame("rev=3"), 404, "the cache does not hold revision 3 of \"s-1\"", held);
        isProblem(frame("rev=3&crop=0,0,9,9"), 404, "revision 3", held);
        isProblem(frame("at=" + before), 404, "does not hold a picture captured by " + before, held);
        isProblem(frame("at=1700000000&zoom=2"), 404, "1970-01-20", held);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1.5", "one", "", "1234567890123456789"})
    void namesARevisionThatThereCannotBe(String text) {
        isProblem(frame("rev=" + text), 400, "rev is \"" + text + "\"; allowed: a whole number from 1");
    }

    @Test
    void namesAMomentThatThereCannotBe() {
        live(1, "");
        isProblem(frame("rev=1&at=-5"), 400, "rev and at are both given; allowed: one of them");
        isProblem(frame("at=noon"), 400, "at is \"noon\"; allowed: an ISO time");
        String later = Instant.now().plus(1, ChronoUnit.HOURS).toString();
        isProblem(frame("at=" + later), 400, "at is \"" + later + "\"", "not yet; allowed: until now, which is ");
    }

    @Test
    void aQualityIsThatAskedForUnderTheCeilingWhereThereIsAChoice() {
        frame("quality=optimized");
        frame("quality=fast");
        screen.fillRect(1, 0, 0, 50, 50, 0xFFFFFF);
        frame("quality=optimized");

        assertThat(header(frame("rev=1"), "X-Oriel-Quality")).isEqualTo("optimized");
        assertThat(header(frame("rev=1&quality=full"), "X-Oriel-Quality")).isEqualTo("optimized");
        HttpResponse<byte[]> fast = frame("rev=1&quality=fast");
        assertThat(header(fast, "X-Oriel-Quality")).isEqualTo("fast");
        assertThat(header(fast, "X-Oriel-Scale")).isEqualTo("0.5");

        system.level(PressureLevel.YELLOW);
        assertThat(header(frame("rev=1&quality=full"), "X-Oriel-Quality")).isEqualTo("fast");
        assertThat(header(frame("rev=2&quality=full"), "X-Oriel-Quality")).isEqualTo("optimized");
    }

    @Test
    void aViewOfThePastShowsWhatWasThereThen() {
        PixelScreen shown = PixelScreen.single("v", WIDTH, HEIGHT);
        shown.show(1, Pixels.desktop(WIDTH, HEIGHT));
        try (TestSystem sharp = TestSystem.with(Map.of(Setting.CAPTURE_QUALITY_GREEN, "full"), shown)) {
            String path = "/api/spaces/v-1/frame.jpg?quality=full";
            sharp.get(path);
            Pixels then = shown.pixels(1);
            shown.fillRect(1, 0, 0, WIDTH, HEIGHT, 0);
            Instant between = Instant.now();
            sharp.get(path);

            Area crop = new Area(101, 53, 197, 131);
            for (String moment : List.of("&rev=1", "&at=" + between)) {
                HttpResponse<byte[]> past = sharp.get(path + moment + "&crop=101,53,197,131");
                assertThat(past.statusCode()).isEqualTo(200);
                assertThat(Jpegs.decode(past.body()).meanDifference(then.part(crop)))
                        .isLessThan(2);
                assertThat(header(past, "X-Oriel-Revision")).isEqualTo("1");
                assertThat(header(past, "X-Oriel-State")).isEqualTo("stale");
                assertThat(header(past, "X-Oriel-Origin")).isEqualTo("101,53");
                assertThat(header(past, "X-Oriel-Scale")).isEqualTo("1");

                long encoded = sharp.oriel().captureStats().stripesEncoded();
                HttpResponse<byte[]> known =
                        sharp.get(path + moment + "&crop=101,53,197,131", "If-None-Match", header(past, "ETag"));
                assertThat(known.statusCode()).isEqualTo(304);
                assertThat(sharp.oriel().captureStats().stripesEncoded()).isEqualTo(encoded);
            }
            Pixels small = Jpegs.decode(sharp.get(path + "&rev=1&fit=320x320").body());
            assertThat(List.of(small.width(), small.height())).containsExactly(320, 200);
            Pixels large = Jpegs.decode(
                    sharp.get(path + "&rev=1&crop=101,53,197,131&zoom=3").body());
            assertThat(large.width()).isEqualTo(3 * 197);
            isProblem(sharp.get(path + "&rev=1&crop=600,0,41,1"), 400, "640x400");
        }
    }

    @Test
    void aPictureOfAScreenThatHadAnotherSizeKeepsIts() {
        live(1, "");
        screen.resize(320, 240);
        Eventually.until(
                "the new size is known",
                () -> system.json("/api/spaces").get(0).path("width").intValue() == 320);
        frame("");

        HttpResponse<byte[]> past = frame("rev=1");

        assertThat(Jpegs.decode(past.body()).width()).isEqualTo(WIDTH);
        assertThat(header(past, "X-Oriel-Scale")).isEqualTo("1");
        assertThat(Jpegs.decode(frame("rev=1&crop=600,360,40,40").body()).width())
                .isEqualTo(40);
    }

    @Test
    void whatPressureTookAwayIsNoLongerThere() {
        PixelScreen noisy = PixelScreen.single("n", WIDTH, HEIGHT);
        try (TestSystem tiny = TestSystem.with(Map.of(Setting.CACHE_SIZE_GREEN, "1"), noisy)) {
            String path = "/api/spaces/n-1/";
            for (int revision = 1; revision <= 12; revision++) {
                noisy.noise(1, 0, 0, WIDTH, HEIGHT, revision);
                tiny.get(path + "frame.jpg");
            }
            HttpResponse<byte[]> left = tiny.get(path + "history");
            List<Long> revisions = revisions(left);
            assertThat(revisions).hasSizeBetween(1, 11).last().isEqualTo(12L);
            assertThat(revisions)
                    .isEqualTo(IntStream.rangeClosed(revisions.get(0).intValue(), 12)
                            .mapToObj(Long::valueOf)
                            .toList());
            assertThat(header(left, "X-Oriel-Oldest-Revision"))
                    .isEqualTo(revisions.get(0).toString());
            isProblem(tiny.get(path + "frame.jpg?rev=1"), 404, "it holds revision " + revisions.get(0) + " of");
        }
    }

    @Test
    void manyWhoAskAtOnceAreAllAnswered() {
        live(3, "");
        assertThat(IntStream.range(0, 40)
                        .mapToObj(number -> system.client()
                                .sendAsync(
                                        HttpRequest.newBuilder(system.uri("/api/spaces/s-1/"
                                                        + (number % 2 == 0 ? "history" : "frame.jpg?rev=9")))
                                                .build(),
                                        HttpResponse.BodyHandlers.ofByteArray()))
                        .toList())
                .allSatisfy(answer -> assertThat(answer.join().statusCode()).isIn(200, 404));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/dashboard.css",
                "/healthz",
                "/api/spaces",
                "/api/pressure",
                "/api/spaces/s-1/history",
                "/api/spaces/s-1/frame.jpg",
                "/api/spaces/s-1/frame.jpg?rev=1",
                "/api/spaces/s-1/frame.jpg?crop=0,0,64,64",
                "/api/spaces/s-1/frame.jpg?rev=99",
                "/api/spaces/s-1/frame.jpg?quality=best",
                "/nothing"
            })
    void headIsAnsweredAsGetIsWithoutTheBody(String path) {
        live(1, "");
        HttpResponse<byte[]> get = system.get(path);

        String head = system.raw("HEAD " + path + " HTTP/1.1", "Host: 127.0.0.1");

        String[] parts = head.split("\r\n\r\n", 2);
        assertThat(parts[0]).startsWith("HTTP/1.1 " + get.statusCode());
        assertThat(parts[1]).isEmpty();
        assertThat(parts[0]).containsIgnoringCase("content-type: " + header(get, "Content-Type"));
        if (!path.equals("/api/pressure") && !path.equals("/api/spaces")) {
            assertThat(parts[0]).containsIgnoringCase("content-length: " + get.body().length);
        }
        assertThat(header(get, "ETag"))
                .satisfies(tag -> assertThat(parts[0]).containsIgnoringCase(tag.isEmpty() ? "" : "etag: " + tag));
    }

    @Test
    void aConnectionGoesOnAfterHead() {
        HttpRequest.Builder head = HttpRequest.newBuilder(system.uri("/api/spaces/s-1/frame.jpg"))
                .method("HEAD", HttpRequest.BodyPublishers.noBody());
        for (int round = 0; round < 5; round++) {
            HttpResponse<byte[]> response = system.send(head.copy());
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).isEmpty();
            assertThat(new String(system.get("/healthz").body(), StandardCharsets.UTF_8))
                    .contains("up");
        }
        HttpResponse<byte[]> known =
                system.send(head.copy(), "If-None-Match", header(system.get("/api/spaces/s-1/frame.jpg"), "ETag"));
        assertThat(known.statusCode()).isEqualTo(304);
        assertThat(system.raw("HEAD /feed HTTP/1.1", "Host: 127.0.0.1"))
                .startsWith("HTTP/1.1 405")
                .containsIgnoringCase("allow: GET\r\n");
    }
}
