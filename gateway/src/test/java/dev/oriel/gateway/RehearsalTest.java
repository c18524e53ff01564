package dev.oriel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.cache.CacheEviction;
import dev.oriel.capture.Eventually;
import dev.oriel.pressure.PressureLevel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.test.publisher.TestPublisher;

class RehearsalTest {

    private static final Duration LONGEST = Duration.ofSeconds(20);

    @Test
    void memoryIsShortAndIsNoLonger() {
        try (Rehearsal rehearsal = new Rehearsal()) {
            rehearsal.steps().block(LONGEST);

            List<Transition> played = rehearsal.oriel().transitions().newest();
            assertThat(played)
                    .extracting(transition -> transition.decision().to())
                    .contains(Optional.of(PressureLevel.RED), Optional.of(PressureLevel.GREEN));
            assertThat(played)
                    .anySatisfy(transition -> assertThat(transition.steps())
                            .extracting(Transition.Step::name)
                            .contains("frames"));
            assertThat(rehearsal.oriel().cacheStats().evictions().get(CacheEviction.RESIZE))
                    .isPositive();
        }
    }

    private static boolean isPlaying() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("oriel-capture-demo"));
    }

    private static Flux<Optional<PressureLevel>> green() {
        return Flux.just(Optional.of(PressureLevel.GREEN)).concatWith(Flux.never());
    }

    @Test
    void nothingIsLeftOfIt() {
        CompletableFuture<Void> playing = Rehearsal.play(green()).toFuture();
        Eventually.until("a thread of it", RehearsalTest::isPlaying);

        assertThat(playing).succeedsWithin(LONGEST);
        Eventually.until("no thread of it", () -> !isPlaying());
    }

    @Test
    void nothingIsLeftOfOneThatIsGivenUp() {
        Disposable playing = Rehearsal.play(green()).subscribe();
        Eventually.until("a thread of it", RehearsalTest::isPlaying);

        playing.dispose();

        Eventually.until("no thread of it", () -> !isPlaying());
    }

    @Test
    void itIsPlayedWhileTheLevelIsGreenUntilItWasPlayedOnce() {
        TestPublisher<Optional<PressureLevel>> levels = TestPublisher.create();
        TestPublisher<Void> play = TestPublisher.create();
        CompletableFuture<Void> done =
                Rehearsal.whileGreen(levels.flux(), play.mono()).toFuture();

        levels.next(Optional.empty(), Optional.of(PressureLevel.YELLOW));
        play.assertWasNotSubscribed();

        levels.next(Optional.of(PressureLevel.GREEN));
        play.assertSubscribers(1);

        levels.next(Optional.of(PressureLevel.RED));
        play.assertNoSubscribers().assertCancelled();
        assertThat(done).isNotDone();

        levels.next(Optional.of(PressureLevel.GREEN));
        play.assertSubscribers(1);
        play.complete();
        assertThat(done).isCompleted();
        levels.assertNoSubscribers();
    }
}
