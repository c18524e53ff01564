package dev.oriel.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.oriel.capture.jpeg.StripeEncoders;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

class CaptureEngineTest {

    private static final int WIDTH = 200;
    private static final int HEIGHT = 162;
    private static final int BANDS = 11;
    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
    private static final CaptureSettings SETTINGS = CaptureSettings.defaults();
    private static final Set<Quality> ALL = EnumSet.allOf(Quality.class);
    private static final Duration AT_ONCE = Duration.ZERO;

    private final FakeNanoTime time = new FakeNanoTime();
    private final List<DefaultCaptureEngine> engines = new ArrayList<>();
    private final List<FrameCollector> collectors = new ArrayList<>();
    private final Sinks.Many<CaptureSchedule> schedules = Sinks.many().replay().latest();
    private HeapFrameMemory memory = new HeapFrameMemory(1 << 26);

    @AfterEach
    void everyByteIsGivenBack() {
        engines.forEach(CaptureEngine::close);
        collectors.forEach(FrameCollector::letGoOfAll);
        assertThat(memory.chargedBytes()).isZero();
    }

    // Who looks, and when

    @Test
    void nothingIsReadBeforeSomebodySubscribes() {
        PixelScreen screen = desktopOn(PixelScreen.single("a", WIDTH, HEIGHT));
        DefaultCaptureEngine engine = start(screen);
        follow(screen, ALL);
        Flux<Frame> frames = engine.frames(schedules.asFlux());
        screen.settle();
        screen.fillRect(1, 0, 0, 5, 5, 0xFF);
        screen.settle();
        assertThat(screen.rowsRead()).isZero();

        collect(frames);
        screen.settle();
        assertThat(screen.rowsRead()).isPositive();
    }

    @Test
    void nothingIsReadAfterCancel() {
        PixelScreen screen = desktopOn(PixelScreen.single("a", WIDTH, HEIGHT));
        DefaultCaptureEngine engine = start(screen);
        FrameCollector frames = collect(engine, follow(screen, ALL));
        screen.settle();

        frames.cancel();
        screen.settle();
        long rows = screen.rowsRead();
        screen.noise(1, 0, 0, WIDTH, HEIGHT, 1);
        screen.settle();
        schedules.emitNext(
                schedule(target(screen, 1, Set.of(Quality.FULL), AT_ONCE)), Sinks.EmitFailureHandler.FAIL_FAST);
        screen.settle();
        assertThat(screen.rowsRead()).isEqualTo(rows);
    }

    @Test
    void aSourceRestsOnceWheneverNothingIsScheduledThere() {
        PixelScreen screen = desktopOn(PixelScreen.single("a", WIDTH, HEIGHT));
        DefaultCaptureEngine engine = start(screen);
        screen.settle();
        assertThat(screen.timesRested()).isEqualTo(1);

        FrameCollector first = collect(engine, follow(screen, ALL));
        screen.settle();
        assertThat(first.rest()).hasSize(4);
        assertThat(screen.timesRested()).isEqualTo(1);
        first.cancel();
        screen.settle();
        assertThat(screen.timesRested()).isEqualTo(2);
        pass(Duration.ofMinutes(1), screen);
        screen.fillRect(1, 0, 0, 5, 5, 0xFF);
        screen.settle();
        assertThat(screen.timesRested()).isEqualTo(2);

        FrameCollector second = collect(engine, follow(screen, ALL));
        screen.settle();
        List<Frame> again = second.rest();
        assertThat(again).hasSize(4).extracting(Frame::revision).containsOnly(2L);
        assertThat(ofQuality(again, Quality.FAST).toByteArray())
                .isEqualTo(FreshEngine.encode(screen.pixels(1), Quality.FAST, SETTINGS));
    }

    @Test
    void oneSourceRestsWhileAnotherIsWatched() {
        PixelScreen watched = PixelScreen.single("a", WIDTH, HEIGHT);
        PixelScreen other = PixelScreen.single("b", WIDTH, HEIGHT);
        DefaultCaptureEngine engine = start(watched, other);
        watched.settle();
        other.settle();
        collect(engine, follow(watched, ALL)).next();
        watched.settle();
        other.settle();

        assertThat(watched.timesRested()).isEqualTo(1);
        assertThat(other.timesRested()).isEqualTo(1);
    }

    @Test
    void aSourceWhoseScheduledSpaceIsHiddenRests() {
        PixelScreen screen = PixelScreen.desktops("a", WIDTH, HEIGHT, 2);
        DefaultCaptureEngine engine = start(screen);
        collect(engine, follow(screen, ALL)).next();
        screen.settle();
        int before = screen.timesRested();

        screen.bringToFront(2);
        screen.settle();
        assertThat(screen.timesRested()).isEqualTo(before + 1);
    }

    @Test
    void anEmptyScheduleCapturesNothing() {
        PixelScreen screen = desktopOn(PixelScreen.single("a", WIDTH, HEIGHT));
        FrameCollector frames = collect(start(screen), Flux.just(CaptureSchedule.NOTHING));
        screen.settle();
        assertThat(screen.rowsRead()).isZero();
        frames.assertNothingNew();
    }

    @Test
    void theFirstFrameComesAtOnceThoughNothingChanges() {
        PixelScreen screen = PixelScreen.single("a", WIDTH, HEIGHT);
        Frame frame = collect(start(screen), follow(screen, Set.of(Quality.OPTIMIZED)))
                .next();
        assertThat(frame.info())
                .isEqualTo(new FrameInfo(screen.id(1), 1, NOON, WIDTH, HEIGHT, Quality.OPTIMIZED, 85, 16));
        assertThat(frame.toByteArray()).isEqualTo(FreshEngine.encode(screen.pixels(1), Quality.OPTIMIZED, SETTINGS));
    }

    @Test
    void theNextSubscriberGetsThePictureThoughNothingChanged() {
        PixelScreen screen = desktopOn(PixelScreen.single("a", WIDTH, HEIGHT));
        DefaultCaptureEngine engine = start(screen);
        FrameCollector first = collect(engine, follow(screen, ALL));
        screen.settle();
        assertThat(first.rest()).hasSize(4);
        first.cancel();
        screen.settle();

        FrameCollector second = collect(engine, follow(screen, ALL));
        screen.settle();
        assertThat(second.rest()).hasSize(4).extracting(Frame::revision).containsOnly(1L);
    }

