package dev.oriel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.capture.Eventually;
import dev.oriel.capture.x11.XServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** The whole of Oriel as a user starts it, on real X servers. */
class OrielIT {

    private static final int WIDTH = 1024;
    private static final int HEIGHT = 600;

    /** Mean difference of a colour channel that JPEG 95 at 4:4:4 stays within on text. */
    private static final double TOLERANCE = 3;

    private static OrielProcess serve(String displays, String... options) {
        return OrielProcess.serve(Map.of("ORIEL_DISPLAYS", displays), options);
    }

    /** With its four desktops. */
    static void startWindowManager(XServer x) {
        x.openbox("Editor", "Browser", "Mail", "Tests");
        Eventually.until(
                "openbox has its desktops",
                () -> x.run("xprop", "-root", "_NET_NUMBER_OF_DESKTOPS", "_NET_SUPPORTING_WM_CHECK")
                        .matches("(?s).*= 4\\b.*window id.*"));
    }

    @Test
    void whatIsTypedArrivesAsTheScreenShowsIt() {
        try (XServer x = XServer.start(WIDTH, HEIGHT)) {
            startWindowManager(x);
            x.xterm("80x20+20+20");
            try (OrielProcess oriel = serve(x.display());
                    FeedClient feed = oriel.watch("?spaces=*&quality=full")) {
                assertThat(oriel.readyLine()).matches("Oriel is watching 4 spaces at http://127\\.0\\.0\\.1:\\d+/");
                long before = newest(feed, 1, "the first", frame -> true).revision();

                x.run("xdotool", "type", "--delay", "20", "echo oriel sees this");

                Eventually.until("the newest frame equals the screen", () -> {
                    FeedFrame newest = newest(feed, 1, "after typing", frame -> frame.revision() > before);
                    return newest.pixels().meanDifference(x.pixels(WIDTH, HEIGHT)) < TOLERANCE;
                });
                FeedFrame last = newest(feed, 1, "after typing", frame -> frame.revision() > before);
                assertThat(last.kind()).isEqualTo(1);
                assertThat(last.width()).isEqualTo(WIDTH);
                assertThat(last.height()).isEqualTo(HEIGHT);
                assertThat(last.state()).isZero();
                assertThat(feed.frames(1).stream().map(FeedFrame::revision).toList())
                        .isSorted()
                        .doesNotHaveDuplicates();
            }
        }
    }

    @Test
    void aDesktopThatIsHiddenTurnsStaleAndKeepsItsPicture() {
        try (XServer x = XServer.start(WIDTH, HEIGHT)) {
            startWindowManager(x);
            x.xterm("80x20+20+20");
            try (OrielProcess oriel = serve(x.display());
                    FeedClient feed = oriel.watch("?spaces=*&quality=optimized")) {
                List<String> ids = List.of(1, 2, 3, 4).stream()
                        .map(index -> idOf(oriel, index))
                        .toList();
                newest(feed, 1, "of the first desktop", frame -> true);
                assertThat(oriel.ofSpace(ids.get(1), "state")).isEqualTo("stale");
                assertThat(oriel.get("/api/spaces/" + ids.get(1) + "/frame.jpg").statusCode())
                        .as("a desktop that was never seen has no picture")
                        .isEqualTo(503);

                x.run("xdotool", "set_desktop", "1");

                feed.text(
                        "state",
                        text -> text.path("space").stringValue().equals(ids.get(0))
                                && text.path("state").stringValue().equals("stale"));
                newest(feed, 2, "of the second desktop", frame -> frame.state() == 0);
                assertThat(oriel.ofSpace(ids.get(0), "state")).isEqualTo("stale");
                assertThat(oriel.ofSpace(ids.get(1), "active")).isEqualTo("true");
                byte[] hidden =
                        oriel.get("/api/spaces/" + ids.get(0) + "/frame.jpg").body();
                FeedFrame seen = newest(feed, 1, "last seen", frame -> true);
                assertThat(hidden).as("the last picture seen, byte for byte").isEqualTo(seen.jpeg());

                x.run("xdotool", "set_desktop", "0");
                Eventually.until(
                        "the first is live again",
                        () -> oriel.ofSpace(ids.get(0), "state").equals("live"));
            }
        }
    }

