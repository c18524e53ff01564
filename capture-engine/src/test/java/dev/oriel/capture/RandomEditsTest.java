package dev.oriel.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.capture.jpeg.StripeEncoders;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/** Thousands of edits by chance, captured while they go on: what is shown in the end is what is there. */
class RandomEditsTest {

    private static final CaptureSettings SETTINGS = new CaptureSettings(85, 90, 70);
    private static final StripeEncoders ENCODERS = StripeEncoders.detect();
    private static final int BURSTS = 60;
    private static final int MOST_EDITS = 50;

    private final HeapFrameMemory memory = new HeapFrameMemory(1 << 26);
    private final Sinks.Many<CaptureSchedule> schedules = Sinks.many().replay().latest();
    private final Map<Quality, Frame> newest = new EnumMap<>(Quality.class);
    private final FrameCollector frames = FrameCollector.unbounded();

    @ParameterizedTest
    @CsvSource({"1, 131, 117", "2, 320, 240", "3, 67, 400"})
    void afterEachBurstTheNewestFramesAreTheScreen(long seed, int width, int height) {
        Random random = new Random(seed);
        PixelScreen screen = PixelScreen.single("edited", width, height);
        screen.show(1, Pixels.desktop(width, height));
        try (CaptureEngine engine = new DefaultCaptureEngine(
                List.of(screen), memory, SETTINGS, ENCODERS, Clock.systemUTC(), System::nanoTime)) {
            engine.frames(schedules.asFlux()).subscribe(frames);
            Pixels before = screen.pixels(1);
            long revision = 0;
            for (int burst = 0; burst < BURSTS; burst++) {
                Set<Quality> wanted = burst % 3 == 0 ? someQualities(random) : EnumSet.allOf(Quality.class);
                int reduction = burst / 20 * 10;
                schedules.emitNext(
                        new CaptureSchedule(List.of(new CaptureTarget(screen.id(1), wanted, Duration.ZERO)), reduction),
                        Sinks.EmitFailureHandler.FAIL_FAST);
                screen.settle();
                boolean drawsTheSame = burst % 5 == 4;
                int edits = 1 + random.nextInt(MOST_EDITS);
                for (int edit = 0; edit < edits; edit++) {
                    edit(screen, random, before, drawsTheSame);
                }
                screen.settle();
                keepNewest();

                Pixels now = screen.pixels(1);
                boolean changed = !Arrays.equals(now.colors(), before.colors());
                long newRevision = newest.values().stream()
                        .mapToLong(Frame::revision)
                        .max()
                        .orElseThrow();
                if (changed) {
                    assertThat(newRevision).isBetween(revision + 1, revision + edits + 1);
                } else if (drawsTheSame) {
                    assertThat(newRevision).isEqualTo(revision);
                }
                Map<Quality, byte[]> fresh = FreshEngine.encode(now, wanted, SETTINGS, reduction, ENCODERS);
                for (Quality quality : wanted) {
                    Frame shown = newest.get(quality);
                    assertThat(shown.revision()).isEqualTo(newRevision);
                    assertThat(shown.toByteArray())
                            .as("%s after burst %d", quality, burst)
                            .isEqualTo(fresh.get(quality));
                }
                if (random.nextInt(6) == 0) {
                    giveUp(Quality.values()[random.nextInt(4)]);
                }
                before = now;
                revision = newRevision;
            }
        } finally {
            newest.values().forEach(frames::letGo);
            frames.letGoOfAll();
        }
        assertThat(memory.chargedBytes()).isZero();
    }

    @ParameterizedTest
    @EnumSource(Quality.class)
    void atMostFourTimesThePixelsOfTheStripesThatChangeAreRead(Quality quality) {
        int width = 641;
        int height = 487;
        Random random = new Random(4);
        PixelScreen screen = PixelScreen.single("edited", width, height);
        try (CaptureEngine engine = new DefaultCaptureEngine(
                List.of(screen), memory, SETTINGS, ENCODERS, Clock.systemUTC(), new FakeNanoTime())) {
            CaptureTarget target = new CaptureTarget(screen.id(1), Set.of(quality), Duration.ZERO);
            engine.frames(Flux.just(new CaptureSchedule(List.of(target), 0))).subscribe(frames);
            screen.settle();
            Frame before = frames.next();
            for (int edit = 0; edit < 200; edit++) {
                long read = engine.stats().pixelsRead();
                int h = 1 + random.nextInt(edit % 2 == 0 ? 1 : 60);
                screen.noise(1, random.nextInt(width - 40), random.nextInt(height - h), 40, h, edit);
                screen.settle();
                Frame after = frames.next();
                long changed = 0;
                for (int stripe = 0; stripe < after.stripeCount(); stripe++) {
                    changed += after.sharesStripe(before, stripe) ? 0 : sourcePixels(after, height);
                }
                assertThat(engine.stats().pixelsRead() - read)
                        .as("pixels read for edit %d", edit)
                        .isLessThanOrEqualTo(4 * changed);
                frames.letGo(before);
                before = after;
            }
        } finally {
            frames.letGoOfAll();
        }
    }

    /** The pixels of the screen that one stripe shows. */
    private static long sourcePixels(Frame frame, int height) {
        return (long) frame.info().stripeHeight() * height / frame.info().height() * 641;
    }

    private static Set<Quality> someQualities(Random random) {
        EnumSet<Quality> some = EnumSet.of(Quality.values()[random.nextInt(4)]);
        some.add(Quality.values()[random.nextInt(4)]);
        return some;
    }

    private static void edit(PixelScreen screen, Random random, Pixels before, boolean drawsTheSame) {
        int width = before.width();
        int height = before.height();
        int x = random.nextInt(width);
        int y = random.nextInt(height);
        if (drawsTheSame) {
            screen.fillRect(1, x, y, 1, 1, before.colors()[y * width + x]);
            return;
        }
        int w = 1 + random.nextInt(random.nextBoolean() ? 1 : width - x);
        int h = 1 + random.nextInt(random.nextBoolean() ? 1 : height - y);
        if (random.nextBoolean()) {
            screen.noise(1, x, y, w, h, random.nextLong());
        } else {
            screen.fillRect(1, x, y, w, h, random.nextInt(0x1000000));
        }
    }

    private void keepNewest() {
        for (Frame frame : frames.rest()) {
            Frame older = newest.put(frame.quality(), frame);
            if (older != null) {
                assertThat(frame.revision()).isGreaterThanOrEqualTo(older.revision());
                frames.letGo(older);
            }
        }
    }

    private void giveUp(Quality quality) {
        Frame frame = newest.get(quality);
        if (frame != null && newest.size() > 1) {
            newest.remove(quality);
            frames.letGo(frame);
        }
    }
}
