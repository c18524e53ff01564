package dev.oriel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.cache.CacheEviction;
import dev.oriel.capture.Eventually;
import dev.oriel.pressure.PressureLevel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Sinks;

class RehearsalTest {

    private static final Duration LONGEST = Duration.ofSeconds(20);

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("oriel-"))
                .toList();
    }

    private static void awaitThreads(List<String> before) {
        Eventually.until("no thread but " + before + ", are " + threads(), () -> before.containsAll(threads()));
    }

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

    @Test
    void itIsPlayedOnceTheLevelIsGreenAndNothingIsLeftOfIt() {
        List<String> before = threads();
        Sinks.Many<Optional<PressureLevel>> levels = Sinks.many().replay().latest();
        Disposable playing = Rehearsal.play(levels.asFlux()).subscribe();

        tell(levels, null);
        tell(levels, PressureLevel.YELLOW);
        assertThat(threads()).isEqualTo(before);

        tell(levels, PressureLevel.GREEN);
        awaitRehearsal(before);
        Eventually.until("its end", playing::isDisposed);
        awaitThreads(before);
    }

    @Test
    void itIsGivenUpWhenTheLevelGetsWorseAndBegunAnewWhenItIsGreenAgain() {
        List<String> before = threads();
        Sinks.Many<Optional<PressureLevel>> levels = Sinks.many().replay().latest();
        Disposable playing = Rehearsal.play(levels.asFlux()).subscribe();
        tell(levels, PressureLevel.GREEN);
        awaitRehearsal(before);

        tell(levels, PressureLevel.RED);
        awaitThreads(before);
        assertThat(playing.isDisposed()).isFalse();

        tell(levels, PressureLevel.GREEN);
        awaitRehearsal(before);
        playing.dispose();
        awaitThreads(before);
    }

    private static void tell(Sinks.Many<Optional<PressureLevel>> levels, @Nullable PressureLevel level) {
        levels.emitNext(Optional.ofNullable(level), Sinks.EmitFailureHandler.FAIL_FAST);
    }

    private static void awaitRehearsal(List<String> before) {
        Eventually.until("a thread of it", () -> threads().size() > before.size());
    }
}
