package dev.oriel.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.capture.Frame;
import dev.oriel.capture.FrameInfo;
import dev.oriel.capture.Quality;
import dev.oriel.capture.SpaceId;
import dev.oriel.capture.TestFrames;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;

/** A cache, frames to put into it, and the check that nothing of them is left in the end. */
abstract class FrameCacheScenario {

    static final SpaceId A = new SpaceId("a");
    static final SpaceId B = new SpaceId("b");
    static final int MEBIBYTE = 1024 * 1024;

    /** Stripes of a frame made here, and bytes of each. */
    static final int STRIPES = 8;

    static final int STRIPE_BYTES = 1000;

    /** What is charged for a frame beside its stripes. */
    static final int FRAME_OBJECT_BYTES = 256 + 4 * STRIPES;

    /** What a frame that shares nothing is charged. */
    static final long FRAME_BYTES = STRIPES * (STRIPE_BYTES + SegmentMemory.REGION_OBJECT_BYTES) + FRAME_OBJECT_BYTES;

    final ManualClock clock = new ManualClock();
    final FrameCache cache = FrameCache.open(FrameCacheSettings.defaults(), clock);

    @AfterEach
    void nothingIsLeft() {
        cache.close();
        CacheStats stats = cache.stats();
        assertThat(stats.chargedBytes()).isZero();
        assertThat(stats.residentBytes()).isZero();
        assertThat(stats.pinnedBytes()).isZero();
        assertThat(stats.frames()).isZero();
        assertThat(stats.segments()).isZero();
    }

    final void put(SpaceId space, Quality quality, long revision) {
        cache.put(fresh(space, quality, revision));
    }

    /** A second passes, then a frame comes that shares all but one stripe with the newest. */
    final void type(SpaceId space, Quality quality, int changedStripe) {
        clock.advance(Duration.ofSeconds(1));
        try (Frame before = cache.newest(space, EnumSet.of(quality)).orElseThrow()) {
            cache.put(TestFrames.changed(
                            cache.memory(),
                            before,
                            info(space, quality, before.revision() + 1),
                            STRIPE_BYTES,
                            index -> index == changedStripe)
                    .orElseThrow());
        }
    }

    /** A frame that is not in the cache yet. */
    final Frame fresh(SpaceId space, Quality quality, long revision) {
        return TestFrames.fresh(cache.memory(), info(space, quality, revision), STRIPES, STRIPE_BYTES)
                .orElseThrow();
    }

    final FrameInfo info(SpaceId space, Quality quality, long revision) {
        return new FrameInfo(space, revision, clock.instant(), 64, 64, quality, 85, 8);
    }

    /** The revision shown, or none. The hold is given up at once. */
    static Optional<Long> seen(Optional<Frame> frame) {
        return frame.map(held -> {
            try (held) {
                assertThat(TestFrames.isIntact(held)).isTrue();
                return held.revision();
            }
        });
    }

    static long misses(FrameCache cache) {
        return cache.stats().misses().values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    static long evictions(FrameCache cache) {
        return cache.stats().evictions().values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    /** Everything kept of a space, oldest first. */
    final List<FrameInfo> history(SpaceId space) {
        return cache.history(space, Instant.MIN, Instant.MAX).stream()
                .map(HistoryEntry::info)
                .toList();
    }

    final Optional<Long> latest(SpaceId space, Quality quality) {
        return seen(cache.latest(space, quality, true));
    }
}