    @Test
    void theNextSubscriberGetsThePictureEvenIfTheEngineNeverSawThatNobodyLooked() {
        PixelScreen screen = desktopOn(PixelScreen.single("a", WIDTH, HEIGHT));
        DefaultCaptureEngine engine = start(screen);
        FrameCollector first = collect(engine, follow(screen, ALL));
        screen.settle();
        assertThat(first.rest()).hasSize(4);

        screen.hold();
        first.cancel();
        FrameCollector second = collect(engine, follow(screen, ALL));
        screen.goOn();
        screen.settle();
        assertThat(second.rest()).hasSize(4).extracting(Frame::revision).containsOnly(1L);
    }

    @Test
    void aSecondSubscriberIsRefusedAndTheFirstGoesOn() {
        PixelScreen screen = desktopOn(PixelScreen.single("a", WIDTH, HEIGHT));
        DefaultCaptureEngine engine = start(screen);
        FrameCollector first = collect(engine, follow(screen, Set.of(Quality.FAST)));
        first.next();

        FrameCollector second = collect(engine, Flux.just(CaptureSchedule.NOTHING));
        assertThat(second.error()).isInstanceOf(IllegalStateException.class);
        screen.noise(1, 0, 0, 20, 20, 1);
        assertThat(first.next().revision()).isEqualTo(2);
    }

    @Test
    void framesFailWhenTheSchedulesFail() {
        PixelScreen screen = desktopOn(PixelScreen.single("a", WIDTH, HEIGHT));
        DefaultCaptureEngine engine = start(screen);
        FrameCollector frames = collect(engine, follow(screen, ALL));
        screen.settle();
        RuntimeException reason = new IllegalStateException("no plan");
        schedules.emitError(reason, Sinks.EmitFailureHandler.FAIL_FAST);
        assertThat(frames.error()).isSameAs(reason);

        screen.settle();
        long rows = screen.rowsRead();
        screen.noise(1, 0, 0, WIDTH, HEIGHT, 1);
        screen.settle();
        assertThat(screen.rowsRead()).isEqualTo(rows);

        FrameCollector failsAtOnce = collect(engine, Flux.error(reason));
        assertThat(failsAtOnce.error()).isSameAs(reason);
        FrameCollector next = collect(engine, Flux.just(schedule(target(screen, 1, Set.of(Quality.FAST), AT_ONCE))));
        assertThat(next.next().revision()).isEqualTo(2);
    }

    @Test
    void schedulesThatCompleteLeaveTheLastOneInForce() {
        PixelScreen screen = desktopOn(PixelScreen.single("a", WIDTH, HEIGHT));
        FrameCollector frames =
                collect(start(screen), Flux.just(schedule(target(screen, 1, Set.of(Quality.FAST), AT_ONCE))));
        frames.next();
        screen.noise(1, 0, 0, 20, 20, 1);
        assertThat(frames.next().revision()).isEqualTo(2);
        assertThat(frames.isComplete()).isFalse();
    }

    // What changed and was not told

    @Test
    void whatChangedUntoldIsShownWithinASecondWhereSomethingHappens() {
        PixelScreen screen = desktopOn(PixelScreen.single("a", WIDTH, HEIGHT));
        DefaultCaptureEngine engine = start(screen);
        FrameCollector frames = collect(engine, follow(screen, Set.of(Quality.FULL)));
        frames.next();
        screen.settle();

        screen.fillRectUntold(1, 3, HEIGHT - 1, 1, 1, 0xFF0000);
        for (int step = 0; step < 4; step++) {
            pass(Duration.ofMillis(250), screen);
        }
        Frame healed = frames.next();
        assertThat(healed.revision()).isEqualTo(2);
        assertThat(healed.toByteArray()).isEqualTo(FreshEngine.encode(screen.pixels(1), Quality.FULL, SETTINGS));
        frames.assertNothingNew();
        assertThat(engine.stats().bandsHealed()).isEqualTo(1);
    }

    @Test
    void whatChangedUntoldIsShownWithinHalfAMinuteWhereNothingHappens() {
        PixelScreen screen = desktopOn(PixelScreen.single("a", WIDTH, HEIGHT));
        DefaultCaptureEngine engine = start(screen);
        FrameCollector frames = collect(engine, follow(screen, Set.of(Quality.FULL)));
        frames.next();
        pass(Duration.ofSeconds(20), screen);

        screen.fillRectUntold(1, 3, 5, 1, 1, 0xFF0000);
        for (int step = 0; step < 30; step++) {
            pass(Duration.ofSeconds(1), screen);
        }
        assertThat(frames.next().revision()).isEqualTo(2);
        assertThat(engine.stats().bandsHealed()).isEqualTo(1);
    }

    @Test
    void aStillSpaceIsReadOnceInHalfAMinuteAndMakesNoFrame() {
        PixelScreen screen = desktopOn(PixelScreen.single("a", WIDTH, HEIGHT));
        DefaultCaptureEngine engine = start(screen);
        FrameCollector frames = collect(engine, follow(screen, ALL));
        screen.settle();
        assertThat(frames.rest()).hasSize(4);
        pass(Duration.ofSeconds(20), screen);
        CaptureStats before = engine.stats();

        for (int second = 0; second < 28; second++) {
            pass(Duration.ofSeconds(1), screen);
        }
        CaptureStats after = engine.stats();
        assertThat(after.pixelsVerified() - before.pixelsVerified()).isEqualTo((long) WIDTH * HEIGHT);
        assertThat(after.pixelsRead() - before.pixelsRead()).isEqualTo((long) WIDTH * HEIGHT);
        assertThat(after.sweeps() - before.sweeps()).isEqualTo(4);
        assertThat(after.captures()).isEqualTo(before.captures());
        assertThat(after.bandsHealed()).isZero();
        frames.assertNothingNew();
    }

    @Test
    void aSpaceThatNobodyWatchesIsNotVerified() {
        PixelScreen screen = desktopOn(PixelScreen.single("a", WIDTH, HEIGHT));
        DefaultCaptureEngine engine = start(screen);
        FrameCollector frames = collect(engine, follow(screen, ALL));
        screen.settle();
        frames.cancel();
        screen.settle();
        long rows = screen.rowsRead();
        pass(Duration.ofSeconds(60), screen);
        assertThat(screen.rowsRead()).isEqualTo(rows);
    }

