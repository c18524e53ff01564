package dev.oriel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.cache.CacheEviction;
import dev.oriel.capture.Eventually;
import dev.oriel.capture.Quality;
import dev.oriel.capture.SpaceId;
import dev.oriel.pressure.PressureLevel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;

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
            assertThat(rehearsal.oriel().pictures().held(new SpaceId("demo-typing"), Quality.THUMBNAIL))
                    .hasValueSatisfying(frame -> {
                        assertThat(frame.quality()).isEqualTo(Quality.THUMBNAIL);
                        frame.close();
                    });
        }
    }

    @Test
    void nothingIsLeftOfIt() {
        List<String> before = threads();

        Rehearsal.play().block(LONGEST);

        awaitThreads(before);
    }

    @Test
    void nothingIsLeftOfOneThatIsCancelled() {
        List<String> before = threads();
        Disposable playing = Rehearsal.play().subscribe();
        Eventually.until("a thread of it", () -> threads().size() > before.size());

        playing.dispose();

        awaitThreads(before);
    }
}
