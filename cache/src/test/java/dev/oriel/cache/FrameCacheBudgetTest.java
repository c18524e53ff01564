package dev.oriel.cache;

import static dev.oriel.capture.Quality.FAST;
import static dev.oriel.capture.Quality.OPTIMIZED;
import static dev.oriel.capture.Quality.THUMBNAIL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.oriel.capture.Frame;
import dev.oriel.capture.FrameInfo;
import dev.oriel.capture.FrameMemory.Reservation;
import dev.oriel.capture.SpaceId;
import dev.oriel.capture.TestFrames;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FrameCacheBudgetTest extends FrameCacheScenario {

    @Test
    void reservingDropsTheOldestHistoryOfAllSpacesFirst() {
        put(A, FAST, 1);
        pass();
        put(B, FAST, 1);
        pass();
        put(A, FAST, 2);
        pass();
        put(B, FAST, 2);
        cache.resize(4 * FRAME_BYTES);

        reserveAndGiveBack(FRAME_BYTES);
        assertThat(history(A)).extracting(FrameInfo::revision).containsExactly(2L);
        assertThat(history(B)).extracting(FrameInfo::revision).containsExactly(1L, 2L);

        reserveAndGiveBack(FRAME_BYTES + 1);
        assertThat(history(B)).extracting(FrameInfo::revision).containsExactly(2L);
        assertThat(evictions(cache)).isEqualTo(2);
        assertThat(cache.stats().refusals()).isZero();
    }

    @Test
    void reservingDropsOtherQualitiesAfterHistoryButNoNewestPicture() {
        put(A, OPTIMIZED, 1);
        put(A, THUMBNAIL, 1);
        put(A, OPTIMIZED, 2);
        put(B, THUMBNAIL, 1);
        cache.resize(4 * FRAME_BYTES);

        reserveAndGiveBack(FRAME_BYTES);
        assertThat(latest(A, THUMBNAIL)).contains(1L);
        reserveAndGiveBack(2 * FRAME_BYTES);
        assertThat(latest(A, THUMBNAIL)).isEmpty();

        assertThat(cache.memory().reserve((int) (2 * FRAME_BYTES))).isEmpty();
        assertThat(cache.stats().refusals()).isEqualTo(1);
        assertThat(latest(A, OPTIMIZED)).contains(2L);
        assertThat(latest(B, THUMBNAIL)).contains(1L);
    }

    @Test
    void whatIsLargerThanTheBudgetIsRefusedAndCostsNothing() {
        put(A, FAST, 1);
        put(A, FAST, 2);
        cache.resize(3 * FRAME_BYTES);

        assertThat(cache.memory().reserve((int) (3 * FRAME_BYTES) - SegmentMemory.REGION_OBJECT_BYTES + 1))
                .isEmpty();
        assertThat(cache.stats().refusals()).isEqualTo(1);
        assertThat(history(A)).hasSize(2);
    }

    @Test
    void withoutRoomForOneMoreAFrameTakesThePlaceOfTheOneBefore() {
        put(A, FAST, 1);
        Frame next = fresh(A, FAST, 2);
        cache.resize(cache.stats().chargedBytes());
        cache.put(next);

        assertThat(history(A)).extracting(FrameInfo::revision).containsExactly(2L);
        assertThat(cache.stats().chargedBytes()).isEqualTo(FRAME_BYTES);
        assertThat(cache.stats().refusals()).isZero();
    }

    @Test
    void aFrameForWhichThereIsNoRoomAtAllIsRefused() {
        Frame first = fresh(A, FAST, 1);
        cache.resize(cache.stats().chargedBytes());
        cache.put(first);

        assertThat(cache.newest(A)).isEmpty();
        assertThat(cache.stats().refusals()).isEqualTo(1);
        assertThat(cache.stats().chargedBytes()).isZero();
    }

    @Test
    void shrinkingKeepsTheNewestPictureOfEverySpace() {
        cache.resize(500L * MEBIBYTE);
        List<SpaceId> spaces =
                IntStream.range(0, 9).mapToObj(n -> new SpaceId("s" + n)).toList();
        for (long revision = 1; evictions(cache) == 0; revision++) {
            for (SpaceId space : spaces) {
                cache.put(TestFrames.fresh(cache.memory(), info(space, OPTIMIZED, revision), 4, 512 * 1024)
                        .orElseThrow());
                put(space, THUMBNAIL, revision);
            }
            pass();
        }
        assertThat(cache.stats().chargedBytes()).isGreaterThan(480L * MEBIBYTE);
        List<Optional<Long>> newest =
                spaces.stream().map(space -> seen(cache.newest(space))).toList();

        cache.resize(50L * MEBIBYTE);

        assertThat(spaces.stream().map(space -> latest(space, OPTIMIZED)).toList())
                .isEqualTo(newest);
        assertThat(spaces.stream().map(space -> latest(space, THUMBNAIL)).toList())
                .isEqualTo(newest);
        CacheStats stats = cache.stats();
        assertThat(stats.chargedBytes()).isBetween(45L * MEBIBYTE, 50L * MEBIBYTE);
        assertThat(stats.residentBytes()).isLessThan((long) (1.15 * stats.chargedBytes()) + 4 * MEBIBYTE);
        assertThat(stats.pinnedBytes()).isZero();

        long least = stats.newestBytes();
        assertThat(least).isBetween(18L * MEBIBYTE, 18L * MEBIBYTE + 9 * 1024);
        cache.resize(least);
        assertThat(spaces.stream().map(space -> seen(cache.newest(space))).toList())
                .isEqualTo(newest);
        assertThat(cache.stats().chargedBytes()).isEqualTo(least);
        assertThat(cache.stats().newestBytes()).isEqualTo(least);
    }

    @Test
    void whenNotAllPicturesFitTheFavouredSpacesPictureStaysLongest() {
        put(A, FAST, 1);
        pass();
        put(B, FAST, 1);
        pass();
        put(new SpaceId("c"), FAST, 1);
        cache.favour(Optional.of(A));

        cache.resize(2 * FRAME_BYTES);
        assertThat(latest(B, FAST)).isEmpty();
        cache.resize(FRAME_BYTES);
        assertThat(latest(A, FAST)).contains(1L);
        assertThat(cache.stats().frames()).isEqualTo(1);

        cache.resize(FRAME_BYTES - 1);
        assertThat(cache.stats().frames()).isZero();
        assertThat(cache.stats().chargedBytes()).isZero();
    }

    @Test
    void otherQualitiesOfTheFavouredSpaceStayLongerToo() {
        put(A, OPTIMIZED, 1);
        put(A, THUMBNAIL, 1);
        pass();
        put(B, OPTIMIZED, 1);
        put(B, THUMBNAIL, 1);
        cache.favour(Optional.of(A));

        cache.resize(3 * FRAME_BYTES);
        assertThat(latest(A, THUMBNAIL)).contains(1L);
        assertThat(latest(B, THUMBNAIL)).isEmpty();

        cache.favour(Optional.empty());
        cache.resize(FRAME_BYTES);
        assertThat(latest(B, OPTIMIZED)).contains(1L);
    }

    @Test
    void whatReadersHoldCountsUntilTheyCloseAndCostsNoNewestPicture() {
        put(A, FAST, 1);
        Frame held = cache.newest(A).orElseThrow();
        put(A, FAST, 2);
        put(B, FAST, 1);

        cache.resize(2 * FRAME_BYTES);

        assertThat(latest(A, FAST)).contains(2L);
        assertThat(latest(B, FAST)).contains(1L);
        assertThat(cache.stats().pinnedBytes()).isPositive();
        assertThat(cache.stats().chargedBytes()).isGreaterThan(2 * FRAME_BYTES);
        assertThat(cache.memory().reserve(1)).isEmpty();
        assertThat(TestFrames.isIntact(held)).isTrue();

        held.close();
        assertThat(cache.stats().pinnedBytes()).isZero();
        assertThat(cache.stats().chargedBytes()).isEqualTo(2 * FRAME_BYTES);
    }

    @Test
    void aFrameThatWasReservedBeforeTheShrinkPushesOutHistory() {
        put(A, FAST, 1);
        Frame next = fresh(A, FAST, 2);
        cache.resize(FRAME_BYTES + FRAME_BYTES / 2);
        cache.put(next);

        assertThat(history(A)).extracting(FrameInfo::revision).containsExactly(2L);
        assertThat(cache.stats().chargedBytes()).isEqualTo(FRAME_BYTES);
    }

    @Test
    void aLargerFrameThatWasReservedBeforeTheShrinkPushesOutAPictureIfItMust() {
        put(B, FAST, 1);
        put(A, FAST, 1);
        Frame larger = TestFrames.fresh(cache.memory(), info(A, FAST, 2), STRIPES, 2 * STRIPE_BYTES)
                .orElseThrow();
        cache.favour(Optional.of(A));
        cache.resize(2 * FRAME_BYTES);
        cache.put(larger);

        assertThat(latest(A, FAST)).contains(2L);
        assertThat(cache.newest(B)).isEmpty();
        assertThat(cache.stats().chargedBytes()).isLessThanOrEqualTo(2 * FRAME_BYTES);
    }

    @Test
    void tinyChangesAreChargedForTheObjectsTheyMake() {
        cache.resize(MEBIBYTE);
        put(A, FAST, 1);
        for (int change = 0; change < 2000; change++) {
            type(A, FAST, change % STRIPES);
            assertThat(cache.stats().chargedBytes()).isLessThanOrEqualTo(MEBIBYTE);
        }

        assertThat(cache.stats().frames()).isBetween(100, 800);
        assertThat(cache.stats().pinnedBytes()).isZero();
    }

    @Test
    void refusesAbsurdBudgets() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cache.resize(0))
                .withMessage("the budget must be positive, was 0");
        assertThatIllegalArgumentException().isThrownBy(() -> cache.resize(-5));
    }

    private void pass() {
        clock.advance(Duration.ofMillis(10));
    }

    /** Reserves room so that so much is charged for it. */
    private void reserveAndGiveBack(long bytes) {
        Optional<Reservation> reservation = cache.memory().reserve((int) bytes - SegmentMemory.REGION_OBJECT_BYTES);
        assertThat(reservation).isPresent();
        reservation.get().close();
    }

    @Test
    void aFilmDoesNotDriveOutWhatOthersDid() {
        put(B, FAST, 1);
        for (int letter = 0; letter < 10; letter++) {
            type(B, FAST, letter % STRIPES);
        }
        cache.resize(cache.stats().chargedBytes() + 30 * FRAME_BYTES);
        for (long revision = 1; revision <= 100; revision++) {
            clock.advance(Duration.ofMillis(40));
            put(A, FAST, revision);
        }

        assertThat(history(B)).hasSize(11);
        assertThat(history(A))
                .hasSizeLessThan(31)
                .extracting(FrameInfo::revision)
                .endsWith(99L, 100L);
        assertThat(cache.stats().evictions())
                .containsEntry(CacheEviction.ROOM, 100L - history(A).size());
    }

    @Test
    void whatWasAskedForStaysLongerAndItsNeighboursStillShareTheirStripes() {
        put(A, FAST, 1);
        for (int letter = 0; letter < 20; letter++) {
            type(A, FAST, letter % STRIPES);
        }
        assertThat(seen(cache.revision(A, FAST, 5))).contains(5L);
        assertThat(seen(cache.at(A, FAST, clock.instant().minusSeconds(11)))).contains(10L);
        cache.resize(cache.stats().chargedBytes());
        for (int letter = 0; letter < 12; letter++) {
            type(A, FAST, letter % STRIPES);
        }

        assertThat(history(A))
                .extracting(FrameInfo::revision)
                .startsWith(5L, 10L)
                .endsWith(32L, 33L);
        assertThat(seen(cache.revision(A, FAST, 5))).contains(5L);
        assertThat(cache.stats().pinnedBytes()).isZero();
    }

    @Test
    void whatEverybodyAskedForGoesInTheOrderOfItsAge() {
        put(A, FAST, 1);
        for (int letter = 0; letter < 20; letter++) {
            type(A, FAST, letter % STRIPES);
            latest(A, FAST);
        }
        cache.resize(cache.stats().chargedBytes());
        type(A, FAST, 0);
        type(A, FAST, 1);

        assertThat(history(A))
                .extracting(FrameInfo::revision)
                .doesNotContain(1L)
                .endsWith(21L, 22L, 23L);
    }

    @Test
    void captureFindsRoomWhileTheCacheShrinks() {
        ScriptedPages pages = new ScriptedPages();
        AtomicInteger found = new AtomicInteger();
        try (FrameCache large = full(40, System::nanoTime, pages)) {
            pages.beforeUnmap = () -> {
                pages.beforeUnmap = () -> {};
                found.set(CompletableFuture.supplyAsync(() -> reserved(large, MEBIBYTE))
                        .orTimeout(10, TimeUnit.SECONDS)
                        .join());
                assertThat(large.stats().chargedBytes()).isGreaterThan(2L * MEBIBYTE);
            };
            large.resize(2L * MEBIBYTE);

            assertThat(found).hasValue(MEBIBYTE);
            assertThat(large.stats().budgetBytes()).isEqualTo(2L * MEBIBYTE);
            assertThat(large.stats().chargedBytes()).isLessThanOrEqualTo(2L * MEBIBYTE);
        }
    }

    /** Where every core is taken a yield may take as long as other programs like. */
    @Test
    void aResizeLetsOthersRunForAWhileOnly() {
        AtomicInteger asked = new AtomicInteger();
        LongSupplier busy = () -> TimeUnit.MILLISECONDS.toNanos(10L * asked.incrementAndGet());
        try (FrameCache large = full(60, busy, new ScriptedPages())) {
            large.resize(2L * MEBIBYTE);

            assertThat(asked).as("once, for 10 ms").hasValue(2);
            assertThat(large.stats().chargedBytes()).isLessThanOrEqualTo(2L * MEBIBYTE);
        }
    }

    private FrameCache full(int mebibytes, LongSupplier nanoTime, PageSource pages) {
        FrameCache full =
                new FrameCache(FrameCacheSettings.defaults().withBudgetBytes(64L * MEBIBYTE), clock, nanoTime, pages);
        for (int revision = 1; revision <= mebibytes; revision++) {
            full.put(TestFrames.fresh(full.memory(), info(A, FAST, revision), STRIPES, MEBIBYTE / STRIPES)
                    .orElseThrow());
        }
        return full;
    }

    private static int reserved(FrameCache cache, int bytes) {
        Optional<Reservation> room = cache.memory().reserve(bytes);
        room.ifPresent(Reservation::close);
        return room.isPresent() ? bytes : 0;
    }
}