    // What changed

    @Test
    void damageWithoutAChangeMakesNoFrameAndNoRevision() {
        PixelScreen screen = desktopOn(PixelScreen.single("a", WIDTH, HEIGHT));
        DefaultCaptureEngine engine = start(screen);
        FrameCollector frames = collect(engine, follow(screen, ALL));
        screen.settle();
        frames.rest();
        CaptureStats before = engine.stats();

        screen.damage(1, 0, HEIGHT);
        screen.settle();
        CaptureStats after = engine.stats();
        assertThat(after.captures()).isGreaterThan(before.captures());
        assertThat(after.bandsCompared()).isEqualTo(before.bandsCompared() + BANDS);
        assertThat(after.stripesEncoded()).isEqualTo(before.stripesEncoded());
        assertThat(after.frames()).isEqualTo(before.frames());
        frames.assertNothingNew();

        screen.fillRect(1, 0, 0, 1, 1, 0xFFFFFF);
        screen.settle();
        assertThat(frames.rest()).hasSize(4).extracting(Frame::revision).containsOnly(2L);
    }

    @Test
    void exactlyTheStripesThatShowAChangeAreMadeAnew() {
        PixelScreen screen = desktopOn(PixelScreen.single("a", WIDTH, HEIGHT));
        DefaultCaptureEngine engine = start(screen);
        FrameCollector frames = collect(engine, follow(screen, ALL));
        screen.settle();
        List<Frame> before = frames.rest();
        CaptureStats earlier = engine.stats();

        screen.fillRect(1, 100, 5 * 16 + 3, 1, 1, 0xFFFFFF);
        screen.settle();
        List<Frame> after = frames.rest();
        assertThat(after).hasSize(4);
        int made = 0;
        int shared = 0;
        for (Frame frame : after) {
            Frame older = ofQuality(before, frame.quality());
            for (int stripe = 0; stripe < frame.stripeCount(); stripe++) {
                boolean shows = switch (frame.quality()) {
                    case FULL -> stripe == 10 || stripe == 11;
                    case OPTIMIZED, THUMBNAIL -> stripe == 5;
                    case FAST -> stripe == 2;
                };
                assertThat(frame.sharesStripe(older, stripe))
                        .as("stripe %d of %s is shared", stripe, frame.quality())
                        .isNotEqualTo(shows);
                made += shows ? 1 : 0;
                shared += shows ? 0 : 1;
            }
            assertThat(frame.bytesNotIn(older)).isPositive().isLessThan(frame.sizeBytes());
        }
        CaptureStats later = engine.stats();
        assertThat(later.stripesEncoded() - earlier.stripesEncoded()).isEqualTo(made);
        assertThat(later.stripesShared() - earlier.stripesShared()).isEqualTo(shared);
        assertThat(later.frames() - earlier.frames()).isEqualTo(4);
        assertThat(later.bandsCompared() - earlier.bandsCompared())
                .as("the band that changed, and the one beside it that half the size needs")
                .isEqualTo(2);
    }

    @Test
    void theRevisionGrowsByOneForAllQualitiesAtOnce() {
        PixelScreen screen = desktopOn(PixelScreen.single("a", WIDTH, HEIGHT));
        FrameCollector frames = collect(start(screen), follow(screen, ALL));
        for (long revision = 1; revision <= 5; revision++) {
            screen.settle();
            assertThat(frames.rest()).hasSize(4).extracting(Frame::revision).containsOnly(revision);
            screen.noise(1, 3, 3, 50, 50, revision);
        }
    }

    @Test
    void aNewlyWantedQualityComesAtOnceWithTheRevisionItShows() {
        PixelScreen screen = desktopOn(PixelScreen.single("a", WIDTH, HEIGHT));
        DefaultCaptureEngine engine = start(screen);
        FrameCollector frames = collect(engine, follow(screen, Set.of(Quality.FAST)));
        frames.next();
        screen.noise(1, 0, 0, 9, 9, 1);
        assertThat(frames.next().revision()).isEqualTo(2);

        follow(screen, Set.of(Quality.FAST, Quality.FULL));
        Frame full = frames.next();
        assertThat(full.quality()).isEqualTo(Quality.FULL);
        assertThat(full.revision()).isEqualTo(2);
        screen.settle();
        frames.assertNothingNew();
    }

    @Test
    void aNewlyWantedQualityDoesNotWaitForTheInterval() {
        PixelScreen screen = desktopOn(PixelScreen.single("a", WIDTH, HEIGHT));
        FrameCollector frames = collect(start(screen), follow(screen, Set.of(Quality.FAST), Duration.ofHours(1)));
        frames.next();
        follow(screen, Set.of(Quality.FAST, Quality.FULL), Duration.ofHours(1));
        screen.settle();
        assertThat(frames.rest()).extracting(Frame::quality).containsExactly(Quality.FULL);
    }

    @Test
    void aQualityThatComesBackShowsWhatItMissed() {
        PixelScreen screen = desktopOn(PixelScreen.single("a", WIDTH, HEIGHT));
        FrameCollector frames = collect(start(screen), follow(screen, Set.of(Quality.FULL)));
        Frame first = frames.next();
        follow(screen, Set.of(Quality.FAST));
        frames.next();
        screen.noise(1, 0, 40, 30, 3, 1);
        frames.next();
        screen.noise(1, 0, 100, 30, 3, 2);
        frames.next();

        follow(screen, Set.of(Quality.FULL));
        Frame full = frames.next();
        assertThat(full.revision()).isEqualTo(3);
        assertThat(full.toByteArray()).isEqualTo(FreshEngine.encode(screen.pixels(1), Quality.FULL, SETTINGS));
        assertThat(full.sharesStripe(first, 0)).isTrue();
        assertThat(full.sharesStripe(first, 5)).isFalse();
    }

    @Test
    void aPictureThatNobodyWantsAnyMoreIsGivenUpHalfWay() {
        PixelScreen screen = desktopOn(PixelScreen.single("a", WIDTH, HEIGHT));
        FrameCollector frames = collect(start(screen), follow(screen, Set.of(Quality.FULL)));
        frames.next();

        screen.onceBeforeRead(() -> follow(screen, Set.of(Quality.FAST)));
        screen.noise(1, 0, 0, WIDTH, HEIGHT, 1);
        Frame next = frames.next();
        screen.settle();

        assertThat(next.quality()).isEqualTo(Quality.FAST);
        assertThat(next.revision()).isEqualTo(2);
        assertThat(next.toByteArray()).isEqualTo(FreshEngine.encode(screen.pixels(1), Quality.FAST, SETTINGS));
        assertThat(frames.rest()).isEmpty();
    }

