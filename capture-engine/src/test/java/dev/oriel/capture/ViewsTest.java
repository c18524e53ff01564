package dev.oriel.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.oriel.capture.jpeg.StripeEncoders;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

/** Pictures made to measure. */
class ViewsTest {

    private static final int WIDTH = 200;
    private static final int HEIGHT = 162;
    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
    private static final CaptureSettings SETTINGS = CaptureSettings.defaults();
    private static final Duration LONGEST = Duration.ofSeconds(15);
    private static final LongPredicate NOTHING = revision -> false;
    private static final PictureView WHOLE = new PictureView(Optional.empty(), 1, Optional.empty());

    private final List<DefaultCaptureEngine> engines = new ArrayList<>();
    private final List<FrameCollector> collectors = new ArrayList<>();
    private final FakeNanoTime time = new FakeNanoTime();
    private HeapFrameMemory memory = new HeapFrameMemory(1 << 26);

    @AfterEach
    void everyByteIsGivenBack() {
        engines.forEach(CaptureEngine::close);
        collectors.forEach(FrameCollector::letGoOfAll);
        Eventually.until("every byte is given back", () -> memory.chargedBytes() == 0);
    }

    // What it shows

    @ParameterizedTest
    @CsvSource({
        "0, 0, 200, 162, 1",
        "0, 0, 1, 1, 1",
        "199, 161, 1, 1, 1",
        "3, 17, 100, 31, 1",
        "0, 15, 200, 2, 1",
        "50, 160, 33, 2, 1",
        "120, 0, 80, 162, 1",
        "0, 0, 1, 1, 8",
        "7, 5, 21, 40, 2",
        "190, 150, 10, 12, 5",
        "0, 0, 200, 162, 3"
    })
    void aCropIsExactlyWhatCjpegMakesOfItsPixels(int x, int y, int width, int height, int zoom) {
        PixelScreen screen = noiseOn(PixelScreen.single("a", WIDTH, HEIGHT));
        Area crop = new Area(x, y, width, height);
        PictureView view = new PictureView(Optional.of(crop), zoom, Optional.empty());
        DefaultCaptureEngine engine = start(screen);

        for (Quality quality : Quality.values()) {
            try (PictureAnswer answer = ask(engine, request(screen, 1, view, quality))) {
                Pixels expected = enlarged(screen.pixels(1), crop, zoom);
                Rendition usual = Rendition.of(quality, WIDTH, HEIGHT, SETTINGS, 0);
                assertThat(frame(answer).toByteArray())
                        .as("%s", quality)
                        .isEqualTo(Jpegs.cjpeg(expected, usual.jpegPercent(), quality == Quality.FULL ? "1x1" : "2x2"));
                assertThat(answer.info())
                        .isEqualTo(frame(answer).info())
                        .isEqualTo(new FrameInfo(
                                screen.id(1),
                                1,
                                NOON,
                                width * zoom,
                                height * zoom,
                                quality,
                                usual.jpegPercent(),
                                quality == Quality.FULL ? 8 : 16));
                assertThat(List.of(answer.originX(), answer.originY(), answer.scale()))
                        .containsExactly((double) x, (double) y, (double) zoom);
            }
        }
    }

