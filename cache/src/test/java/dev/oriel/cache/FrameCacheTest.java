package dev.oriel.cache;

import static dev.oriel.capture.Quality.FAST;
import static dev.oriel.capture.Quality.FULL;
import static dev.oriel.capture.Quality.OPTIMIZED;
import static dev.oriel.capture.Quality.THUMBNAIL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.entry;

import dev.oriel.capture.Frame;
import dev.oriel.capture.FrameInfo;
import dev.oriel.capture.Quality;
import dev.oriel.capture.TestFrames;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FrameCacheTest extends FrameCacheScenario {

    @Test
    void neverHoldsMoreFramesThanItMayAndKeepsTheNewest() {
        try (FrameCache small = FrameCache.open(FrameCacheSettings.defaults().withMostFrames(3), clock)) {
            for (long revision = 1; revision <= 10; revision++) {
                small.put(TestFrames.fresh(small.memory(), info(A, Quality.FULL, revision), STRIPES, STRIPE_BYTES)
                        .orElseThrow());
            }
            assertThat(small.history(A, Instant.MIN, Instant.MAX))
                    .extracting(entry -> entry.info().revision())
                    .containsExactly(8L, 9L, 10L);
            assertThat(small.stats().frames()).isEqualTo(3);
        }
    }

    @Test
    void findsTheNewestPictureOfExactlyTheSpaceAndQualityAskedFor() {
        put(A, FAST, 1);
        put(A, FAST, 2);
        put(B, FAST, 7);

        assertThat(latest(A, FAST)).contains(2L);
        assertThat(latest(B, FAST)).contains(7L);
        assertThat(latest(A, THUMBNAIL)).isEmpty();
        assertThat(cache.stats().hits()).isEqualTo(2);
        assertThat(misses(cache)).isEqualTo(1);
        assertThat(cache.stats().misses()).containsEntry(CacheMiss.ABSENT, 1L);
    }

    @Test
    void aReaderHasAHoldOfItsOwn() {
        put(A, FAST, 1);
        Frame held = cache.latest(A, FAST, true).orElseThrow();
        cache.forget(A);

        assertThat(TestFrames.isIntact(held)).isTrue();
        assertThat(cache.stats().frames()).isZero();
        assertThat(cache.stats().pinnedBytes())
                .isPositive()
                .isEqualTo(cache.stats().chargedBytes());

        held.close();
        assertThat(cache.stats().chargedBytes()).isZero();
        assertThatIllegalStateException().isThrownBy(held::read);
    }

    @Test
    void theVeryFrameAgainChangesNothing() {
        Frame frame = fresh(A, FAST, 1);
        cache.put(frame.retain());
        long charged = cache.stats().chargedBytes();
        cache.put(frame);

        assertThat(cache.stats().chargedBytes()).isEqualTo(charged).isEqualTo(FRAME_BYTES);
        assertThat(cache.stats().frames()).isEqualTo(1);
        assertThat(latest(A, FAST)).contains(1L);
    }

    @Test
    void aFrameThatComesLateIsLetGo() {
        put(A, FAST, 5);
        put(A, FAST, 4);

        assertThat(latest(A, FAST)).contains(5L);
        assertThat(cache.stats().chargedBytes()).isEqualTo(FRAME_BYTES);
    }

    @Test
    void anotherRenderingOfTheSameRevisionTakesItsPlace() {
        put(A, FAST, 1);
        put(A, FAST, 2);
        cache.put(TestFrames.fresh(
                        cache.memory(),
                        new FrameInfo(A, 2, clock.instant(), 32, 32, FAST, 50, 16),
                        STRIPES / 4,
                        STRIPE_BYTES)
                .orElseThrow());

        assertThat(history(A)).extracting(FrameInfo::revision).containsExactly(1L, 2L);
        assertThat(history(A)).extracting(FrameInfo::jpegPercent).containsExactly(85, 50);
        assertThat(cache.stats().pinnedBytes()).isZero();
    }

    @Test
    void whereChangesCannotBeSeenTheTtlDecides() {
        put(A, FAST, 1);
        clock.advance(Duration.ofSeconds(30));
        assertThat(seen(cache.latest(A, FAST, false))).contains(1L);

        clock.advance(Duration.ofMillis(1));
        assertThat(seen(cache.latest(A, FAST, false))).isEmpty();
        assertThat(misses(cache)).isEqualTo(1);
        assertThat(cache.stats().misses()).containsEntry(CacheMiss.EXPIRED, 1L);

        clock.advance(Duration.ofHours(1));
        assertThat(seen(cache.latest(A, FAST, true))).contains(1L);
        assertThat(seen(cache.newest(A))).contains(1L);
    }

    @Test
    void theNewestPictureOfASpaceIsTheHighestRevisionThenTheBestQuality() {
        assertThat(cache.newest(A)).isEmpty();
        assertThat(cache.newestInfo(A)).isEmpty();

        put(A, THUMBNAIL, 3);
        put(A, FULL, 2);
        assertThat(cache.newestInfo(A)).map(FrameInfo::quality).contains(THUMBNAIL);

        put(A, OPTIMIZED, 3);
        assertThat(cache.newestInfo(A)).map(FrameInfo::quality).contains(OPTIMIZED);
        assertThat(seen(cache.newest(A))).contains(3L);
        assertThat(cache.stats().hits() + misses(cache)).isZero();
    }

    @Test
    void keepsTheRevisionsBehindTheNewest() {
        put(A, FAST, 1);
        type(A, FAST, 0);
        type(A, FAST, 1);

        assertThat(history(A)).extracting(FrameInfo::revision).containsExactly(1L, 2L, 3L);
        assertThat(seen(cache.revision(A, FAST, 2))).contains(2L);
        assertThat(cache.revision(A, FAST, 4)).isEmpty();
        assertThat(history(B)).isEmpty();
    }

    @Test
    void givesTheQualityNearestToTheOneAskedForButABetterOneLast() {
        put(A, OPTIMIZED, 1);
        put(A, FAST, 1);
        put(A, FULL, 2);

        assertThat(qualityOf(cache.revision(A, FULL, 1))).contains(OPTIMIZED);
        assertThat(qualityOf(cache.revision(A, FAST, 1))).contains(FAST);
        assertThat(qualityOf(cache.revision(A, THUMBNAIL, 1))).contains(FAST);
        assertThat(qualityOf(cache.revision(A, THUMBNAIL, 2))).contains(FULL);
        assertThat(history(A)).extracting(FrameInfo::quality).containsExactly(OPTIMIZED, FULL);
    }

    @Test
    void showsASpaceAsItWasAtAMoment() {
        Instant start = clock.instant();
        put(A, FAST, 1);
        type(A, FAST, 0);
        type(A, FAST, 1);

        assertThat(seen(cache.at(A, FAST, start.minusMillis(1)))).isEmpty();
        assertThat(seen(cache.at(A, FAST, start))).contains(1L);
        assertThat(seen(cache.at(A, FAST, start.plusMillis(1999)))).contains(2L);
        assertThat(seen(cache.at(A, FAST, start.plusSeconds(2)))).contains(3L);
        assertThat(seen(cache.at(A, FAST, Instant.MAX))).contains(3L);
    }

    @Test
    void ratherShowsAMomentAsItWasThanInTheQualityAskedFor() {
        put(A, FULL, 1);
        put(A, FAST, 2);

        assertThat(qualityOf(cache.at(A, FULL, clock.instant()))).contains(FAST);
    }

    @Test
    void tellsOfEachRevisionHowMuchHadChanged() {
        Instant start = clock.instant();
        put(A, FAST, 1);
        type(A, FAST, 0);
        type(A, FAST, 1);

        List<HistoryEntry> entries = cache.history(A, start.plusSeconds(1), start.plusSeconds(1));

        assertThat(entries).hasSize(1);
        assertThat(entries.get(0).info().revision()).isEqualTo(2);
        assertThat(entries.get(0).newBytes()).isEqualTo(STRIPE_BYTES);
        assertThat(entries.get(0).sizeBytes()).isGreaterThan(STRIPES * STRIPE_BYTES);
        assertThat(cache.history(A, start, start).get(0).newBytes())
                .isEqualTo(cache.history(A, start, start).get(0).sizeBytes());
    }

    @Test
    void aFrameClosedTwiceHarmsNobodyElse() {
        put(A, FAST, 1);
        Frame frame = cache.latest(A, FAST, true).orElseThrow();
        frame.close();

        assertThatIllegalStateException()
                .isThrownBy(frame::close)
                .withMessageStartingWith("the frame was closed before");
        assertThatIllegalStateException().isThrownBy(frame::retain);
        assertThat(latest(A, FAST)).contains(1L);
    }

    @Test
    void aPictureThatIsNotThereIsAMissWithACause() {
        assertThat(cache.at(A, FAST, clock.instant())).isEmpty();
        put(A, FAST, 2);
        assertThat(cache.at(A, FAST, clock.instant().minusSeconds(1))).isEmpty();
        assertThat(cache.revision(A, FAST, 1)).isEmpty();
        assertThat(cache.revision(A, FAST, 9)).isEmpty();
        cache.resize(1);
        assertThat(latest(A, FAST)).isEmpty();
        cache.resize(MEBIBYTE);
        put(A, FAST, 3);
        cache.forget(A);
        assertThat(latest(A, FAST)).isEmpty();

        assertThat(cache.stats().misses())
                .containsExactly(
                        entry(CacheMiss.ABSENT, 3L),
                        entry(CacheMiss.EVICTED, 1L),
                        entry(CacheMiss.EXPIRED, 0L),
                        entry(CacheMiss.PAST, 2L));
        assertThat(cache.stats().evictions())
                .containsEntry(CacheEviction.RESIZE, 1L)
                .containsEntry(CacheEviction.SPACE, 1L);
    }

    @Test
    void lookingWithoutAskingIsNeitherAHitNorAMiss() {
        assertThat(cache.newest(A, FAST)).isEmpty();
        assertThat(cache.oldestRevision(A)).isEmpty();
        put(A, FAST, 2);
        type(A, FAST, 0);

        assertThat(seen(cache.newest(A, FAST))).contains(3L);
        assertThat(cache.newest(A, FULL)).isEmpty();
        assertThat(cache.oldestRevision(A)).hasValue(2);
        assertThat(cache.stats().hits() + misses(cache)).isZero();
    }

    private static Optional<Quality> qualityOf(Optional<Frame> frame) {
        return frame.map(held -> {
            try (held) {
                return held.quality();
            }
        });
    }

    @Test
    void sharedStripesAreHeldOnce() {
        put(A, FAST, 1);
        long first = cache.stats().chargedBytes();
        type(A, FAST, 0);
        type(A, FAST, 0);

        long each = STRIPE_BYTES + SegmentMemory.REGION_OBJECT_BYTES + FRAME_OBJECT_BYTES;
        assertThat(first).isEqualTo(FRAME_BYTES);
        assertThat(cache.stats().chargedBytes()).isEqualTo(first + 2 * each);
        assertThat(cache.stats().pinnedBytes()).isZero();
        assertThat(latest(A, FAST)).contains(3L);
    }

    @Test
    void equalPicturesOfTwoSpacesAreHeldOnceAndStayAsLongAsOneNeedsThem() {
        put(A, FAST, 1);
        long first = cache.stats().chargedBytes();
        try (Frame a = cache.newest(A).orElseThrow()) {
            cache.put(TestFrames.copy(cache.memory(), a, info(B, FAST, 7)).orElseThrow());
        }

        assertThat(cache.stats().chargedBytes())
                .isEqualTo(first + STRIPES * SegmentMemory.OWNER_OBJECT_BYTES + FRAME_OBJECT_BYTES);
        assertThat(cache.stats().logicalBytes()).isEqualTo(2 * FRAME_BYTES);
        assertThat(cache.stats().pinnedBytes()).isZero();
        assertThat(cache.stats().liveBytes()).isEqualTo((long) STRIPES * STRIPE_BYTES);

        cache.forget(A);
        assertThat(cache.stats().chargedBytes()).isEqualTo(FRAME_BYTES);
        assertThat(latest(B, FAST)).contains(7L);
    }

    @Test
    void sharedStripesStayAsLongAsAnyFrameNeedsThem() {
        put(A, FAST, 1);
        type(A, FAST, 0);
        cache.resize(1);
        assertThat(cache.stats().chargedBytes()).isZero();

        cache.resize(MEBIBYTE);
        put(A, FAST, 1);
        type(A, FAST, 0);
        clock.advance(Duration.ofDays(1));
        cache.expire();

        assertThat(latest(A, FAST)).contains(2L);
        assertThat(cache.stats().chargedBytes()).isEqualTo(FRAME_BYTES);
        assertThat(cache.stats().pinnedBytes()).isZero();
    }

    @Test
    void historyGoesWhenItIsOldButTheNewestPictureStays() {
        put(A, FAST, 1);
        type(A, FAST, 0);
        type(A, FAST, 0);
        clock.advance(Duration.ofSeconds(900));
        cache.expire();
        assertThat(history(A)).extracting(FrameInfo::revision).containsExactly(2L, 3L);

        clock.advance(Duration.ofDays(1));
        cache.expire();
        assertThat(history(A)).extracting(FrameInfo::revision).containsExactly(3L);
        assertThat(cache.stats().evictions()).containsEntry(CacheEviction.AGE, 2L);
        assertThat(evictions(cache)).isEqualTo(2);
    }

    @Test
    void puttingAFrameDropsHistoryThatIsTooOld() {
        put(A, FAST, 1);
        type(A, FAST, 0);
        clock.advance(Duration.ofDays(1));
        type(A, FAST, 0);

        // The second revision was the newest picture for a day, and is history only now.
        assertThat(history(A)).extracting(FrameInfo::revision).containsExactly(2L, 3L);
    }

    @Test
    void forgetsOneSpaceAndKeepsTheOthers() {
        put(A, FAST, 1);
        put(A, FULL, 1);
        put(B, FAST, 1);
        cache.forget(A);

        assertThat(cache.newest(A)).isEmpty();
        assertThat(latest(B, FAST)).contains(1L);
        assertThat(cache.stats().chargedBytes()).isEqualTo(FRAME_BYTES);
    }

    @Test
    void closesTwiceAndTakesNothingAfter() {
        put(A, FAST, 1);
        Frame late = fresh(A, FAST, 2);
        cache.close();
        cache.close();
        assertThat(cache.stats().segments()).isEqualTo(1);

        cache.put(late);
        assertThat(cache.newest(A)).isEmpty();
        assertThat(cache.memory().reserve(1)).isEmpty();
        assertThat(cache.stats().segments()).isZero();
    }

    @Test
    void whatReadersHoldOutlivesTheCache() {
        put(A, FAST, 1);
        Frame held = cache.newest(A).orElseThrow();
        cache.close();

        assertThat(TestFrames.isIntact(held)).isTrue();
        assertThat(cache.stats().segments()).isEqualTo(1);
        held.close();
        assertThat(cache.stats().segments()).isZero();
    }
}