    @Test
    void theReductionChangesThePercent() {
        PixelScreen screen = desktopOn(PixelScreen.single("a", WIDTH, HEIGHT));
        FrameCollector frames = collect(start(screen), follow(screen, Set.of(Quality.OPTIMIZED)));
        assertThat(frames.next().info().jpegPercent()).isEqualTo(85);

        emit(new CaptureSchedule(List.of(target(screen, 1, Set.of(Quality.OPTIMIZED), AT_ONCE)), 15));
        screen.settle();
        screen.noise(1, 0, 0, 5, 5, 1);
        screen.settle();
        List<Frame> reduced = frames.rest();
        assertThat(reduced).isNotEmpty();
        Frame newest = reduced.get(reduced.size() - 1);
        assertThat(newest.info().jpegPercent()).isEqualTo(70);
        assertThat(newest.toByteArray())
                .isEqualTo(FreshEngine.encode(screen.pixels(1), ALL, SETTINGS, 15, StripeEncoders.detect())
                        .get(Quality.OPTIMIZED));
    }

    @Test
    void anotherReductionGivesAStillPictureAnewUnderTheSameRevision() {
        PixelScreen screen = desktopOn(PixelScreen.single("a", WIDTH, HEIGHT));
        FrameCollector frames = collect(start(screen), follow(screen, Set.of(Quality.OPTIMIZED)));
        Frame first = frames.next();

        emit(new CaptureSchedule(List.of(target(screen, 1, Set.of(Quality.OPTIMIZED), AT_ONCE)), 25));

        Frame reduced = frames.next();
        assertThat(reduced.info().jpegPercent()).isEqualTo(60);
        assertThat(reduced.revision()).isEqualTo(first.revision());
    }

    @Test
    void aFrameThatNobodyHoldsCannotLendItsStripes() {
        PixelScreen screen = desktopOn(PixelScreen.single("a", WIDTH, HEIGHT));
        DefaultCaptureEngine engine = start(screen);
        FrameCollector frames = collect(engine, follow(screen, Set.of(Quality.OPTIMIZED)));
        frames.letGo(frames.next());
        assertThat(memory.chargedBytes()).isZero();

        screen.noise(1, 0, 0, 5, 5, 1);
        Frame whole = frames.next();
        assertThat(engine.stats().stripesEncoded()).isEqualTo(2 * BANDS);
        assertThat(whole.toByteArray()).isEqualTo(FreshEngine.encode(screen.pixels(1), Quality.OPTIMIZED, SETTINGS));
    }

    @Test
    void aPictureThatNobodyHoldsAnyMoreIsMadeAgainWhenTheScheduleChanges() {
        PixelScreen screen = desktopOn(PixelScreen.single("a", WIDTH, HEIGHT));
        FrameCollector frames = collect(start(screen), follow(screen, Set.of(Quality.OPTIMIZED)));
        Frame first = frames.next();
        screen.settle();
        emit(schedule(target(screen, 1, Set.of(Quality.OPTIMIZED), Duration.ofMillis(1))));
        screen.settle();
        frames.assertNothingNew();

        frames.letGo(first);
        screen.settle();
        frames.assertNothingNew();
        emit(schedule(target(screen, 1, Set.of(Quality.OPTIMIZED), Duration.ofMillis(2))));
        Frame again = frames.next();

        assertThat(again.revision()).isEqualTo(1);
        assertThat(again.toByteArray()).isEqualTo(FreshEngine.encode(screen.pixels(1), Quality.OPTIMIZED, SETTINGS));
    }

    @Test
    void aNewSizeMakesFramesOfThatSizeAndTheRevisionGoesOn() {
        PixelScreen screen = desktopOn(PixelScreen.single("a", WIDTH, HEIGHT));
        FrameCollector frames = collect(start(screen), follow(screen, ALL));
        screen.settle();
        frames.rest();
        screen.resize(97, 301);
        screen.settle();
        List<Frame> resized = frames.rest();
        assertThat(resized).hasSize(4).extracting(Frame::revision).containsOnly(2L);
        assertThat(ofQuality(resized, Quality.FULL).info().width()).isEqualTo(97);
        assertThat(ofQuality(resized, Quality.FAST).info().height()).isEqualTo(151);
        assertThat(ofQuality(resized, Quality.FULL).toByteArray())
                .isEqualTo(FreshEngine.encode(screen.pixels(1), Quality.FULL, SETTINGS));
    }

    @Test
    void aSizeThatChangesInTheMiddleOfAReadingGivesNoTornFrame() {
        PixelScreen screen = desktopOn(PixelScreen.single("a", WIDTH, HEIGHT));
        FrameCollector frames = collect(start(screen), follow(screen, Set.of(Quality.FULL)));
        frames.next();
        screen.onceBeforeConfirm(() -> screen.resize(97, 301));
        screen.noise(1, 0, 0, 9, 9, 1);
        Frame resized = frames.next();
        assertThat(resized.info().width()).isEqualTo(97);
        assertThat(resized.toByteArray()).isEqualTo(FreshEngine.encode(screen.pixels(1), Quality.FULL, SETTINGS));
    }

    @Test
    void whatWasThereForAMomentDuringAReadingDoesNotStay() {
        PixelScreen screen = desktopOn(PixelScreen.single("a", WIDTH, HEIGHT));
        FrameCollector frames = collect(start(screen), follow(screen, Set.of(Quality.FAST)));
        frames.next();
        Pixels before = screen.pixels(1);

        screen.onceBeforeRead(() -> screen.fillRect(1, 0, 0, WIDTH, 20, 0xF0F000));
        screen.onceBeforeConfirm(() -> screen.show(1, before));
        emit(new CaptureSchedule(List.of(target(screen, 1, Set.of(Quality.FAST, Quality.FULL), AT_ONCE)), 0));
        screen.settle();

        assertThat(screen.pixels(1).greatestDifference(before)).isZero();
        List<Frame> made = new ArrayList<>(frames.rest());
        Collections.reverse(made);
        Frame newest = ofQuality(made, Quality.FULL);
        assertThat(newest.toByteArray()).isEqualTo(FreshEngine.encode(before, Quality.FULL, SETTINGS));
    }