    private static Pixels enlarged(Pixels pixels, Area crop, int zoom) {
        int width = crop.width() * zoom;
        int height = crop.height() * zoom;
        int[] colors = new int[width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                colors[y * width + x] = pixels.colors()[(crop.y() + y / zoom) * pixels.width() + crop.x() + x / zoom];
            }
        }
        return new Pixels(width, height, colors);
    }

    @ParameterizedTest
    @CsvSource({"200, 162, 1, 64, 64", "150, 100, 4, 222, 999", "33, 150, 1, 20, 20", "200, 160, 1, 100, 100"})
    void aFitIsTheMeanOfWhatFallsOnEachPixel(int width, int height, int zoom, int boxWidth, int boxHeight) {
        PixelScreen screen = noiseOn(PixelScreen.single("a", WIDTH, HEIGHT));
        Area crop = new Area(WIDTH - width, HEIGHT - height, width, height);
        PictureView view = new PictureView(Optional.of(crop), zoom, Optional.of(Fit.box(boxWidth, boxHeight)));

        try (PictureAnswer answer = ask(start(screen), request(screen, 1, view, Quality.FULL))) {
            Pixels seen = Jpegs.decode(frame(answer).toByteArray());
            assertThat(seen.width() == boxWidth || seen.height() == boxHeight).isTrue();
            Pixels exact = squares(enlarged(screen.pixels(1), crop, 1), answer.scale(), seen.width(), seen.height());
            Pixels expected = Jpegs.decode(Jpegs.cjpeg(exact, 95, "1x1"));
            assertThat(seen.meanDifference(expected)).isLessThan(0.5);
            assertThat(seen.greatestDifference(expected)).isLessThan(20);
        }
    }

    private static Pixels squares(Pixels crop, double scale, int width, int height) {
        int[] colors = new int[width * height];
        for (int index = 0; index < colors.length; index++) {
            for (int shift = 0; shift <= 16; shift += 8) {
                double mean =
                        AreaAverage.ofSquare(crop, index % width / scale, index / width / scale, 1 / scale, shift);
                colors[index] |= (int) Math.round(mean) << shift;
            }
        }
        return new Pixels(width, height, colors);
    }

    @Test
    void theReductionLowersThePercent() {
        PixelScreen screen = noiseOn(PixelScreen.single("a", WIDTH, HEIGHT));
        PictureRequest request = new PictureRequest(screen.id(1), WHOLE, Quality.OPTIMIZED, Quality.FULL, 25);
        try (PictureAnswer answer = ask(start(screen), request)) {
            assertThat(answer.info().jpegPercent()).isEqualTo(60);
        }
    }

    // Revisions, and what others see

    @Test
    void onlyTheRowsOfTheCropAndThoseThatChangedAreRead() {
        PixelScreen screen = noiseOn(PixelScreen.single("a", WIDTH, HEIGHT));
        DefaultCaptureEngine engine = start(screen);
        PictureView view = crop(20, 40, 50, 20);
        ask(engine, request(screen, 1, view, Quality.FULL)).close();

        long before = screen.rowsRead();
        ask(engine, request(screen, 1, view, Quality.FULL)).close();
        assertThat(screen.rowsRead() - before).isEqualTo(32);

        screen.fillRect(1, 0, 100, 3, 3, 0x123456);
        before = screen.rowsRead();
        try (PictureAnswer answer = ask(engine, request(screen, 1, view, Quality.FULL))) {
            assertThat(screen.rowsRead() - before).isEqualTo(16 + 32);
            assertThat(answer.info().revision()).isEqualTo(2);
        }
    }

    @Test
    void aPictureThatIsKnownIsNotMadeAgain() {
        PixelScreen screen = noiseOn(PixelScreen.single("a", WIDTH, HEIGHT));
        DefaultCaptureEngine engine = start(screen);
        PictureRequest request = request(screen, 1, crop(20, 40, 50, 20), Quality.FULL);
        ask(engine, request).close();
        CaptureStats before = engine.stats();

        PictureAnswer same = ask(engine, request, revision -> revision == 1);
        assertThat(same.frame()).isEmpty();
        assertThat(same.info().revision()).isEqualTo(1);
        assertThat(same.info().width()).isEqualTo(50);
        assertThat(engine.stats().stripesEncoded()).isEqualTo(before.stripesEncoded());
        assertThat(engine.stats().pixelsRead()).isEqualTo(before.pixelsRead());

        screen.fillRect(1, 0, 0, 1, 1, 0xFFFFFF);
        try (PictureAnswer changed = ask(engine, request, revision -> revision == 1)) {
            assertThat(frame(changed).revision()).isEqualTo(2);
        }
    }

    @Test
    void whoFollowsAScheduleGetsTheChangeThatAViewSaw() {
        PixelScreen screen = noiseOn(PixelScreen.single("a", WIDTH, HEIGHT));
        DefaultCaptureEngine engine = start(screen);
        FrameCollector frames = follow(engine, screen, Duration.ofHours(1));
        assertThat(frames.next().revision()).isEqualTo(1);

        screen.noise(1, 0, 0, 30, 30, 9);
        try (PictureAnswer answer = ask(engine, request(screen, 1, crop(0, 100, 10, 10), Quality.FULL))) {
            assertThat(answer.info().revision()).isEqualTo(2);
        }
        screen.settle();
        frames.assertNothingNew();

        time.pass(Duration.ofHours(2));
        screen.wake();
        Frame frame = frames.next();
        assertThat(frame.revision()).isEqualTo(2);
        assertThat(frame.toByteArray()).isEqualTo(FreshEngine.encode(screen.pixels(1), Quality.FULL, SETTINGS));
        screen.settle();
        frames.assertNothingNew();
    }

    @Test
    void aChangeThatNobodyToldIsAChange() {
        PixelScreen screen = noiseOn(PixelScreen.single("a", WIDTH, HEIGHT));
        DefaultCaptureEngine engine = start(screen);
        FrameCollector frames = follow(engine, screen, Duration.ZERO);
        frames.next();
        PictureRequest request = request(screen, 1, crop(0, 0, 100, 40), Quality.FULL);
        ask(engine, request).close();
        screen.settle();

        screen.onceBeforeRead(() -> screen.fillRect(1, 0, 0, 100, 100, 0x00FF00));
        try (PictureAnswer answer = ask(engine, request)) {
            assertThat(answer.info().revision()).isEqualTo(2);
            assertThat(Jpegs.decode(frame(answer).toByteArray()).greatestDifference(Pixels.flat(100, 40, 0x00FF00)))
                    .isLessThan(5);
        }
        Frame last = frames.next();
        screen.settle();
        List<Frame> rest = frames.rest();
        Frame newest = rest.isEmpty() ? last : rest.get(rest.size() - 1);
        assertThat(newest.revision()).isGreaterThanOrEqualTo(2);
        assertThat(newest.toByteArray()).isEqualTo(FreshEngine.encode(screen.pixels(1), Quality.FULL, SETTINGS));
    }

    @Test
    void whatMayBelongToAnotherSpaceIsReadAgain() {
        PixelScreen screen = noiseOn(PixelScreen.desktops("a", WIDTH, HEIGHT, 2));
        DefaultCaptureEngine engine = start(screen);
        ask(engine, request(screen, 1, WHOLE, Quality.FULL)).close();

        screen.onceBeforeConfirm(() -> screen.bringToFront(1));
        try (PictureAnswer answer = ask(engine, request(screen, 1, WHOLE, Quality.FULL))) {
            assertThat(frame(answer).toByteArray())
                    .isEqualTo(FreshEngine.encode(screen.pixels(1), Quality.FULL, SETTINGS));
            assertThat(answer.info().revision()).isEqualTo(1);
        }

        screen.onceBeforeConfirm(() -> screen.bringToFront(2));
        assertThat(askFor(engine, request(screen, 1, WHOLE, Quality.FULL), NOTHING))
                .isNull();
    }

    // Where there is none

    @Test
    void aSpaceThatCannotBeReadGivesNone() {
        PixelScreen screen = noiseOn(PixelScreen.desktops("a", WIDTH, HEIGHT, 2));
        DefaultCaptureEngine engine = start(screen);
        assertThat(askFor(engine, request(screen, 2, WHOLE, Quality.FULL), NOTHING))
                .isNull();
        assertThat(askFor(engine, request(screen, 7, WHOLE, Quality.FULL), NOTHING))
                .isNull();

        screen.lose("it is out");
        assertThat(askFor(engine, request(screen, 1, WHOLE, Quality.FULL), NOTHING))
                .isNull();
        engine.close();
        assertThat(askFor(engine, request(screen, 1, WHOLE, Quality.FULL), NOTHING))
                .isNull();
    }

    @Test
    void aSourceThatFailsWhileItIsReadGivesNoneAndComesBack() {
        PixelScreen screen = noiseOn(PixelScreen.single("a", WIDTH, HEIGHT));
        DefaultCaptureEngine engine = start(screen);
        ask(engine, request(screen, 1, WHOLE, Quality.FULL)).close();
        screen.onceBeforeRead(() -> screen.lose("it went away"));
        assertThat(askFor(engine, request(screen, 1, WHOLE, Quality.FULL), NOTHING))
                .isNull();

        screen.comeBack();
        Eventually.until("it is open again", () -> screen.timesOpened() == 2);
        ask(engine, request(screen, 1, WHOLE, Quality.FULL)).close();
    }

    @Test
    void aCropThatIsNotInsideIsAnError() {
        PixelScreen screen = noiseOn(PixelScreen.single("a", WIDTH, HEIGHT));
        DefaultCaptureEngine engine = start(screen);
        assertThatExceptionOfType(CropOutsideException.class)
                .isThrownBy(() -> ask(engine, request(screen, 1, crop(0, 0, WIDTH + 1, 1), Quality.FULL)))
                .withMessageContaining("200x162");
        ask(engine, request(screen, 1, WHOLE, Quality.FULL)).close();
    }

    @Test
    void noMoreThanSixteenWait() {
        PixelScreen screen = noiseOn(PixelScreen.single("a", WIDTH, HEIGHT));
        DefaultCaptureEngine engine = start(screen);
        screen.settle();
        screen.hold();
        List<CompletableFuture<PictureAnswer>> waiting = new ArrayList<>();
        try {
            for (int number = 0; number < ViewDesk.MOST_WAITING; number++) {
                waiting.add(picture(engine, request(screen, 1, WHOLE, Quality.FULL), NOTHING)
                        .toFuture());
            }
            assertThatExceptionOfType(PictureRefusedException.class)
                    .isThrownBy(() -> ask(engine, request(screen, 1, WHOLE, Quality.FULL)))
                    .withMessageContaining("16");
            waiting.get(0).cancel(true);
            waiting.set(
                    0,
                    picture(engine, request(screen, 1, WHOLE, Quality.FULL), NOTHING)
                            .toFuture());
        } finally {
            screen.goOn();
        }
        for (CompletableFuture<PictureAnswer> answer : waiting) {
            answer.orTimeout(15, TimeUnit.SECONDS).join().close();
        }
    }

    @Test
    void aMemoryWithoutRoomRefusesAndLosesNothing() {
        memory = new HeapFrameMemory(20_000);
        PixelScreen screen = noiseOn(PixelScreen.single("a", WIDTH, HEIGHT));
        DefaultCaptureEngine engine = start(screen);
        assertThatExceptionOfType(PictureRefusedException.class)
                .isThrownBy(() -> ask(engine, request(screen, 1, WHOLE, Quality.FULL)))
                .withMessageContaining("room");
        assertThat(memory.chargedBytes()).isZero();
        assertThat(engine.stats().refusals()).isEqualTo(1);

        try (PictureAnswer small = ask(engine, request(screen, 1, crop(0, 0, 16, 16), Quality.FULL))) {
            assertThat(small.info().revision()).isEqualTo(1);
        }
    }

    /* A subscriber that leaves in the very moment in which its picture comes is handed it all the same, and drops it: where to
     * is for the subscriber to say. */
    private static final Context LETS_GO =
            Context.of("reactor.onNextDropped.local", (Consumer<Object>) dropped -> ((PictureAnswer) dropped).close());

    @Test
    void whoGivesUpLeavesNothingBehind() {
        PixelScreen screen = noiseOn(PixelScreen.single("a", WIDTH, HEIGHT));
        DefaultCaptureEngine engine = start(screen);
        screen.settle();
        for (int round = 0; round < 50; round++) {
            Disposable waits = picture(engine, request(screen, 1, WHOLE, Quality.FULL), NOTHING)
                    .subscribe(PictureAnswer::close, null, null, LETS_GO);
            long reads = screen.rowsRead() + round * 6L;
            while (screen.rowsRead() < reads && !waits.isDisposed()) {
                Thread.onSpinWait();
            }
            waits.dispose();
        }
        screen.hold();
        Mono<PictureAnswer> inTime =
                engine.picture(request(screen, 1, WHOLE, Quality.FULL), NOTHING, Duration.ofMillis(20));
        assertThat(inTime.block(LONGEST)).isNull();
        screen.goOn();
        screen.settle();
        Eventually.until("every byte is given back", () -> memory.chargedBytes() == 0);
    }

    // Of pictures taken before

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void aViewOfAHeldPictureIsNearlyThatOfTheScreen(boolean turbo) {
        PixelScreen screen = PixelScreen.single("a", WIDTH, HEIGHT);
        screen.show(1, Pixels.desktop(WIDTH, HEIGHT));
        DefaultCaptureEngine engine = start(turbo ? StripeEncoders.detect() : StripeEncoders.ofJdk(), screen);
        for (PictureView view : List.of(
                crop(3, 17, 100, 70),
                crop(199, 161, 1, 1),
                new PictureView(Optional.of(new Area(60, 0, 140, 162)), 3, Optional.of(Fit.box(333, 333))),
                WHOLE)) {
            for (Quality held : List.of(Quality.FULL, Quality.OPTIMIZED)) {
                PictureRequest request = request(screen, 1, view, Quality.FULL);
                try (PictureAnswer whole = ask(engine, request(screen, 1, WHOLE, held));
                        PictureAnswer fresh = ask(engine, request);
                        PictureAnswer answer = ofHeld(engine, whole, space(screen), request, NOTHING)) {
                    Pixels seen = Jpegs.decode(frame(answer).toByteArray());
                    Pixels expected = Jpegs.decode(frame(fresh).toByteArray());
                    assertThat(seen.meanDifference(expected))
                            .as("%s of %s", view, held)
                            .isLessThan(held == Quality.FULL ? 3 : 12);
                    assertThat(answer.info()).isEqualTo(fresh.info());
                    assertThat(answer.scale()).isEqualTo(fresh.scale());
                    assertThat(answer.originX()).isEqualTo(fresh.originX());
                }
            }
        }
    }

    @Test
    void aViewOfASmallerPictureSaysItsScale() {
        PixelScreen screen = PixelScreen.single("a", WIDTH, HEIGHT);
        screen.fillRect(1, 0, 0, 100, HEIGHT, 0x3060C0);
        screen.fillRect(1, 100, 0, 100, HEIGHT, 0xC06030);
        DefaultCaptureEngine engine = start(screen);
        FrameCollector frames = collect(engine, screen, Quality.FAST, Duration.ZERO);
        Frame fast = frames.next();

        PictureRequest request = request(screen, 1, crop(90, 31, 20, 20), Quality.FULL);
        PictureAnswer answer =
                engine.pictureOf(fast, space(screen), request, NOTHING, LONGEST).block(LONGEST);
        try (answer) {
            assertThat(answer.scale()).isEqualTo(0.5);
            assertThat(answer.originX()).isEqualTo(90);
            assertThat(answer.originY()).isEqualTo(30);
            assertThat(answer.info().width()).isEqualTo(10);
            assertThat(answer.info().height()).isEqualTo(11);
            Pixels seen = Jpegs.decode(frame(answer).toByteArray());
            assertThat(seen.channel(0, 5, 0)).isBetween(0xB0, 0xD0);
            assertThat(seen.channel(9, 5, 0)).isBetween(0x20, 0x40);
        }
    }

    @Test
    void aHeldPictureThatIsKnownOrGoneOrOutsideIsToldApart() {
        PixelScreen screen = noiseOn(PixelScreen.single("a", WIDTH, HEIGHT));
        DefaultCaptureEngine engine = start(screen);
        PictureRequest request = request(screen, 1, crop(0, 0, 10, 10), Quality.FULL);
        PictureAnswer whole = ask(engine, request(screen, 1, WHOLE, Quality.FULL));
        long encoded = engine.stats().stripesEncoded();

        PictureAnswer known = ofHeld(engine, whole, space(screen), request, revision -> revision == 1);
        assertThat(known.frame()).isEmpty();
        assertThat(known.info().width()).isEqualTo(10);
        assertThat(engine.stats().stripesEncoded()).isEqualTo(encoded);
        assertThatExceptionOfType(CropOutsideException.class)
                .isThrownBy(() -> ofHeld(
                        engine,
                        whole,
                        space(screen),
                        request(screen, 1, crop(0, 0, 10, HEIGHT + 1), Quality.FULL),
                        NOTHING));
        whole.close();
        assertThat(engine.pictureOf(frame(whole), space(screen), request, NOTHING, LONGEST)
                        .block(LONGEST))
                .isNull();
    }

    @Test
    void aHeldPictureIsHeldUntilTheViewIsMade() {
        PixelScreen screen = noiseOn(PixelScreen.single("a", 1920, 1080));
        DefaultCaptureEngine engine = start(screen);
        PictureRequest request = request(screen, 1, WHOLE, Quality.FULL);
        for (int round = 0; round < 10; round++) {
            PictureAnswer whole = ask(engine, request);
            Disposable waits = engine.pictureOf(frame(whole), space(screen), request, NOTHING, LONGEST)
                    .subscribe(PictureAnswer::close);
            long encoded = engine.stats().stripesEncoded() + round * 12L;
            while (engine.stats().stripesEncoded() < encoded && !waits.isDisposed()) {
                Thread.onSpinWait();
            }
            waits.dispose();
            whole.close();
        }
    }

    // Helpers

    @Test
    void aSourceRestsAWhileAfterAView() {
        PixelScreen screen = noiseOn(PixelScreen.single("a", WIDTH, HEIGHT));
        DefaultCaptureEngine engine = start(screen);
        screen.settle();
        assertThat(screen.timesRested()).isEqualTo(1);
        PictureRequest request = request(screen, 1, crop(3, 17, 100, 31), Quality.FULL);

        byte[] first = viewOf(engine, request);
        screen.settle();
        assertThat(screen.timesRested()).isEqualTo(1);
        time.pass(SourceLoop.KEPT_AFTER_VIEW);
        screen.wake();
        screen.settle();
        assertThat(screen.timesRested()).isEqualTo(2);

        assertThat(viewOf(engine, request)).isEqualTo(first);
    }

    private static byte[] viewOf(CaptureEngine engine, PictureRequest request) {
        try (PictureAnswer answer = ask(engine, request)) {
            return frame(answer).toByteArray();
        }
    }

    private DefaultCaptureEngine start(PixelScreen... screens) {
        return start(StripeEncoders.detect(), screens);
    }

    private DefaultCaptureEngine start(StripeEncoders encoders, PixelScreen... screens) {
        DefaultCaptureEngine engine = new DefaultCaptureEngine(
                List.of(screens), memory, SETTINGS, encoders, Clock.fixed(NOON, ZoneOffset.UTC), time);
        engines.add(engine);
        engine.spaces().blockFirst(LONGEST);
        return engine;
    }

    private FrameCollector follow(CaptureEngine engine, PixelScreen screen, Duration interval) {
        return collect(engine, screen, Quality.FULL, interval);
    }

    private FrameCollector collect(CaptureEngine engine, PixelScreen screen, Quality quality, Duration interval) {
        FrameCollector collector = FrameCollector.unbounded();
        collectors.add(collector);
        CaptureTarget target = new CaptureTarget(screen.id(1), Set.of(quality), interval);
        engine.frames(Flux.just(new CaptureSchedule(List.of(target), 0))).subscribe(collector);
        return collector;
    }

    private static PixelScreen noiseOn(PixelScreen screen) {
        Space space = screen.spaces().get(0);
        screen.noise(1, 0, 0, space.width(), space.height(), 4);
        return screen;
    }

    private static Space space(PixelScreen screen) {
        return screen.spaces().get(0);
    }

    private static PictureView crop(int x, int y, int width, int height) {
        return new PictureView(Optional.of(new Area(x, y, width, height)), 1, Optional.empty());
    }

    private static PictureRequest request(PixelScreen screen, int space, PictureView view, Quality quality) {
        return new PictureRequest(screen.id(space), view, quality, Quality.FULL, 0);
    }

    private static Mono<PictureAnswer> picture(CaptureEngine engine, PictureRequest request, LongPredicate known) {
        return engine.picture(request, known, LONGEST);
    }

    private static @Nullable PictureAnswer askFor(CaptureEngine engine, PictureRequest request, LongPredicate known) {
        return picture(engine, request, known).block(LONGEST);
    }

    private static PictureAnswer ask(CaptureEngine engine, PictureRequest request) {
        return ask(engine, request, NOTHING);
    }

    private static PictureAnswer ask(CaptureEngine engine, PictureRequest request, LongPredicate known) {
        return picture(engine, request, known).blockOptional(LONGEST).orElseThrow();
    }

    private static PictureAnswer ofHeld(
            CaptureEngine engine, PictureAnswer whole, Space space, PictureRequest request, LongPredicate known) {
        return engine.pictureOf(frame(whole), space, request, known, LONGEST)
                .blockOptional(LONGEST)
                .orElseThrow();
    }

    private static Frame frame(PictureAnswer answer) {
        return answer.frame().orElseThrow();
    }
}
