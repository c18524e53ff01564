package dev.oriel.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.capture.jpeg.StripeEncoders;
import dev.oriel.capture.x11.SpaceKind;
import dev.oriel.capture.x11.X11Options;
import dev.oriel.capture.x11.X11Source;
import dev.oriel.capture.x11.XPainter;
import dev.oriel.capture.x11.XServer;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** A hundred thousand edits by chance on a real X server: each is in a later frame, and no revision comes of nothing. */
class RandomEditsIT {

    private static final int EDITS = 100_000;
    private static final int MOST_AT_ONCE = 100;
    private static final int WIDTH = 163;
    private static final int HEIGHT = 121;
    private static final long SEED = 20_251;
    private static final Duration LONGEST = Duration.ofSeconds(15);
    private static final CaptureSettings SETTINGS = CaptureSettings.defaults();

    private final Random random = new Random(SEED);
    private final Pixels model = Pixels.flat(WIDTH, HEIGHT, 0);
    private final FrameCollector frames = FrameCollector.unbounded();
    private Frame newest;

    @Test
    void eachEditIsInALaterFrameAndNoRevisionComesOfNothing() {
        HeapFrameMemory memory = new HeapFrameMemory(1 << 26);
        try (XServer server = XServer.start(WIDTH, HEIGHT);
                XPainter painter = new XPainter(server.display());
                CaptureEngine engine = new DefaultCaptureEngine(
                        List.of(new X11Source(
                                server.display(),
                                X11Options.defaults().withSpaces(SpaceKind.DISPLAYS),
                                System::nanoTime)),
                        memory,
                        SETTINGS,
                        StripeEncoders.detect(),
                        Clock.systemUTC(),
                        System::nanoTime)) {
            SpaceId space = new SpaceId("x11-" + server.number());
            painter.fill(new Area(0, 0, WIDTH, HEIGHT), 0);
            painter.sync();
            engine.frames(Flux.just(new CaptureSchedule(
                            List.of(new CaptureTarget(space, Set.of(Quality.FULL), Duration.ZERO)), 0)))
                    .subscribe(frames);
            newest = frames.next();

            for (int made = 0, round = 0; made < EDITS; round++) {
                int edits = round % 3 == 0 ? 1 : 1 + random.nextInt(MOST_AT_ONCE);
                if (round % 5 == 0) {
                    drawWhatIsThere(painter);
                }
                long before = newest.revision();
                int changes = edit(painter, edits);
                untilShown("round " + round + " of seed " + SEED);
                assertThat(newest.revision() - before)
                        .as("revisions of %d changed bands in round %d of seed %d", changes, round, SEED)
                        .isBetween(changes == 0 ? 0L : 1L, (long) changes);
                made += edits;
            }
            assertThat(engine.stats().bandsHealed()).as("damage that was lost").isZero();
            frames.letGoOfAll();
        }
        assertThat(memory.chargedBytes()).isZero();
    }

    /** Makes so many edits, from one pixel up; returns how many bands they changed, one band once for each edit. */
    private int edit(XPainter painter, int edits) {
        int changes = 0;
        for (int edit = 0; edit < edits; edit++) {
            Area area = anyArea();
            int color = random.nextInt(4) == 0 ? random.nextInt(0x1000000) : 0xFF << 8 * random.nextInt(3);
            painter.fill(area, color);
            changes += fillModel(area, color);
        }
        painter.sync();
        return changes;
    }

    private void drawWhatIsThere(XPainter painter) {
        int x = random.nextInt(WIDTH);
        int y = random.nextInt(HEIGHT);
        painter.fill(new Area(x, y, 1, 1), model.colors()[y * WIDTH + x]);
        painter.sync();
    }

    private Area anyArea() {
        int x = random.nextInt(WIDTH);
        int y = random.nextInt(HEIGHT);
        boolean isPixel = random.nextBoolean();
        return new Area(
                x,
                y,
                isPixel ? 1 : 1 + random.nextInt(Math.min(40, WIDTH - x)),
                isPixel ? 1 : 1 + random.nextInt(Math.min(40, HEIGHT - y)));
    }

    private int fillModel(Area area, int color) {
        BitSet changed = new BitSet();
        for (int y = area.y(); y < area.y() + area.height(); y++) {
            for (int x = area.x(); x < area.x() + area.width(); x++) {
                if (model.colors()[y * WIDTH + x] != color) {
                    changed.set(y / ScreenSource.BAND_HEIGHT);
                }
                model.colors()[y * WIDTH + x] = color;
            }
        }
        return changed.cardinality();
    }

    private void untilShown(String what) {
        byte[] expected = FreshEngine.encode(model, Quality.FULL, SETTINGS);
        Eventually.within(LONGEST, what + " is shown", () -> {
            for (Frame frame : frames.rest()) {
                assertThat(frame.toByteArray()).as("%s after %s", frame, newest).isNotEqualTo(newest.toByteArray());
                frames.letGo(newest);
                newest = frame;
            }
            return Arrays.equals(newest.toByteArray(), expected);
        });
    }
}