    // How often

    @Test
    void theIntervalPassesBetweenTwoCaptures() {
        PixelScreen screen = desktopOn(PixelScreen.single("a", WIDTH, HEIGHT));
        FrameCollector frames = collect(start(screen), follow(screen, Set.of(Quality.FAST), Duration.ofSeconds(30)));
        frames.next();
        screen.noise(1, 0, 0, 9, 9, 1);
        screen.settle();
        pass(Duration.ofMillis(29_999), screen);
        frames.assertNothingNew();

        screen.noise(1, 0, 0, 9, 9, 2);
        pass(Duration.ofMillis(1), screen);
        assertThat(frames.next().revision()).isEqualTo(2);
        frames.assertNothingNew();
    }

    @Test
    void aChangeAfterAQuietTimeIsCapturedAtOnce() {
        PixelScreen screen = desktopOn(PixelScreen.single("a", WIDTH, HEIGHT));
        FrameCollector frames = collect(start(screen), follow(screen, Set.of(Quality.FAST), Duration.ofSeconds(30)));
        frames.next();
        pass(Duration.ofSeconds(31), screen);
        screen.noise(1, 0, 0, 9, 9, 1);
        assertThat(frames.next().revision()).isEqualTo(2);
    }

    @Test
    void aShorterIntervalCountsAtOnce() {
        PixelScreen screen = desktopOn(PixelScreen.single("a", WIDTH, HEIGHT));
        FrameCollector frames = collect(start(screen), follow(screen, Set.of(Quality.FAST), Duration.ofHours(1)));
        frames.next();
        screen.noise(1, 0, 0, 9, 9, 1);
        screen.settle();
        pass(Duration.ofSeconds(2), screen);
        frames.assertNothingNew();

        follow(screen, Set.of(Quality.FAST), Duration.ofSeconds(1));
        screen.settle();
        assertThat(frames.rest()).extracting(Frame::revision).containsExactly(2L);
    }

    // Memory

    @Test
    void withoutRoomNothingIsLostAndTheFrameComesWhenThereIsRoom() {
        memory = new HeapFrameMemory(400_000);
        PixelScreen screen = desktopOn(PixelScreen.single("a", WIDTH, HEIGHT));
        DefaultCaptureEngine engine = start(screen);
        FrameMemory.Reservation hog = memory.reserve(395_000).orElseThrow();
        FrameCollector frames = collect(engine, follow(screen, ALL));
        Eventually.until("a refusal", () -> engine.stats().refusals() == 1);
        screen.settle();
        pass(Pace.RETRY_AFTER_REFUSAL, screen);
        assertThat(engine.stats().refusals()).isEqualTo(2);
        assertThat(memory.chargedBytes()).isEqualTo(395_000);
        frames.assertNothingNew();
        assertThat(spacesOf(engine).get(0).reason()).startsWith("the frame memory has no room for ");

        hog.close();
        pass(Pace.RETRY_AFTER_REFUSAL, screen);
        screen.settle();
        assertThat(spacesOf(engine).get(0).reason()).isEmpty();
        assertThat(frames.rest()).hasSize(4).extracting(Frame::revision).containsOnly(1L);
    }

    @Test
    void aPictureThatNobodyWantsAnyMoreLacksNoRoom() {
        memory = new HeapFrameMemory(400_000);
        PixelScreen screen = desktopOn(PixelScreen.single("a", WIDTH, HEIGHT));
        DefaultCaptureEngine engine = start(screen);
        FrameMemory.Reservation hog = memory.reserve(395_000).orElseThrow();
        collect(engine, follow(screen, ALL));
        Eventually.until("a reason", () -> !spacesOf(engine).get(0).reason().isEmpty());

        emit(CaptureSchedule.NOTHING);
        screen.settle();
        Eventually.until("no reason", () -> spacesOf(engine).get(0).reason().isEmpty());
        hog.close();
    }

    @Test
    void aChangeThatFoundNoRoomIsShownLater() {
        PixelScreen screen = desktopOn(PixelScreen.single("a", WIDTH, HEIGHT));
        DefaultCaptureEngine engine = start(screen);
        FrameCollector frames = collect(engine, follow(screen, ALL));
        screen.settle();
        assertThat(frames.rest()).hasSize(4);

        int room = (int) ((1 << 26) - memory.chargedBytes());
        FrameMemory.Reservation hog = memory.reserve(room - 20_000).orElseThrow();
        screen.noise(1, 0, 0, WIDTH, HEIGHT, 1);
        Eventually.until("a refusal", () -> engine.stats().refusals() == 1);
        screen.settle();
        screen.noise(1, 0, 0, 3, 3, 2);
        frames.assertNothingNew();
        hog.close();
        pass(Pace.RETRY_AFTER_REFUSAL, screen);
        List<Frame> later = frames.rest();
        assertThat(later).hasSize(4).extracting(Frame::revision).containsOnly(2L);
        assertThat(ofQuality(later, Quality.FULL).toByteArray())
                .isEqualTo(FreshEngine.encode(screen.pixels(1), Quality.FULL, SETTINGS));
    }

    // Slow subscribers

    @Test
    void aSlowSubscriberGetsTheNewestAndOnlyOneWaits() {
        PixelScreen screen = desktopOn(PixelScreen.single("a", WIDTH, HEIGHT));
        FrameCollector frames = new FrameCollector(1);
        collectors.add(frames);
        start(screen).frames(follow(screen, Set.of(Quality.OPTIMIZED))).subscribe(frames);
        screen.settle();
        long one = memory.chargedBytes();
        for (int change = 2; change <= 6; change++) {
            screen.noise(1, 0, 0, WIDTH, HEIGHT, change);
            screen.settle();
        }
        assertThat(frames.rest()).extracting(Frame::revision).containsExactly(1L);
        frames.assertNothingNew();

        frames.request(1);
        Frame newest = frames.next();
        assertThat(newest.revision()).isEqualTo(6);
        assertThat(memory.chargedBytes()).isLessThanOrEqualTo(one + newest.sizeBytes());
        frames.assertNothingNew();
        frames.request(1);
        frames.assertNothingNew();
        screen.noise(1, 0, 0, 9, 9, 7);
        assertThat(frames.next().revision()).isEqualTo(7);
    }

