package dev.oriel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.capture.Eventually;
import dev.oriel.capture.PixelScreen;
import dev.oriel.capture.Pixels;
import dev.oriel.capture.Quality;
import dev.oriel.capture.SpaceState;
import dev.oriel.pressure.PressureLevel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class FeedTest {

    private static final int WIDTH = 640;
    private static final int HEIGHT = 400;
    private static final int WHITE = 0xFFFFFF;
    private static final int THUMBNAIL_WIDTH = 400;

    private PixelScreen screen;
    private TestSystem system;

    @BeforeEach
    void start() {
        screen = PixelScreen.sideBySide("s", WIDTH, HEIGHT, 3);
        system = TestSystem.of(screen);
    }

    @AfterEach
    void stop() {
        system.close();
    }

    private static List<String> ids(JsonNode spaces) {
        List<String> ids = new ArrayList<>();
        spaces.forEach(space -> ids.add(space.path("id").stringValue()));
        return ids;
    }

    private void draw(int space, int color) {
        screen.fillRect(space, 0, 0, WIDTH, HEIGHT, color);
    }

    private static boolean isFilledWith(FeedFrame frame, int color) {
        return frame.pixels().greatestDifference(Pixels.flat(frame.width(), frame.height(), color)) < 6;
    }

    private static long nowMicros() {
        return TimeUnit.MILLISECONDS.toMicros(Instant.now().toEpochMilli());
    }

    @Test
    void helloComesFirstAndTellsSpacesAndPressure() {
        try (FeedClient feed = system.feed("/feed?spaces=*")) {
            feed.frameOf(3);

            assertThat(feed.all().get(0)).isInstanceOf(JsonNode.class);
            JsonNode hello = feed.texts().get(0);
            assertThat(hello.path("type").stringValue()).isEqualTo("hello");
            assertThat(hello.path("feed").stringValue()).isEqualTo("oriel.feed.v1");
            assertThat(hello.path("version").intValue()).isEqualTo(1);
            assertThat(ids(hello.path("spaces"))).containsExactly("s-1", "s-2", "s-3");
            assertThat(hello.path("pressure").path("level").stringValue()).isEqualTo("GREEN");
            assertThat(hello.path("pressure")
                            .path("plan")
                            .path("cacheMegabytes")
                            .intValue())
                    .isEqualTo(500);
        }
    }

    @Test
    void aPlainClientGetsEverySpaceWithoutSendingAnything() {
        draw(2, 0x204080);
        try (FeedClient feed = system.feed("/feed?spaces=*")) {
            assertThat(isFilledWith(feed.frameOf(1), 0)).isTrue();
            assertThat(isFilledWith(feed.frameOf(2), 0x204080)).isTrue();
            assertThat(isFilledWith(feed.frameOf(3), 0)).isTrue();

            draw(2, 0x40A020);
            assertThat(isFilledWith(feed.frame(frame -> frame.revision() == 2), 0x40A020))
                    .isTrue();
        }
    }

    @Test
    void aPlainClientMayNameItsSpacesQualityAndRate() {
        try (FeedClient feed = system.feed("/feed?spaces=s-1,s-3&quality=thumbnail&maxFps=5")) {
            assertThat(feed.frameOf(1).quality()).isEqualTo(Quality.THUMBNAIL.code());
            assertThat(feed.frameOf(3).quality()).isEqualTo(Quality.THUMBNAIL.code());
            feed.mark();
            assertThat(feed.frames(2)).isEmpty();
            assertThat(feed.texts("error"))
                    .allSatisfy(error ->
                            assertThat(error.path("code").stringValue()).isEqualTo("bad-message"));
        }
    }

    @Test
    void helloComesFirstEvenWhenTheAddressNamesASpaceThatThereIsNot() {
        try (FeedClient feed = system.feed("/feed?spaces=nowhere,s-1")) {
            JsonNode error = feed.text("error");

            assertThat(error.path("code").stringValue()).isEqualTo("unknown-space");
            assertThat(feed.texts().get(0).path("type").stringValue()).isEqualTo("hello");
            assertThat(feed.frameOf(1).revision()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "spaces=*&quality=best, 'quality is \"best\"; allowed: full, optimized, fast, thumbnail'",
        "spaces=*&maxFps=0, 'maxFps is \"0\"; allowed: a whole number from 1 to 1000'",
        "spaces=*&maxFps=fast, 'maxFps is \"fast\"; allowed: a whole number from 1 to 1000'"
    })
    void anAddressThatIsWrongIsRefusedBeforeTheSocketOpens(String query, String detail) {
        String answer = system.raw(
                "GET /feed?" + query + " HTTP/1.1",
                "Host: 127.0.0.1:" + system.port(),
                "Upgrade: websocket",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");

        assertThat(answer).startsWith("HTTP/1.1 400").contains("problem+json").contains(detail.replace("\"", "\\\""));
    }

    @Test
    void everyFieldOfTheHeaderIsRight() {
        draw(2, WHITE);
        long before = nowMicros() - 1_000_000;
        try (FeedClient feed = system.feed("/feed")) {
            feed.subscribe("s-2", "");
            FeedFrame frame = feed.frameOf(2);

            assertThat(frame.kind()).isEqualTo(1);
            assertThat(frame.version()).isEqualTo(1);
            assertThat(frame.revision()).isEqualTo(1);
            assertThat(frame.capturedAtMicros()).isBetween(before, nowMicros() + 1_000_000);
            assertThat(frame.width()).isEqualTo(WIDTH);
            assertThat(frame.height()).isEqualTo(HEIGHT);
            assertThat(frame.quality()).isEqualTo(Quality.OPTIMIZED.code());
            assertThat(frame.state()).isEqualTo(SpaceState.LIVE.code());
            assertThat(frame.stripeHeight()).isEqualTo(16);
            assertThat(frame.pixels().width()).isEqualTo(WIDTH);
            assertThat(frame.pixels().height()).isEqualTo(HEIGHT);
        }
    }

    @Test
    void theHeaderOfALowerQualityTellsItsOwnSize() {
        try (FeedClient feed = system.feed("/feed?spaces=*&quality=fast")) {
            FeedFrame frame = feed.frameOf(1);

            assertThat(frame.quality()).isEqualTo(Quality.FAST.code());
            assertThat(frame.width()).isEqualTo(WIDTH / 2);
            assertThat(frame.height()).isEqualTo(HEIGHT / 2);
            assertThat(frame.pixels().width()).isEqualTo(WIDTH / 2);
        }
    }

    @Test
    void showsWhatWasDrawn() {
        Pixels desktop = Pixels.desktop(WIDTH, HEIGHT);
        screen.show(1, desktop);
        try (FeedClient feed = system.feed("/feed?spaces=*")) {
            assertThat(feed.frameOf(1).pixels().meanDifference(desktop)).isLessThan(12.0);

            screen.fillRect(1, 64, 64, 128, 64, 0xFF0000);
            FeedFrame changed = feed.frame(frame -> frame.spaceIndex() == 1 && frame.revision() == 2);
            assertThat(changed.pixels().meanDifference(screen.pixels(1))).isLessThan(12.0);
            assertThat(changed.pixels().channel(128, 96, 16)).isGreaterThan(240);
            assertThat(changed.pixels().channel(128, 96, 8)).isLessThan(15);
        }
    }

    @Test
    void revisionsGrowByOneForEachChangeAndAreTheSameInEveryQuality() {
        try (FeedClient good = system.feed("/feed?spaces=*");
                FeedClient small = system.feed("/feed?spaces=*&quality=thumbnail")) {
            for (int revision = 1; revision <= 5; revision++) {
                draw(1, revision * 0x203040);
                long expected = revision;
                FeedFrame large = good.frame(frame -> frame.spaceIndex() == 1
                        && frame.quality() == Quality.OPTIMIZED.code()
                        && isFilledWith(frame, (int) expected * 0x203040));
                FeedFrame little =
                        small.frame(frame -> frame.spaceIndex() == 1 && isFilledWith(frame, (int) expected * 0x203040));
                assertThat(little.revision()).isEqualTo(large.revision());
                assertThat(little.capturedAtMicros()).isEqualTo(large.capturedAtMicros());
            }
            assertThat(good.frames(1))
                    .extracting(FeedFrame::revision)
                    .doesNotHaveDuplicates()
                    .isSorted();
        }
    }

    @Test
    void aStillScreenSendsEachPictureOnce() {
        try (FeedClient feed = system.feed("/feed?spaces=*")) {
            feed.frameOf(3);
            screen.settle();
            feed.mark();

            assertThat(feed.frames()).hasSize(3);
            assertThat(feed.texts("spaces")).isEmpty();
            assertThat(feed.texts("pressure")).isEmpty();
            assertThat(feed.texts("state")).isEmpty();
        }
    }

    @Test
    void aSecondClientOfAStillScreenGetsItsPicturesAtOnce() {
        try (FeedClient first = system.feed("/feed?spaces=*")) {
            first.frameOf(3);
            screen.settle();
            try (FeedClient second = system.feed("/feed?spaces=*")) {
                second.frameOf(1);
                second.frameOf(2);
                second.frameOf(3);
            }
            try (FeedClient third = system.feed("/feed?spaces=s-2")) {
                third.frameOf(2);
            }
        }
    }

    @Test
    void withCreditForTwoExactlyTwoFramesComeUntilThereIsMore() {
        try (FeedClient feed = system.feed("/feed")) {
            feed.subscribe("s-1", ",\"credit\":2");
            feed.frame(frame -> frame.revision() == 1);
            draw(1, 0x111111);
            feed.frame(frame -> frame.revision() == 2);
            for (int revision = 3; revision <= 6; revision++) {
                draw(1, revision * 0x111111);
                system.awaitRevision(screen.id(1), revision);
            }
            feed.mark();
            assertThat(feed.frames()).hasSize(2);

            feed.send("{\"type\":\"credit\",\"frames\":1}");
            assertThat(feed.frame(frame -> frame.revision() > 2).revision()).isEqualTo(6);
            draw(1, 0x777777);
            system.awaitRevision(screen.id(1), 7);
            feed.mark();
            assertThat(feed.frames()).extracting(FeedFrame::revision).containsExactly(1L, 2L, 6L);
        }
    }

    @Test
    void creditAddsUp() {
        try (FeedClient feed = system.feed("/feed")) {
            feed.subscribe("*", ",\"credit\":1");
            feed.send("{\"type\":\"credit\",\"frames\":1}");
            feed.send("{\"type\":\"credit\",\"frames\":1}");

            feed.frameOf(1);
            feed.frameOf(2);
            feed.frameOf(3);
            draw(1, WHITE);
            system.awaitRevision(screen.id(1), 2);
            feed.mark();
            assertThat(feed.frames()).hasSize(3);
        }
    }

    @Test
    void aClientThatDoesNotReadMissesFramesAndThenGetsTheNewest() {
        int changes = 120;
        try (FeedClient slow = system.feedWithoutReading("/feed?spaces=s-1");
                FeedClient quick = system.feed("/feed?spaces=s-1")) {
            quick.frameOf(1);
            for (int revision = 2; revision <= changes; revision++) {
                screen.noise(1, 0, 0, WIDTH, HEIGHT, revision);
                long wanted = revision;
                quick.frame(frame -> frame.revision() >= wanted);
            }
            assertThat(slow.frames()).isEmpty();

            slow.startReading();
            FeedFrame newest = slow.frame(frame -> frame.revision() == changes);

            assertThat(newest.jpeg())
                    .isEqualTo(quick.frame(frame -> frame.revision() == changes).jpeg());
            assertThat(slow.frames())
                    .extracting(FeedFrame::revision)
                    .isSorted()
                    .doesNotHaveDuplicates()
                    .hasSizeLessThan(changes - 10);
        }
    }

    @Test
    void noMorePicturesComeThanAClientCanUse() {
        try (FeedClient feed = system.feed("/feed?spaces=s-1&maxFps=10")) {
            feed.frameOf(1);
            Instant end = Instant.now().plusMillis(1200);
            for (int color = 1; Instant.now().isBefore(end); color++) {
                draw(1, color * 0x010203);
                screen.settle();
            }
            assertThat(feed.frames()).hasSizeBetween(6, 15);
            assertThat(system.oriel().captureStats().captures()).isLessThan(20);
        }
    }

    @Test
    void noMorePicturesComeThanTheSettingAllows() {
        PixelScreen busy = PixelScreen.single("b", 64, 64);
        try (TestSystem limited = TestSystem.with(Map.of(Setting.ORIEL_MAX_FPS, "10"), busy);
                FeedClient feed = limited.feed("/feed?spaces=*&maxFps=200")) {
            feed.frameOf(1);
            Instant end = Instant.now().plusMillis(1200);
            for (int color = 1; Instant.now().isBefore(end); color++) {
                busy.fillRect(1, 0, 0, 64, 64, color * 0x010203);
                busy.settle();
            }
            assertThat(feed.frames()).hasSizeBetween(6, 15);
        }
    }

    @Test
    void theLastChangeArrivesEvenIfItCameTooSoon() {
        try (FeedClient feed = system.feed("/feed?spaces=s-1&maxFps=4")) {
            feed.frameOf(1);
            draw(1, 0x101010);
            screen.settle();
            draw(1, 0x808080);

            feed.frame(frame -> isFilledWith(frame, 0x808080));
        }
    }

    @Test
    void aSubscriptionToOneSpaceOverridesThatToAllAndEndsWithIt() {
        try (FeedClient feed = system.feed("/feed?spaces=*")) {
            feed.frameOf(2);
            feed.frameOf(3);
            feed.subscribe("s-2", ",\"quality\":\"thumbnail\"");
            feed.frame(frame -> frame.spaceIndex() == 2 && frame.quality() == Quality.THUMBNAIL.code());

            feed.forget();
            draw(2, 0x303030);
            draw(3, 0x303030);
            assertThat(feed.frameOf(2).quality()).isEqualTo(Quality.THUMBNAIL.code());
            assertThat(feed.frameOf(3).quality()).isEqualTo(Quality.OPTIMIZED.code());

            feed.send("{\"type\":\"unsubscribe\",\"spaces\":[\"s-2\"]}");
            feed.mark();
            feed.forget();
            draw(2, 0x606060);
            assertThat(feed.frameOf(2).quality()).isEqualTo(Quality.OPTIMIZED.code());
        }
    }

    @Test
    void withoutASubscriptionNothingComesAndNothingIsRead() {
        try (FeedClient feed = system.feed("/feed?spaces=*")) {
            feed.frameOf(3);
            feed.send("{\"type\":\"unsubscribe\",\"spaces\":[\"*\"]}");
            feed.mark();
            feed.forget();
            screen.settle();
            long rows = screen.rowsRead();

            draw(1, WHITE);
            screen.settle();
            feed.mark();

            assertThat(feed.frames()).isEmpty();
            assertThat(screen.rowsRead()).isEqualTo(rows);
        }
    }

    @Test
    void anotherQualityBringsTheNewestPictureInItAtOnce() {
        try (FeedClient feed = system.feed("/feed?spaces=s-1")) {
            feed.frameOf(1);
            draw(1, 0x506070);
            feed.frame(frame -> frame.revision() == 2);

            for (Quality quality : List.of(Quality.THUMBNAIL, Quality.FAST, Quality.OPTIMIZED, Quality.THUMBNAIL)) {
                feed.forget();
                feed.subscribe("s-1", ",\"quality\":\"" + quality.label() + "\"");

                FeedFrame frame = feed.frame(any -> true);

                assertThat(frame.quality()).isEqualTo(quality.code());
                assertThat(frame.revision()).isEqualTo(2);
                assertThat(isFilledWith(frame, 0x506070)).isTrue();
            }
        }
    }

    @Test
    void nobodyGetsABetterPictureOfALiveSpaceThanTheyAskedFor() {
        try (FeedClient good = system.feed("/feed?spaces=*")) {
            good.frameOf(3);
            for (int round = 0; round < 5; round++) {
                try (FeedClient small = system.feed("/feed?spaces=*&quality=thumbnail")) {
                    small.frameOf(1);
                    small.frameOf(2);
                    small.frameOf(3);
                    small.mark();
                    assertThat(small.frames()).extracting(FeedFrame::quality).containsOnly(Quality.THUMBNAIL.code());
                }
            }
        }
    }

    @Test
    void focusDecidesWhatIsCapturedUnderPressure() {
        system.level(PressureLevel.RED);
        try (FeedClient feed = system.feed("/feed?spaces=*")) {
            feed.frameOf(1);
            assertThat(states(feed)).containsEntry("s-2", "stale").containsEntry("s-3", "stale");

            feed.send("{\"type\":\"focus\",\"space\":\"s-3\"}");

            assertThat(feed.frameOf(3).state()).isEqualTo(SpaceState.LIVE.code());
            feed.text("state", message -> isState(message, "s-3", "live"));
            feed.text("state", message -> isState(message, "s-1", "stale"));
            assertThat(feed.frames(2)).isEmpty();
        }
        Eventually.until(
                "the focus goes with its client",
                () -> system.json("/api/spaces")
                        .get(0)
                        .path("state")
                        .stringValue()
                        .equals("live"));
    }

    private static boolean isState(JsonNode message, String space, String state) {
        return message.path("space").stringValue().equals(space)
                && message.path("state").stringValue().equals(state);
    }

    private static Map<String, String> states(FeedClient feed) {
        Map<String, String> states = new java.util.HashMap<>();
        feed.texts("state")
                .forEach(message -> states.put(
                        message.path("space").stringValue(),
                        message.path("state").stringValue()));
        return states;
    }

    @Test
    void aHiddenClientGetsNoFramesAndCostsNothingUntilItIsSeenAgain() {
        try (FeedClient feed = system.feed("/feed?spaces=*")) {
            feed.frameOf(3);
            feed.send("{\"type\":\"visibility\",\"hidden\":true}");
            feed.mark();
            screen.settle();
            feed.forget();
            long rows = screen.rowsRead();

            draw(1, WHITE);
            screen.settle();
            feed.mark();
            assertThat(feed.frames()).isEmpty();
            assertThat(screen.rowsRead()).isEqualTo(rows);

            feed.send("{\"type\":\"visibility\",\"hidden\":false}");
            assertThat(isFilledWith(feed.frameOf(1), WHITE)).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ | bad-message | the message is not JSON",
                "[] | bad-message | a message is an object with a \"type\"",
                "{\"type\":\"sing\"} | bad-message | type is \"sing\"; allowed: subscribe",
                "{\"type\":\"credit\",\"frames\":1,\"a\":2} | bad-message | \"a\" is not known here; allowed: frames",
                "{\"type\":\"credit\",\"frames\":0} | bad-message | frames is 0; allowed: a whole number from 1 to 1000",
                "{\"type\":\"subscribe\",\"spaces\":[\"*\"],\"quality\":\"best\"} | bad-message | quality is \"best\"",
                "{\"type\":\"subscribe\",\"spaces\":[\"s-9\"]} | unknown-space | there is no space \"s-9\"; there are: s-1, s-2, s-3",
                "{\"type\":\"unsubscribe\",\"spaces\":[\"s-9\"]} | unknown-space | there is no space \"s-9\"",
                "{\"type\":\"focus\",\"space\":\"s-9\"} | unknown-space | there is no space \"s-9\""
            })
    void aBadMessageIsAnsweredAndEverythingElseGoesOn(String message, String code, String saying) {
        try (FeedClient feed = system.feed("/feed?spaces=*");
                FeedClient other = system.feed("/feed?spaces=*")) {
            feed.frameOf(1);
            other.frameOf(1);

            feed.send(message);

            JsonNode error = feed.text("error");
            assertThat(error.path("code").stringValue()).isEqualTo(code);
            assertThat(error.path("message").stringValue()).contains(saying);
            draw(1, WHITE);
            feed.frame(frame -> frame.spaceIndex() == 1 && isFilledWith(frame, WHITE));
            other.frame(frame -> frame.spaceIndex() == 1 && isFilledWith(frame, WHITE));
            assertThat(other.texts("error")).isEmpty();
        }
    }

    @Test
    void aKnownSpaceBesideAnUnknownOneIsSubscribedTo() {
        try (FeedClient feed = system.feed("/feed")) {
            feed.send("{\"type\":\"subscribe\",\"spaces\":[\"s-9\",\"s-2\"]}");

            feed.text("error");
            feed.frameOf(2);
        }
    }

    @Test
    void aMessageThatIsTooLongEndsOnlyItsOwnSocket() {
        try (FeedClient wordy = system.feed("/feed?spaces=*");
                FeedClient other = system.feed("/feed?spaces=*")) {
            wordy.frameOf(1);
            other.frameOf(1);

            wordy.send("{\"type\":\"" + "x".repeat(FeedEndpoint.LONGEST_MESSAGE_BYTES) + "\"}");

            assertThat(wordy.closeCode()).hasValue(1009);
            Eventually.until("one subscriber is left", () -> system.subscribers() == 1);
            draw(1, WHITE);
            other.frame(frame -> isFilledWith(frame, WHITE));
        }
    }

    @Test
    void aLevelTellsThePressureAndLowersQualityAndStates() {
        try (FeedClient feed = system.feed("/feed?spaces=*")) {
            feed.frameOf(1);
            feed.frameOf(2);
            feed.frameOf(3);
            feed.forget();

            system.level(PressureLevel.RED);

            JsonNode pressure = feed.text(
                    "pressure", message -> message.path("level").stringValue().equals("RED"));
            assertThat(pressure.path("plan").path("cacheMegabytes").intValue()).isEqualTo(50);
            assertThat(pressure.path("plan").path("quality").stringValue()).isEqualTo("thumbnail");
            assertThat(pressure.path("plan").path("spaces").stringValue()).isEqualTo("active_only");
            feed.text("state", message -> isState(message, "s-2", "stale"));
            feed.text("state", message -> isState(message, "s-3", "stale"));
            FeedFrame thumbnail =
                    feed.frame(frame -> frame.spaceIndex() == 1 && frame.quality() == Quality.THUMBNAIL.code());
            assertThat(thumbnail.width()).isEqualTo(THUMBNAIL_WIDTH);
            assertThat(states(feed)).doesNotContainKey("s-1");

            feed.forget();
            system.level(PressureLevel.GREEN);

            feed.text("state", message -> isState(message, "s-2", "live"));
            assertThat(feed.frame(frame -> frame.quality() == Quality.OPTIMIZED.code())
                            .width())
                    .isEqualTo(WIDTH);
        }
    }

    @Test
    void aPictureIsNotSentAgainOnlyBecauseItsSpaceIsNoLongerCaptured() {
        try (FeedClient feed = system.feed("/feed?spaces=*")) {
            feed.frameOf(1);
            feed.frameOf(2);
            feed.frameOf(3);
            feed.forget();

            system.level(PressureLevel.RED);

            feed.text("state", message -> isState(message, "s-2", "stale"));
            feed.text("state", message -> isState(message, "s-3", "stale"));
            feed.frameOf(1);
            feed.mark();
            assertThat(feed.frames()).extracting(FeedFrame::spaceIndex).containsOnly(1);

            feed.forget();
            system.level(PressureLevel.GREEN);

            JsonNode unchanged = feed.text("unchanged", message -> isOf(message, "s-3"));
            assertThat(unchanged.path("revision").longValue()).isEqualTo(1);
            feed.text("unchanged", message -> isOf(message, "s-2"));
            feed.frameOf(1);
            feed.mark();
            assertThat(feed.frames()).extracting(FeedFrame::spaceIndex).containsOnly(1);
        }
    }

    @Test
    void whoCouldTakeNoFrameLearnsLaterThatTheirPictureIsStillRight() {
        try (FeedClient feed = system.feed("/feed")) {
            feed.subscribe("s-3", ",\"credit\":1");
            feed.frameOf(3);
            system.level(PressureLevel.RED);
            feed.text("state", message -> isState(message, "s-3", "stale"));
            try (FeedClient witness = system.feed("/feed?spaces=s-3")) {
                witness.frameOf(3);
                system.level(PressureLevel.GREEN);
                witness.text("unchanged", message -> isOf(message, "s-3"));
            }
            feed.mark();
            assertThat(feed.texts("unchanged")).isEmpty();

            feed.send("{\"type\":\"credit\",\"frames\":1}");

            feed.text("unchanged", message -> isOf(message, "s-3"));
            screen.fillRect(3, 0, 0, WIDTH, HEIGHT, WHITE);
            feed.frame(frame -> frame.spaceIndex() == 3 && isFilledWith(frame, WHITE));
        }
    }

    private static boolean isOf(JsonNode message, String space) {
        return message.path("space").stringValue().equals(space);
    }

    @Test
    void ofASpaceThatIsNotCapturedNoOtherQualityIsSent() {
        try (FeedClient feed = system.feed("/feed?spaces=*");
                FeedClient small = system.feed("/feed?spaces=*&quality=thumbnail")) {
            feed.frameOf(3);
            small.frameOf(3);
            feed.forget();
            small.forget();

            system.level(PressureLevel.RED);

            feed.frameOf(1);
            feed.mark();
            small.text("state", message -> isState(message, "s-3", "stale"));
            small.mark();
            assertThat(feed.frames()).extracting(FeedFrame::spaceIndex).containsOnly(1);
            assertThat(small.frames()).extracting(FeedFrame::spaceIndex).doesNotContain(2, 3);

            system.level(PressureLevel.GREEN);

            feed.text("unchanged", message -> isOf(message, "s-3"));
            small.text("unchanged", message -> isOf(message, "s-3"));
        }
    }

    @Test
    void whoAsksForAHiddenSpaceInAnotherQualityGetsIt() {
        PixelScreen desktops = PixelScreen.desktops("d", WIDTH, HEIGHT, 2);
        try (TestSystem other = TestSystem.of(desktops);
                FeedClient large = other.feed("/feed?spaces=*");
                FeedClient small = other.feed("/feed?spaces=*&quality=thumbnail")) {
            large.frameOf(1);
            small.frameOf(1);
            desktops.bringToFront(2);
            small.text("state", message -> isState(message, "d-1", "stale"));
            small.frameOf(2);

            small.subscribe("d-1", ",\"quality\":\"optimized\"");

            FeedFrame better = small.frame(frame -> frame.spaceIndex() == 1 && frame.width() == WIDTH);
            assertThat(better.state()).isEqualTo(SpaceState.STALE.code());
        }
    }

    @Test
    void whoWantsASpaceAgainGetsItsPictureAgain() {
        try (FeedClient feed = system.feed("/feed?spaces=s-1,s-3")) {
            feed.frameOf(1);
            feed.frameOf(3);
            feed.send("{\"type\":\"unsubscribe\",\"spaces\":[\"s-3\"]}");
            feed.mark();
            feed.forget();

            feed.subscribe("s-3", "");

            assertThat(feed.frameOf(3).revision()).isEqualTo(1);
        }
    }

    @Test
    void aSourceThatComesBackAsItWasIsToldSo() {
        PixelScreen mortal = PixelScreen.single("m", 64, 64);
        try (TestSystem other = TestSystem.of(mortal);
                FeedClient feed = other.feed("/feed?spaces=*")) {
            feed.frame(frame -> frame.state() == SpaceState.LIVE.code());
            feed.mark();
            feed.forget();

            mortal.lose("it died");
            feed.text("state", message -> isState(message, "m-1", "lost"));
            mortal.comeBack();

            feed.text("unchanged", message -> isOf(message, "m-1"));
            assertThat(feed.frames()).isEmpty();
        }
    }

    @Test
    void whoDidNotLookMeanwhileLearnsThatTheirPictureIsStillRight() {
        try (FeedClient feed = system.feed("/feed?spaces=*")) {
            feed.frameOf(3);
            feed.send("{\"type\":\"visibility\",\"hidden\":true}");
            system.level(PressureLevel.RED);
            feed.text("state", message -> isState(message, "s-3", "stale"));
            system.level(PressureLevel.GREEN);
            feed.text("state", message -> isState(message, "s-3", "live"));

            feed.send("{\"type\":\"visibility\",\"hidden\":false}");

            feed.text("unchanged", message -> isOf(message, "s-3"));
        }
    }

    @Test
    void whoShowsAgainLearnsOfEachPictureThatItIsStillRight() {
        try (FeedClient feed = system.feed("/feed?spaces=*")) {
            feed.frameOf(1);
            feed.frameOf(3);
            feed.send("{\"type\":\"visibility\",\"hidden\":true}");
            feed.mark();
            screen.fillRect(1, 0, 0, WIDTH, HEIGHT, WHITE);
            feed.forget();

            feed.send("{\"type\":\"visibility\",\"hidden\":false}");

            feed.text("unchanged", message -> isOf(message, "s-3"));
            feed.frame(frame -> frame.spaceIndex() == 1 && isFilledWith(frame, WHITE));
            assertThat(feed.texts("unchanged")).noneMatch(message -> isOf(message, "s-1"));
        }
    }

    @Test
    void whatChangedWhileItsSpaceWasNotCapturedIsSent() {
        try (FeedClient feed = system.feed("/feed?spaces=*")) {
            feed.frameOf(3);
            system.level(PressureLevel.RED);
            feed.text("state", message -> isState(message, "s-3", "stale"));
            screen.fillRect(3, 0, 0, WIDTH, HEIGHT, WHITE);

            system.level(PressureLevel.GREEN);

            FeedFrame changed = feed.frame(frame -> frame.spaceIndex() == 3 && isFilledWith(frame, WHITE));
            assertThat(changed.state()).isEqualTo(SpaceState.LIVE.code());
        }
    }

    @Test
    void whoComesWhileASpaceIsNotCapturedGetsAFrameThatCallsItselfStale() {
        try (FeedClient early = system.feed("/feed?spaces=*")) {
            early.frameOf(3);
            system.level(PressureLevel.RED);
            early.text("state", message -> isState(message, "s-3", "stale"));

            try (FeedClient late = system.feed("/feed?spaces=*")) {
                FeedFrame lastSeen = late.frameOf(3);
                assertThat(lastSeen.state()).isEqualTo(SpaceState.STALE.code());
                assertThat(lastSeen.revision()).isEqualTo(1);
            }
        }
    }

    @Test
    void aLevelIsToldEvenIfItChangesNothingElse() {
        PixelScreen small = PixelScreen.single("p", 32, 32);
        try (TestSystem early = TestSystem.unready(Map.of(), small);
                FeedClient feed = early.feed("/feed")) {
            JsonNode hello = feed.text("hello");
            assertThat(hello.path("pressure").path("level").stringValue()).isEqualTo("UNKNOWN");

            early.level(PressureLevel.YELLOW);

            feed.text("pressure", message -> message.path("level").stringValue().equals("YELLOW"));
        }
    }

    @Test
    void spacesThatBecomeKnownAreTold() {
        GatedScreen slow = new GatedScreen(PixelScreen.single("slow", 32, 32));
        try (TestSystem early = TestSystem.unready(Map.of(), slow);
                FeedClient feed = early.feed("/feed?spaces=*")) {
            assertThat(feed.text("hello").path("spaces").isEmpty()).isTrue();

            slow.letOpen();

            assertThat(ids(feed.text("spaces").path("spaces"))).containsExactly("slow-1");
            feed.frameOf(1);
        }
    }

    @Test
    void aChangeOfTheSpacesIsTold() {
        PixelScreen desktops = PixelScreen.desktops("d", WIDTH, HEIGHT, 2);
        try (TestSystem other = TestSystem.of(desktops);
                FeedClient feed = other.feed("/feed?spaces=*")) {
            assertThat(isState(feed.text("state"), "d-2", "stale")).isTrue();
            feed.frameOf(1);

            desktops.bringToFront(2);

            JsonNode spaces = feed.text("spaces").path("spaces");
            assertThat(spaces.get(0).path("active").booleanValue()).isFalse();
            assertThat(spaces.get(0).path("state").stringValue()).isEqualTo("stale");
            assertThat(spaces.get(1).path("active").booleanValue()).isTrue();
            JsonNode stale = feed.text("state", message -> isState(message, "d-1", "stale"));
            assertThat(stale.path("reason").stringValue()).contains("hidden");
            feed.text("state", message -> isState(message, "d-2", "live"));
            feed.frameOf(2);
        }
    }

    @Test
    void anotherSizeIsToldAndTheNextFrameHasIt() {
        try (FeedClient feed = system.feed("/feed?spaces=*")) {
            feed.frameOf(1);
            screen.resize(320, 240);

            feed.text(
                    "spaces",
                    message -> message.path("spaces").get(0).path("width").intValue() == 320);
            assertThat(feed.frame(frame -> frame.spaceIndex() == 1 && frame.width() == 320)
                            .height())
                    .isEqualTo(240);
        }
    }

    @Test
    void aLostSourceIsToldAndTheOthersLiveOn() {
        PixelScreen mortal = PixelScreen.single("m", 64, 64);
        PixelScreen lasting = PixelScreen.single("l", 64, 64);
        try (TestSystem two = TestSystem.of(mortal, lasting);
                FeedClient feed = two.feed("/feed?spaces=*")) {
            feed.frameOf(1);
            feed.frameOf(2);

            mortal.lose("it died");

            JsonNode lost = feed.text("state", message -> isState(message, "m-1", "lost"));
            assertThat(lost.path("reason").stringValue()).isNotBlank();
            lasting.fillRect(1, 0, 0, 64, 64, WHITE);
            feed.frame(frame -> frame.spaceIndex() == 2 && isFilledWith(frame, WHITE));

            feed.forget();
            mortal.fillRect(1, 0, 0, 64, 64, 0x808080);
            mortal.comeBack();
            feed.text("state", message -> isState(message, "m-1", "live"));
            FeedFrame again = feed.frame(frame -> frame.spaceIndex() == 1 && isFilledWith(frame, 0x808080));
            assertThat(again.revision()).isEqualTo(2);
            assertThat(again.state()).isEqualTo(SpaceState.LIVE.code());
        }
    }

    @Test
    void theSubprotocolIsEchoedWhereItIsNamed() {
        try (FeedClient named = system.feed("/feed", "oriel.feed.v1");
                FeedClient amongOthers = system.feed("/feed", "chat", "oriel.feed.v1");
                FeedClient without = system.feed("/feed")) {
            assertThat(named.subprotocol()).isEqualTo("oriel.feed.v1");
            assertThat(amongOthers.subprotocol()).isEqualTo("oriel.feed.v1");
            assertThat(without.subprotocol()).isEmpty();
            named.text("hello");
            without.text("hello");
        }
    }

    @Test
    void theStopOfTheServerIsSaidToEverySubscriber() {
        FeedClient watching = system.feed("/feed?spaces=*");
        FeedClient idle = system.feed("/feed");
        watching.frameOf(1);
        idle.text("hello");

        Instant before = Instant.now();
        system.close();

        assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(2));
        assertThat(watching.closeCode()).hasValue(1001);
        assertThat(idle.closeCode()).hasValue(1001);
    }

    @Test
    void theServerStopsThoughAClientDoesNotRead() {
        FeedClient stuck = system.feedWithoutReading("/feed?spaces=s-1");
        try (FeedClient quick = system.feed("/feed?spaces=s-1")) {
            for (int revision = 2; revision <= 60; revision++) {
                screen.noise(1, 0, 0, WIDTH, HEIGHT, revision);
                long wanted = revision - 1;
                quick.frame(frame -> frame.revision() >= wanted);
            }
            Instant before = Instant.now();
            system.close();
            assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(3));
        }
        stuck.close();
    }

    @Test
    void subscribersAreCountedAndNothingIsReadForThoseWhoLeft() {
        FeedClient first = system.feed("/feed?spaces=*");
        FeedClient second = system.feed("/feed?spaces=*");
        first.frameOf(1);
        second.frameOf(1);
        assertThat(system.subscribers()).isEqualTo(2);

        first.close();
        second.close();

        Eventually.until("nobody is left", () -> system.subscribers() == 0);
        screen.settle();
        long rows = screen.rowsRead();
        draw(1, WHITE);
        screen.settle();
        assertThat(screen.rowsRead()).isEqualTo(rows);
    }

    @Test
    void clientsThatComeAndGoLeaveNothingBehind() {
        for (int round = 0; round < 20; round++) {
            FeedClient feed = system.feed("/feed?spaces=*&quality=thumbnail");
            if (round % 2 == 0) {
                feed.frameOf(1);
            }
            draw(1, round * 0x0A0A0A);
            feed.close();
        }
        Eventually.until("nobody is left", () -> system.subscribers() == 0);
        Eventually.until(
                "nobody wants anything",
                () -> system.oriel()
                        .demand()
                        .demands()
                        .next()
                        .block()
                        .interests()
                        .isEmpty());
        Eventually.until("no frame is held", () -> system.oriel().cacheStats().pinnedBytes() == 0);
    }

    @Test
    void pingsAllSubscribersAtOnce() {
        try (FeedClient one = system.feed("/feed");
                FeedClient other = system.feed("/feed?spaces=*")) {
            one.text("hello");
            other.text("hello");
            system.passTime(FeedEndpoint.BETWEEN_PINGS);
            Eventually.until("a ping came to each", () -> one.pings() == 1 && other.pings() == 1);

            system.passTime(FeedEndpoint.BETWEEN_PINGS);
            Eventually.until("another came to each", () -> one.pings() == 2 && other.pings() == 2);
        }
    }

    @Test
    void pingsWhoIsLeftWhenAnotherHasGone() {
        FeedClient gone = system.feed("/feed");
        try (FeedClient left = system.feed("/feed")) {
            gone.text("hello");
            left.text("hello");
            gone.close();
            Eventually.until("one is left", () -> system.subscribers() == 1);
            system.passTime(FeedEndpoint.BETWEEN_PINGS);

            Eventually.until("a ping came", () -> left.pings() == 1);
            assertThat(gone.pings()).isZero();
        }
    }
}
