package dev.oriel.benchmarks.simulator;

import dev.oriel.benchmarks.simulator.Trace.Event;
import dev.oriel.benchmarks.simulator.Trace.Kind;
import dev.oriel.cache.FrameCache;
import dev.oriel.cache.FrameCacheSettings;
import dev.oriel.capture.Frame;
import dev.oriel.capture.FrameInfo;
import dev.oriel.capture.SpaceId;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/** The cache that is shipped, with real memory, and frames that share stripes as those of the engine do. */
final class FrameCachePolicy implements Policy {

    private static final int WIDTH = 1920;
    private static final int HEIGHT = 1080;
    private static final int JPEG_PERCENT = 85;
    private static final int STRIPE_HEIGHT = 16;

    private final int[] contentBytes;
    private final TraceClock clock = new TraceClock();
    private final FrameCache cache;
    private final FrameMaker maker;

    FrameCachePolicy(int[] contentBytes, long budgetBytes) {
        this.contentBytes = contentBytes;
        this.cache = FrameCache.open(FrameCacheSettings.defaults().withBudgetBytes(budgetBytes), clock);
        this.maker = new FrameMaker(cache);
    }

    @Override
    public boolean get(Event request) {
        clock.millis = request.millis();
        Picture picture = request.picture();
        Optional<Frame> found = request.kind() == Kind.LATEST
                ? cache.latest(space(picture), picture.quality(), true)
                : cache.revision(space(picture), picture.quality(), picture.revision());
        found.ifPresent(Frame::close);
        // One in another quality is an answer to whoever asks, but here it does not count.
        return found.filter(frame -> frame.revision() == picture.revision() && frame.quality() == picture.quality())
                .isPresent();
    }

    @Override
    public void put(Event event) {
        clock.millis = event.millis();
        Picture picture = event.picture();
        int[] contents = new int[picture.stripes()];
        for (int stripe = 0; stripe < contents.length; stripe++) {
            contents[stripe] = picture.content(stripe);
        }
        FrameInfo info = new FrameInfo(
                space(picture),
                picture.revision(),
                clock.instant(),
                WIDTH,
                HEIGHT,
                picture.quality(),
                JPEG_PERCENT,
                STRIPE_HEIGHT);
        maker.put(info, contents, content -> contentBytes[content]);
    }

    private static SpaceId space(Picture picture) {
        return new SpaceId("space-" + picture.space());
    }

    @Override
    public void close() {
        cache.close();
    }

    /** Stands still until it is set. */
    private static final class TraceClock extends Clock {

        private long millis;

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(millis);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return Clock.fixed(instant(), zone);
        }
    }
}