    @Test
    void oneFrameWaitsForEachSpaceAndQuality() {
        PixelScreen screen = PixelScreen.sideBySide("a", WIDTH, HEIGHT, 2);
        FrameCollector frames = new FrameCollector(0);
        collectors.add(frames);
        emit(schedule(target(screen, 1, ALL, AT_ONCE), target(screen, 2, ALL, AT_ONCE)));
        start(screen).frames(schedules.asFlux()).subscribe(frames);
        for (int change = 0; change < 3; change++) {
            screen.noise(1, 0, 0, 50, 50, change);
            screen.noise(2, 0, 0, 50, 50, change);
            screen.settle();
        }
        frames.request(Long.MAX_VALUE);
        List<Frame> waited = frames.rest();
        assertThat(waited).hasSize(8);
        assertThat(waited).extracting(Frame::space, Frame::quality).doesNotHaveDuplicates();
    }

    @Test
    void framesThatWaitAreClosedWhenTheSubscriberCancels() {
        PixelScreen screen = desktopOn(PixelScreen.single("a", WIDTH, HEIGHT));
        FrameCollector frames = new FrameCollector(0);
        start(screen).frames(follow(screen, ALL)).subscribe(frames);
        screen.settle();
        assertThat(memory.chargedBytes()).isPositive();
        frames.cancel();
        assertThat(memory.chargedBytes()).isZero();
    }

    // Several spaces and sources

    @Test
    void aSpaceThatComesToTheFrontInTheMiddleOfAReadingLendsItsPixelsToNobody() {
        PixelScreen screen = PixelScreen.desktops("a", WIDTH, HEIGHT, 2);
        screen.show(1, Pixels.desktop(WIDTH, HEIGHT));
        screen.show(2, Pixels.noise(WIDTH, HEIGHT, 4));
        emit(schedule(target(screen, 1, ALL, AT_ONCE), target(screen, 2, ALL, AT_ONCE)));
        FrameCollector frames = collect(start(screen), schedules.asFlux());
        screen.settle();
        assertThat(frames.rest()).hasSize(4);

        screen.onceBeforeRead(() -> screen.bringToFront(2));
        screen.fillRect(1, 0, 0, 50, 50, 0xFF0000);
        screen.settle();
        List<Frame> after = frames.rest();
        assertThat(after).hasSize(4).extracting(Frame::space).containsOnly(screen.id(2));
        assertThat(ofQuality(after, Quality.FULL).toByteArray())
                .isEqualTo(FreshEngine.encode(screen.pixels(2), Quality.FULL, SETTINGS));

        screen.bringToFront(1);
        screen.settle();
        List<Frame> back = frames.rest();
        assertThat(back).hasSize(4).extracting(Frame::space).containsOnly(screen.id(1));
        assertThat(back).extracting(Frame::revision).containsOnly(2L);
        assertThat(ofQuality(back, Quality.FULL).toByteArray())
                .isEqualTo(FreshEngine.encode(screen.pixels(1), Quality.FULL, SETTINGS));
    }

    @Test
    void aHiddenSpaceIsStaleAndItsPictureStays() {
        PixelScreen screen = PixelScreen.desktops("a", WIDTH, HEIGHT, 3);
        emit(schedule(target(screen, 1, ALL, AT_ONCE), target(screen, 2, ALL, AT_ONCE)));
        DefaultCaptureEngine engine = start(screen);
        List<List<Space>> lists = watch(engine);
        FrameCollector frames = collect(engine, schedules.asFlux());
        screen.settle();
        frames.rest();
        screen.bringToFront(2);
        screen.noise(1, 0, 0, 9, 9, 1);
        screen.settle();
        assertThat(frames.rest()).extracting(Frame::space).containsOnly(screen.id(2));
        assertThat(newest(lists))
                .extracting(Space::state)
                .containsExactly(SpaceState.STALE, SpaceState.LIVE, SpaceState.STALE);
        assertThat(newest(lists)).extracting(Space::active).containsExactly(false, true, false);
    }

    @Test
    void aSourceThatIsLostTakesDownNoOtherAndComesBack() {
        PixelScreen lost = desktopOn(PixelScreen.single("lost", WIDTH, HEIGHT));
        PixelScreen other = desktopOn(PixelScreen.single("other", WIDTH, HEIGHT));
        DefaultCaptureEngine engine = start(lost, other);
        List<List<Space>> lists = watch(engine);
        emit(schedule(target(lost, 1, Set.of(Quality.FAST), AT_ONCE), target(other, 1, Set.of(Quality.FAST), AT_ONCE)));
        FrameCollector frames = collect(engine, schedules.asFlux());
        lost.settle();
        other.settle();
        assertThat(frames.rest()).hasSize(2);

        lost.lose("the plug was pulled");
        Eventually.until("one space is lost", () -> newest(lists).get(0).state() == SpaceState.LOST);
        assertThat(lost.isOpen()).isFalse();
        assertThat(newest(lists).get(1).state()).isEqualTo(SpaceState.LIVE);
        other.noise(1, 0, 0, 9, 9, 1);
        Frame fromOther = frames.next();
        assertThat(fromOther.space()).isEqualTo(other.id(1));

        lost.noise(1, 0, 0, 9, 9, 1);
        lost.comeBack();
        Frame back = frames.next();
        assertThat(back.space()).isEqualTo(lost.id(1));
        assertThat(back.revision()).isEqualTo(2);
        assertThat(newest(lists)).extracting(Space::state).containsOnly(SpaceState.LIVE);
    }

    @Test
    void aSourceThatIsLostInTheMiddleOfAReadingLosesNoChange() {
        PixelScreen screen = desktopOn(PixelScreen.single("a", WIDTH, HEIGHT));
        FrameCollector frames = collect(start(screen), follow(screen, Set.of(Quality.FULL)));
        frames.next();
        screen.onceBeforeRead(() -> screen.lose("the plug was pulled"));
        screen.noise(1, 0, 0, WIDTH, HEIGHT, 1);
        Eventually.until("the screen is let go of", () -> !screen.isOpen());
        screen.comeBack();
        Frame back = frames.next();
        assertThat(back.revision()).isEqualTo(2);
        assertThat(back.toByteArray()).isEqualTo(FreshEngine.encode(screen.pixels(1), Quality.FULL, SETTINGS));
    }