    @Test
    void aDeadXServerLosesItsSpaceAloneAndItsReturnHealsIt() {
        try (XServer first = XServer.start(WIDTH, HEIGHT);
                XServer second = XServer.start(640, 480);
                OrielProcess oriel = serve(first.display() + "," + second.display());
                FeedClient feed = oriel.watch("?spaces=*&quality=fast")) {
            assertThat(oriel.readyLine()).contains("2 spaces");
            newest(feed, 1, "of the first display", frame -> frame.width() == WIDTH / 2);
            newest(feed, 2, "of the second display", frame -> frame.width() == 320);
            String lost = idOf(oriel, 2);

            second.kill();
            Eventually.within(
                    Duration.ofSeconds(2),
                    "the second is lost",
                    () -> oriel.ofSpace(lost, "state").equals("lost"));
            feed.text("state", text -> text.path("state").stringValue().equals("lost"));
            assertThat(oriel.ofSpace(idOf(oriel, 1), "state")).isEqualTo("live");
            assertThat(oriel.get("/api/spaces/" + lost + "/frame.jpg").headers().firstValue("X-Oriel-State"))
                    .contains("lost");
            long before = feed.frames(1).get(feed.frames(1).size() - 1).revision();
            first.run("xsetroot", "-solid", "#336699");
            newest(feed, 1, "after the loss of the other", frame -> frame.revision() > before);

            long revisionBeforeLoss =
                    newest(feed, 2, "before the loss", frame -> true).revision();
            second.restart();
            Eventually.within(
                    Duration.ofSeconds(3),
                    "the second is live again",
                    () -> oriel.ofSpace(lost, "state").equals("live"));
            second.run("xsetroot", "-solid", "#cc3300");
            newest(
                    feed,
                    2,
                    "after its return",
                    frame -> frame.revision() > revisionBeforeLoss
                            && frame.pixels().channel(100, 100, 16) > 150);
            assertThat(oriel.errors()).contains("is lost");
        }
    }

    @Test
    void stopsWithinTwoSecondsAndSaysGoodBye() {
        try (XServer x = XServer.start(640, 480);
                OrielProcess oriel = serve(x.display());
                FeedClient feed = oriel.watch("?spaces=*")) {
            newest(feed, 1, "the first", frame -> true);

            assertThat(oriel.stop()).isLessThan(Duration.ofSeconds(2));

            assertThat(feed.closeCode()).contains(1001);
            assertThat(oriel.errors()).doesNotContain("Exception").doesNotContain("LEAK");
        }
    }

    @Test
    void aPortInUseIsNamedAndEndsWithStatusOne() throws Exception {
        try (OrielProcess running = OrielProcess.serve(Map.of(), "--oriel-source", "demo")) {
            String port = Integer.toString(running.address().getPort());
            Process second = new ProcessBuilder(
                            OrielProcess.launcher().toString(), "serve", "--oriel-source", "demo", "--oriel-port", port)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();

            String error = new String(second.getErrorStream().readAllBytes());

            assertThat(second.waitFor()).isEqualTo(1);
            assertThat(error.lines()).hasSize(1);
            assertThat(error).contains("port " + port).contains("--oriel-port");
            assertThat(running.get("/healthz").statusCode()).isEqualTo(200);
        }
    }

    private static String idOf(OrielProcess oriel, int index) {
        return oriel.json("/api/spaces").get(index - 1).path("id").stringValue();
    }

    /** Waits for a frame of a space, and gives the newest that fits. */
    static FeedFrame newest(FeedClient feed, int space, String what, Predicate<FeedFrame> fits) {
        Eventually.until(
                "a frame of space " + space + " " + what,
                () -> feed.frames(space).stream().anyMatch(fits));
        return feed.frames(space).stream()
                .filter(fits)
                .reduce((older, newer) -> newer)
                .orElseThrow();
    }
}
