package dev.oriel.cache;

import static dev.oriel.capture.Quality.FAST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.oriel.capture.Frame;
import dev.oriel.capture.FrameMemory.Reservation;
import dev.oriel.capture.FrameReading;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Wrong values and wrong use: the error says what is wrong, and nothing is lost by it (the check after each test). */
class BadInputTest extends FrameCacheScenario {

    private final FrameCacheSettings settings = FrameCacheSettings.defaults();

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void budgetsThatAreNotPositiveAreRefusedAndTheOldOneStays(long budget) {
        put(A, FAST, 1);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> cache.resize(budget))
                .withMessage("the budget must be positive, was " + budget);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings.withBudgetBytes(budget))
                .withMessage("budgetBytes must be positive, was " + budget);
        assertThat(cache.stats().budgetBytes()).isEqualTo(settings.budgetBytes());
        assertThat(latest(A, FAST)).contains(1L);
    }

    @Test
    void aBudgetBeyondAllMemoryIsOneLikeAnyOther() {
        cache.resize(Long.MAX_VALUE);
        put(A, FAST, 1);
        cache.memory().reserve(Integer.MAX_VALUE).orElseThrow().close();
        assertThat(cache.stats().chargedBytes()).isEqualTo(FRAME_BYTES);

        cache.resize(1);
        assertThat(cache.stats().frames()).isZero();
    }

    @Test
    void agesOutOfRangeAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings.withTtl(Duration.ofSeconds(Long.MIN_VALUE)))
                .withMessageStartingWith("ttl must be positive and at most 100 years, was PT-");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings.withTtl(Duration.ofSeconds(Long.MAX_VALUE)))
                .withMessageStartingWith("ttl must be positive and at most 100 years, was PT");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings.withHistory(Duration.ofSeconds(Long.MAX_VALUE)))
                .withMessageStartingWith("history must be zero to 100 years, was PT");
        assertThatNullPointerException()
                .isThrownBy(() -> settings.withTtl(null))
                .withMessage("ttl");
        assertThatNullPointerException()
                .isThrownBy(() -> settings.withHistory(null))
                .withMessage("history");
        assertThatNullPointerException()
                .isThrownBy(() -> FrameCache.open(settings, null))
                .withMessage("clock");
    }

    @Test
    void whoPutAFrameCannotCloseItAnyMore() {
        Frame frame = fresh(A, FAST, 1);
        cache.put(frame);

        assertThatIllegalStateException()
                .isThrownBy(frame::close)
                .withMessageStartingWith("the frame was closed before: FrameInfo[space=a, revision=1, ");
        // Of a frame that was closed behind its back the cache would look for a successor for ever.
        assertTimeoutPreemptively(
                Duration.ofSeconds(10), () -> assertThat(latest(A, FAST)).contains(1L));
    }

    @Test
    void aFrameIsPutOnce() {
        Frame frame = fresh(A, FAST, 1);
        cache.put(frame);
        assertThatIllegalStateException().isThrownBy(() -> cache.put(frame)).withMessageContaining("revision=1");

        Frame closed = fresh(B, FAST, 7);
        closed.close();
        assertThatIllegalStateException().isThrownBy(() -> cache.put(closed)).withMessageContaining("revision=7");

        assertThat(cache.stats().chargedBytes()).isEqualTo(FRAME_BYTES);
        assertThat(assertTimeoutPreemptively(Duration.ofSeconds(10), () -> latest(A, FAST)))
                .contains(1L);
        assertThat(latest(B, FAST)).isEmpty();
    }

    @Test
    void aFrameThatWasClosedCannotBeReadHeldOrHandedOver() {
        put(A, FAST, 1);
        Frame frame = cache.newest(A).orElseThrow();
        FrameReading reading = frame.read();
        frame.close();

        assertThat(frame.tryRetain()).isEmpty();
        assertThatIllegalStateException().isThrownBy(frame::retain).withMessageContaining("space=a, revision=1");
        assertThatIllegalStateException().isThrownBy(frame::read).withMessageContaining("space=a, revision=1");
        assertThatIllegalStateException().isThrownBy(frame::handOver).withMessageContaining("space=a, revision=1");
        assertThatIllegalStateException().isThrownBy(frame::toByteArray);
        assertThat(reading.stripe(0).remaining()).isPositive();
        reading.close();
        assertThatIllegalStateException().isThrownBy(() -> reading.stripe(0)).withMessageContaining("revision=1");
        assertThatIllegalStateException().isThrownBy(reading::close).withMessageContaining("revision=1");
        assertThat(cache.stats().pinnedBytes()).isZero();
    }

    @Test
    void whatIsHandedOverIsHeldAsBefore() {
        Frame frame = fresh(A, FAST, 1);
        try (Frame next = frame.handOver()) {
            assertThatIllegalStateException().isThrownBy(frame::close);
            assertThat(next.read()).satisfies(FrameReading::close);
        }
        assertThat(cache.stats().chargedBytes()).isZero();
    }

    @Test
    void reservationsAreForSomethingAndUsedOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cache.memory().reserve(-3))
                .withMessage("maxBytes must be positive, was -3");
        Reservation room = cache.memory().reserve(10).orElseThrow();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> room.fill(ByteBuffer.allocate(11)))
                .withMessage("10 bytes were reserved, not 11");
        assertThatNullPointerException().isThrownBy(() -> room.fill(null));
        room.fill(ByteBuffer.allocate(0)).free();
        assertThatIllegalStateException()
                .isThrownBy(() -> room.fill(ByteBuffer.allocate(1)))
                .withMessage("the reservation was used up or closed before");
        room.close();
        room.close();
        assertThat(cache.stats().chargedBytes()).isZero();
    }

    @Test
    void whatDoesNotFitAtAllCostsNobodyAnything() {
        put(A, FAST, 1);
        put(A, FAST, 2);
        cache.resize(3 * FRAME_BYTES);

        assertThat(cache.memory().reserve(Integer.MAX_VALUE)).isEmpty();
        assertThat(history(A)).hasSize(2);
        assertThat(cache.stats().refusals()).isEqualTo(1);
    }
}