    @Test
    void aSourceThatComesBackUnchangedIsShownAgainUnderTheSameRevision() {
        PixelScreen screen = desktopOn(PixelScreen.single("a", WIDTH, HEIGHT));
        FrameCollector frames = collect(start(screen), follow(screen, Set.of(Quality.FULL)));
        Frame before = frames.next();
        screen.lose("the plug was pulled");
        Eventually.until("the screen is let go of", () -> !screen.isOpen());
        screen.comeBack();
        screen.settle();
        assertThat(screen.timesOpened()).isEqualTo(2);
        Frame after = frames.next();
        assertThat(after.revision()).isEqualTo(before.revision());
        assertThat(after.toByteArray()).isEqualTo(before.toByteArray());
        frames.assertNothingNew();
    }

    @Test
    void aSourceThatCannotBeOpenedIsLostAndTheOthersLive() {
        PixelScreen dead = PixelScreen.single("dead", WIDTH, HEIGHT);
        dead.lose("nobody answers");
        PixelScreen other = PixelScreen.single("other", WIDTH, HEIGHT);
        List<List<Space>> lists = watch(start(dead, other));
        Eventually.until("a list", () -> !lists.isEmpty());
        assertThat(newest(lists)).extracting(Space::state).containsExactly(SpaceState.LOST, SpaceState.LIVE);
    }

    @Test
    void anUnforeseenFailureOfASourceTakesDownNoOther() {
        PixelScreen failing = desktopOn(PixelScreen.single("failing", WIDTH, HEIGHT));
        PixelScreen other = desktopOn(PixelScreen.single("other", WIDTH, HEIGHT));
        DefaultCaptureEngine engine = start(failing, other);
        List<List<Space>> lists = watch(engine);
        emit(schedule(
                target(failing, 1, Set.of(Quality.FAST), AT_ONCE), target(other, 1, Set.of(Quality.FAST), AT_ONCE)));
        FrameCollector frames = collect(engine, schedules.asFlux());
        failing.settle();
        other.settle();
        frames.rest();

        failing.failOnce(new ArithmeticException("a bug in the source"));
        Eventually.until("it is opened again", () -> failing.timesOpened() == 2);
        failing.settle();
        assertThat(lists)
                .anySatisfy(list ->
                        assertThat(list).extracting(Space::state).containsExactly(SpaceState.LOST, SpaceState.LIVE));
        assertThat(frames.rest())
                .as("it is shown again")
                .extracting(Frame::space)
                .containsExactly(failing.id(1));
        other.noise(1, 0, 0, 9, 9, 1);
        other.settle();
        failing.noise(1, 0, 0, 9, 9, 1);
        failing.settle();
        assertThat(frames.rest()).extracting(Frame::space).containsExactly(other.id(1), failing.id(1));
    }

    @Test
    void aSourceThatIsGoneIsNotTheActiveOneWhileAnotherCanBeRead() {
        PixelScreen first = PixelScreen.single("first", WIDTH, HEIGHT);
        PixelScreen second = PixelScreen.single("second", WIDTH, HEIGHT);
        List<List<Space>> lists = new CopyOnWriteArrayList<>();
        start(first, second).spaces().subscribe(lists::add);
        Eventually.until("both are known", () -> !lists.isEmpty());
        first.lose("the cable is out");
        Eventually.until("the second is active", () -> actives(lists).equals(List.of(false, true)));
        first.comeBack();
        Eventually.until("the first is active", () -> actives(lists).equals(List.of(true, false)));
    }

    private static List<Boolean> actives(List<List<Space>> lists) {
        return lists.get(lists.size() - 1).stream().map(Space::active).toList();
    }

    @Test
    void indexesCountOverAllSources() {
        PixelScreen three = PixelScreen.desktops("three", WIDTH, HEIGHT, 3);
        PixelScreen one = PixelScreen.single("one", WIDTH, HEIGHT);
        StepVerifier.create(start(three, one).spaces().take(1))
                .assertNext(spaces -> {
                    assertThat(spaces).extracting(Space::index).containsExactly(1, 2, 3, 4);
                    assertThat(spaces)
                            .extracting(Space::id)
                            .containsExactly(three.id(1), three.id(2), three.id(3), one.id(1));
                    assertThat(spaces).extracting(Space::active).containsExactly(true, false, false, false);
                })
                .expectComplete()
                .verify(Duration.ofSeconds(15));
    }

    @Test
    void theActiveSpaceMovesToTheSourceThatChangedWhenTheOtherHasBeenQuietForTwoSeconds() {
        PixelScreen first = PixelScreen.single("first", WIDTH, HEIGHT);
        PixelScreen second = PixelScreen.single("second", WIDTH, HEIGHT);
        DefaultCaptureEngine engine = start(first, second);
        List<List<Space>> lists = watch(engine);
        emit(schedule(
                target(first, 1, Set.of(Quality.FAST), AT_ONCE), target(second, 1, Set.of(Quality.FAST), AT_ONCE)));
        collect(engine, schedules.asFlux());
        first.settle();
        second.settle();

        pass(Duration.ofMillis(1500), first, second);
        first.noise(1, 0, 0, 9, 9, 1);
        first.settle();
        pass(Duration.ofMillis(1999), first, second);
        second.noise(1, 0, 0, 9, 9, 1);
        second.settle();
        assertThat(newest(lists)).extracting(Space::active).containsExactly(true, false);

        pass(Duration.ofMillis(1), first, second);
        second.noise(1, 0, 0, 9, 9, 2);
        second.settle();
        assertThat(newest(lists)).extracting(Space::active).containsExactly(false, true);

        first.noise(1, 0, 0, 9, 9, 2);
        first.settle();
        assertThat(newest(lists)).extracting(Space::active).containsExactly(false, true);
    }

