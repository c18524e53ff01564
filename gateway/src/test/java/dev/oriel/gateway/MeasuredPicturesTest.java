package dev.oriel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.capture.Area;
import dev.oriel.capture.Eventually;
import dev.oriel.capture.FrameInfo;
import dev.oriel.capture.Jpegs;
import dev.oriel.capture.PictureAnswer;
import dev.oriel.capture.PixelScreen;
import dev.oriel.capture.Pixels;
import dev.oriel.capture.Quality;
import dev.oriel.capture.SpaceId;
import dev.oriel.pressure.PressureLevel;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures made to measure, by HTTP. */
class MeasuredPicturesTest {

    private static final int WIDTH = 640;
    private static final int HEIGHT = 400;

    private PixelScreen screen;
    private TestSystem system;

    @BeforeEach
    void start() {
        screen = PixelScreen.sideBySide("s", WIDTH, HEIGHT, 3);
        for (int space = 1; space <= 3; space++) {
            screen.show(space, Pixels.desktop(WIDTH, HEIGHT));
        }
        system = TestSystem.with(Map.of(Setting.CAPTURE_QUALITY_GREEN, "full"), screen);
    }

    @AfterEach
    void stop() {
        system.close();
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    private static double scale(HttpResponse<?> response) {
        return Double.parseDouble(header(response, "X-Oriel-Scale"));
    }

    private HttpResponse<byte[]> get(int space, String query, String... headers) {
        return system.get("/api/spaces/s-" + space + "/frame.jpg?" + query, headers);
    }

    private Pixels picture(int space, String query) {
        HttpResponse<byte[]> response = get(space, query);
        assertThat(response.statusCode()).as(query).isEqualTo(200);
        return Jpegs.decode(response.body());
    }

    private static Pixels part(Pixels pixels, Area crop, int zoom) {
        int width = crop.width() * zoom;
        int[] colors = IntStream.range(0, width * crop.height() * zoom)
                .map(index -> pixels.colors()[
                        (crop.y() + index / width / zoom) * pixels.width() + crop.x() + index % width / zoom])
                .toArray();
        return new Pixels(width, crop.height() * zoom, colors);
    }

    @Test
    void givesThePartAskedForAndSaysWhereItLies() {
        HttpResponse<byte[]> response = get(2, "crop=101,53,97,31&zoom=3&quality=full");

        Pixels expected = part(screen.pixels(2), new Area(101, 53, 97, 31), 3);
        assertThat(response.body()).isEqualTo(Jpegs.cjpeg(expected, 95, "1x1"));
        assertThat(header(response, "Content-Type")).isEqualTo("image/jpeg");
        assertThat(header(response, "Content-Length")).isEqualTo(Integer.toString(response.body().length));
        assertThat(header(response, "X-Oriel-Space")).isEqualTo("s-2");
        assertThat(header(response, "X-Oriel-Revision")).isEqualTo("1");
        assertThat(header(response, "X-Oriel-State")).isEqualTo("live");
        assertThat(header(response, "X-Oriel-Quality")).isEqualTo("full");
        assertThat(header(response, "X-Oriel-Scale")).isEqualTo("3");
        assertThat(header(response, "X-Oriel-Origin")).isEqualTo("101,53");
        assertThat(Instant.parse(header(response, "X-Oriel-Captured-At"))).isAfter(Instant.EPOCH);
    }

    @ParameterizedTest
    @CsvSource({
        "fit=320x320, 320, 200",
        "fit=model, 640, 400",
        "fit=xga&zoom=2, 1024, 640",
        "zoom=2, 1280, 800",
        "zoom=1, 640, 400",
        "crop=0%2C0%2C64%2C400&fit=1000x100, 16, 100",
        "zoom=8&fit=model, 1389, 868"
    })
    void givesTheSizeAskedFor(String query, int width, int height) {
        for (Quality quality : Quality.values()) {
            Pixels seen = picture(1, query + "&quality=" + quality.label());
            assertThat(List.of(seen.width(), seen.height())).as("%s", quality).containsExactly(width, height);
        }
    }

    @Test
    void aClickOnThePictureIsOneOnTheDisplay() {
        screen.fillRect(1, 0, 0, WIDTH, HEIGHT, 0);
        screen.fillRect(1, 431, 287, 20, 20, 0xFFFFFF);
        HttpResponse<byte[]> response = get(1, "crop=217,103,333,251&fit=150x150&quality=full");

        Pixels seen = Jpegs.decode(response.body());
        double weight = 0;
        double x = 0;
        double y = 0;
        for (int index = 0; index < seen.colors().length; index++) {
            int light = seen.channel(index % seen.width(), index / seen.width(), 8);
            if (light > 30) {
                weight += light;
                x += light * (index % seen.width() + 0.5);
                y += light * (index / seen.width() + 0.5);
            }
        }
        String[] origin = header(response, "X-Oriel-Origin").split(",");
        assertThat(Double.parseDouble(origin[0]) + x / weight / scale(response)).isBetween(440.5, 441.5);
        assertThat(Double.parseDouble(origin[1]) + y / weight / scale(response)).isBetween(296.5, 297.5);
    }

    @Test
    void aPictureThatIsKnownIsNotMadeAgain() {
        String query = "crop=0,0,100,100&fit=50x50";
        String tag = header(get(1, query), "ETag");
        long encoded = system.oriel().captureStats().stripesEncoded();

        HttpResponse<byte[]> same = get(1, query, "If-None-Match", "\"other\", " + tag);
        assertThat(same.statusCode()).isEqualTo(304);
        assertThat(same.body()).isEmpty();
        assertThat(header(same, "ETag")).isEqualTo(tag);
        assertThat(header(same, "X-Oriel-Revision")).isEqualTo("1");
        assertThat(scale(same)).isEqualTo(0.5);
        assertThat(system.oriel().captureStats().stripesEncoded()).isEqualTo(encoded);

        screen.fillRect(1, 600, 390, 1, 1, 0xFF00FF);
        HttpResponse<byte[]> changed = get(1, query, "If-None-Match", tag);
        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(header(changed, "X-Oriel-Revision")).isEqualTo("2");
        assertThat(header(changed, "ETag")).isNotEqualTo(tag);
    }

    @Test
    void tagsDifferByView() {
        List<String> tags = new ArrayList<>();
        for (String query : List.of(
                "",
                "zoom=1",
                "zoom=2",
                "fit=64x64",
                "fit=64x63",
                "fit=model",
                "fit=1568x1568",
                "crop=0,0,9,9",
                "crop=0,0,9,8",
                "crop=1,0,9,9",
                "zoom=1&quality=fast")) {
            tags.add(header(get(1, query), "ETag"));
        }
        assertThat(tags).doesNotHaveDuplicates().allMatch(tag -> tag.matches("\"[!#-+\\--~]+\""));
    }

    @Test
    void underPressureNobodyGetsMoreThanThePlanAllows() {
        system.level(PressureLevel.YELLOW);
        HttpResponse<byte[]> fast = get(1, "zoom=2&quality=full");
        assertThat(header(fast, "X-Oriel-Quality")).isEqualTo("fast");
        assertThat(scale(fast)).isEqualTo(0.5);
        assertThat(Jpegs.decode(fast.body()).width()).isEqualTo(WIDTH / 2);

        system.level(PressureLevel.RED);
        Pixels thumbnail = picture(1, "crop=0,0,320,200&zoom=4");
        assertThat(List.of(thumbnail.width(), thumbnail.height())).containsExactly(400, 250);
        assertThat(picture(1, "crop=5,5,30,20&zoom=4").width()).isEqualTo(120);
    }

    @Test
    void aSpaceLeftOutAtThisLevelIsSeenAsItWasLast() {
        get(3, "quality=optimized");
        system.level(PressureLevel.RED);
        screen.fillRect(3, 0, 0, WIDTH, HEIGHT, 0xFFFFFF);
        long rows = screen.rowsRead();

        HttpResponse<byte[]> last = get(3, "crop=40,40,100,80");

        assertThat(header(last, "X-Oriel-State")).isEqualTo("stale");
        assertThat(header(last, "X-Oriel-Revision")).isEqualTo("1");
        assertThat(header(last, "X-Oriel-Origin")).isEqualTo("40,40");
        Pixels before = part(Pixels.desktop(WIDTH, HEIGHT), new Area(40, 40, 100, 80), 1);
        assertThat(Jpegs.decode(last.body()).meanDifference(before)).isLessThan(20);
        assertThat(screen.rowsRead()).isEqualTo(rows);
    }

    @Test
    void aHiddenDesktopIsSeenAsItWasLast() {
        PixelScreen desktops = PixelScreen.desktops("d", WIDTH, HEIGHT, 2);
        desktops.show(1, Pixels.desktop(WIDTH, HEIGHT));
        try (TestSystem two = TestSystem.with(Map.of(Setting.CAPTURE_QUALITY_GREEN, "full"), desktops)) {
            two.get("/api/spaces/d-1/frame.jpg?quality=thumbnail");
            two.get("/api/spaces/d-1/frame.jpg?quality=full");
            desktops.bringToFront(2);
            Eventually.until(
                    "the first is hidden",
                    () -> two.json("/api/spaces")
                            .get(0)
                            .path("state")
                            .stringValue()
                            .equals("stale"));

            String path = "/api/spaces/d-1/frame.jpg?crop=300,100,100,80&zoom=2&quality=full";
            HttpResponse<byte[]> last = two.get(path);
            assertThat(header(last, "X-Oriel-State")).isEqualTo("stale");
            assertThat(header(last, "X-Oriel-Scale")).isEqualTo("2");
            assertThat(header(last, "X-Oriel-Origin")).isEqualTo("300,100");
            Pixels before = part(desktops.pixels(1), new Area(300, 100, 100, 80), 2);
            assertThat(Jpegs.decode(last.body()).meanDifference(before)).isLessThan(4);

            long encoded = two.oriel().captureStats().stripesEncoded();
            assertThat(two.get(path, "If-None-Match", header(last, "ETag")).statusCode())
                    .isEqualTo(304);
            assertThat(two.oriel().captureStats().stripesEncoded()).isEqualTo(encoded);

            HttpGatewayTest.isProblem(two.get("/api/spaces/d-1/frame.jpg?crop=600,0,41,1"), 400, "640x400");
            desktops.bringToFront(1);
            Eventually.until(
                    "the first is back",
                    () -> header(two.get(path), "X-Oriel-State").equals("live"));
        }
    }

    @Test
    void ofASpaceThatWasNeverSeenThereIsNone() {
        PixelScreen desktops = PixelScreen.desktops("d", WIDTH, HEIGHT, 2);
        try (TestSystem two = TestSystem.of(desktops)) {
            HttpGatewayTest.isProblem(two.get("/api/spaces/d-2/frame.jpg?zoom=2"), 503, "d-2", "stale");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "crop=0,0,641,400",
                "crop=0,0,640,401",
                "crop=-1,0,5,5",
                "crop=5,5,0,5",
                "crop=5,5,5,0",
                "crop=640,400,1,1"
            })
    void namesACropThatIsNotInsideAndTheSizeOfTheSpace(String query) {
        HttpGatewayTest.isProblem(get(1, query), 400, query.replace("=", " is "), "allowed: ", "640x400");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"crop=1,2,3", "crop=", "crop=a,b,c,d", "zoom=0", "zoom=9", "zoom=1.5", "fit=vga", "fit=0x5"})
    void namesAViewThatThereIsNot(String query) {
        String[] named = query.split("=", -1);
        HttpGatewayTest.isProblem(get(1, query), 400, named[0] + " is \"" + named[1] + "\"; allowed: ");
    }

    @Test
    void manyAtOnceAllGetTheirs() {
        List<CompletableFuture<Integer>> answers = new ArrayList<>();
        for (int number = 0; number < 16; number++) {
            String query = "crop=" + number + ",0,100,100&zoom=2";
            answers.add(CompletableFuture.supplyAsync(() -> get(1, query).statusCode()));
        }
        assertThat(answers).allSatisfy(answer -> assertThat(answer.join()).isEqualTo(200));
    }

    @Test
    void numbersAreWrittenWithAllTheirDigitsAndNoExponent() {
        FrameInfo info = new FrameInfo(new SpaceId("s"), 1, Instant.EPOCH, 5, 5, Quality.FULL, 95, 8);
        PictureAnswer answer = new PictureAnswer(info, Optional.empty(), 1920, 10 / 3.0, 1 / 8192.0);
        assertThat(PictureReply.origin(answer)).isEqualTo("1920,3.3333333333333335");
        assertThat(PictureReply.decimal(answer.scale())).isEqualTo("0.0001220703125");
        assertThat(PictureReply.decimal(0)).isEqualTo("0");
        assertThat(PictureReply.decimal(100)).isEqualTo("100");
    }
}