    @Test
    void theActiveSpaceMovesToASourceThatIsNotCaptured() {
        PixelScreen first = PixelScreen.single("first", WIDTH, HEIGHT);
        PixelScreen second = PixelScreen.single("second", WIDTH, HEIGHT);
        DefaultCaptureEngine engine = start(first, second);
        List<List<Space>> lists = watch(engine);
        collect(engine, follow(first, Set.of(Quality.FAST)));
        first.settle();
        second.settle();
        second.noise(1, 0, 0, 9, 9, 1);
        second.settle();
        assertThat(newest(lists)).extracting(Space::active).containsExactly(true, false);

        pass(Duration.ofSeconds(3), first, second);
        second.noise(1, 0, 0, 9, 9, 2);
        second.settle();
        assertThat(newest(lists)).extracting(Space::active).containsExactly(false, true);
        assertThat(second.rowsRead()).isZero();
    }

    @Test
    void aLateSubscriberOfTheSpacesGetsTheNewestListAtOnce() {
        PixelScreen screen = PixelScreen.desktops("a", WIDTH, HEIGHT, 2);
        DefaultCaptureEngine engine = start(screen);
        screen.settle();
        screen.bringToFront(2);
        screen.settle();
        StepVerifier.create(engine.spaces().take(1))
                .assertNext(
                        spaces -> assertThat(spaces).extracting(Space::active).containsExactly(false, true))
                .expectComplete()
                .verify(Duration.ofSeconds(15));
    }

    @Test
    void theListIsToldOnlyWhenItDiffers() {
        PixelScreen screen = desktopOn(PixelScreen.single("a", WIDTH, HEIGHT));
        DefaultCaptureEngine engine = start(screen);
        List<List<Space>> lists = watch(engine);
        collect(engine, follow(screen, ALL));
        for (int change = 0; change < 5; change++) {
            screen.noise(1, 0, 0, 9, 9, change);
            screen.settle();
        }
        assertThat(lists).hasSize(1);
    }

    // The end

    @Test
    void closeEndsTheThreadsClosesTheSourcesAndCompletesWhatIsWatched() {
        PixelScreen screen = desktopOn(PixelScreen.single("closing", WIDTH, HEIGHT));
        DefaultCaptureEngine engine = start(screen);
        AtomicReference<String> spacesEnded = new AtomicReference<>("");
        engine.spaces().subscribe(list -> {}, error -> {}, () -> spacesEnded.set("complete"));
        FrameCollector frames = collect(engine, follow(screen, ALL));
        screen.settle();

        engine.close();
        engine.close();
        assertThat(screen.isClosed()).isTrue();
        assertThat(frames.isComplete()).isTrue();
        assertThat(spacesEnded).hasValue("complete");
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("oriel-capture-closing");

        FrameCollector late = collect(engine, Flux.just(CaptureSchedule.NOTHING));
        assertThat(late.isComplete()).isTrue();
    }

    @Test
    void closeDoesNotWaitForALostSource() {
        PixelScreen screen = PixelScreen.single("a", WIDTH, HEIGHT);
        screen.lose("nobody answers");
        DefaultCaptureEngine engine = start(screen);
        engine.spaces().blockFirst(Duration.ofSeconds(15));
        long before = System.nanoTime();
        engine.close();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofMillis(400));
        assertThat(screen.isClosed()).isTrue();
    }

    @Test
    void anEngineNeedsASource() {
        assertThatIllegalArgumentException().isThrownBy(() -> start()).withMessageContaining("at least one source");
    }

    @Test
    void theStandInEncoderMakesFramesToo() {
        Pixels pixels = Pixels.desktop(WIDTH, HEIGHT);
        FreshEngine.encode(pixels, ALL, SETTINGS, 0, StripeEncoders.ofJdk()).forEach((quality, jpeg) -> {
            Pixels turbo = Jpegs.decode(FreshEngine.encode(pixels, quality, SETTINGS));
            Pixels standIn = Jpegs.decode(jpeg);
            assertThat(standIn.width()).isEqualTo(turbo.width());
            assertThat(standIn.height()).isEqualTo(turbo.height());
            assertThat(standIn.meanDifference(turbo)).as("%s", quality).isLessThan(1.5);
        });
    }

    private DefaultCaptureEngine start(PixelScreen... screens) {
        DefaultCaptureEngine engine = new DefaultCaptureEngine(
                List.of(screens), memory, SETTINGS, StripeEncoders.detect(), Clock.fixed(NOON, ZoneOffset.UTC), time);
        engines.add(engine);
        return engine;
    }

    private Flux<CaptureSchedule> follow(PixelScreen screen, Set<Quality> qualities) {
        return follow(screen, qualities, AT_ONCE);
    }

    private Flux<CaptureSchedule> follow(PixelScreen screen, Set<Quality> qualities, Duration interval) {
        emit(schedule(target(screen, 1, qualities, interval)));
        return schedules.asFlux();
    }

    private void emit(CaptureSchedule schedule) {
        schedules.emitNext(schedule, Sinks.EmitFailureHandler.FAIL_FAST);
    }

    private FrameCollector collect(CaptureEngine engine, Flux<CaptureSchedule> plan) {
        return collect(engine.frames(plan));
    }

    private FrameCollector collect(Flux<Frame> frames) {
        FrameCollector collector = FrameCollector.unbounded();
        collectors.add(collector);
        frames.subscribe(collector);
        return collector;
    }

    private void pass(Duration duration, PixelScreen... screens) {
        time.pass(duration);
        for (PixelScreen screen : screens) {
            screen.wake();
            screen.settle();
        }
    }

    private static PixelScreen desktopOn(PixelScreen screen) {
        screen.show(1, Pixels.desktop(WIDTH, HEIGHT));
        return screen;
    }

    private static List<Space> spacesOf(CaptureEngine engine) {
        return Objects.requireNonNull(engine.spaces().blockFirst());
    }

    private static CaptureSchedule schedule(CaptureTarget... targets) {
        return new CaptureSchedule(List.of(targets), 0);
    }

    private static CaptureTarget target(PixelScreen screen, int space, Set<Quality> qualities, Duration interval) {
        return new CaptureTarget(screen.id(space), qualities, interval);
    }

    private static List<List<Space>> watch(CaptureEngine engine) {
        List<List<Space>> lists = new CopyOnWriteArrayList<>();
        engine.spaces().subscribe(lists::add);
        return lists;
    }

    private static List<Space> newest(List<List<Space>> lists) {
        return lists.get(lists.size() - 1);
    }

    private static Frame ofQuality(List<Frame> frames, Quality quality) {
        return frames.stream()
                .filter(frame -> frame.quality() == quality)
                .findFirst()
                .orElseThrow();
    }
}
