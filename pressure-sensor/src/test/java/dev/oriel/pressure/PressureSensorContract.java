package dev.oriel.pressure;

import static dev.oriel.pressure.PressureLevel.GREEN;
import static dev.oriel.pressure.PressureLevel.RED;
import static dev.oriel.pressure.PressureLevel.YELLOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.test.StepVerifier;

/** What every sensor does, wherever its levels come from. */
abstract class PressureSensorContract {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** The sensor under test; it believes each level at once. */
    abstract PressureSensor sensor();

    /** Lets the sensor see a level. */
    abstract void see(PressureLevel level);

    @Test
    void tellsEachChangeOnce() {
        StepVerifier.create(sensor().levels())
                .then(() -> List.of(GREEN, RED, RED, YELLOW, YELLOW).forEach(this::see))
                .expectNext(GREEN, RED, YELLOW)
                .then(sensor()::close)
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void tellsALateSubscriberTheNewestLevel() {
        see(GREEN);
        see(RED);
        StepVerifier.create(sensor().levels()).expectNext(RED).thenCancel().verify(PATIENCE);
        StepVerifier.create(sensor().statuses().map(PressureStatus::level))
                .expectNext(Optional.of(RED))
                .thenCancel()
                .verify(PATIENCE);
    }

    @Test
    void aSlowSubscriberGetsTheNewestLevelOnly() {
        StepVerifier.create(sensor().levels(), 0)
                .then(() -> List.of(GREEN, YELLOW, RED).forEach(this::see))
                .thenRequest(1)
                .expectNext(RED)
                .then(() -> List.of(GREEN, YELLOW).forEach(this::see))
                .thenRequest(1)
                .expectNext(YELLOW)
                .thenCancel()
                .verify(PATIENCE);
    }

    @Test
    void aFailingSubscriberHarmsNoOther() {
        List<PressureLevel> seen = new ArrayList<>();
        sensor().levels()
                .subscribe(
                        level -> {
                            throw new IllegalStateException("a bad subscriber");
                        },
                        failure -> {});
        sensor().levels().subscribe(seen::add);
        see(GREEN);
        see(RED);
        assertThat(seen).containsExactly(GREEN, RED);
    }

    @Test
    void recordsEachChangeJustBeforeItTellsIt() {
        List<String> heard = new ArrayList<>();
        sensor().decisions()
                .subscribe(decision -> heard.add("decided " + decision.to().orElseThrow()));
        sensor().levels().subscribe(level -> heard.add("told " + level));
        List.of(GREEN, RED, RED, YELLOW).forEach(this::see);
        assertThat(heard)
                .containsExactly(
                        "decided GREEN", "told GREEN", "decided RED", "told RED", "decided YELLOW", "told YELLOW");
    }

    @Test
    void aDecisionLeadsFromTheOneBeforeAndIsMadeTheSameWhenReplayed() {
        List<PressureDecision> decisions = new ArrayList<>();
        sensor().decisions().subscribe(decisions::add);
        List.of(GREEN, RED, GREEN, YELLOW, GREEN).forEach(this::see);
        assertThat(decisions).hasSize(5);
        Optional<PressureLevel> before = Optional.empty();
        for (PressureDecision decision : decisions) {
            assertThat(decision.from()).isEqualTo(before);
            assertThat(decision.replayed()).isEqualTo(decision.to());
            assertThat(decision.reason()).isNotBlank();
            before = decision.to();
        }
    }

    @Test
    void keepsTheNewestDecisionsForLateAndSlowSubscribers() {
        List<PressureDecision> slow = new ArrayList<>();
        BaseSubscriber<PressureDecision> subscriber = new BaseSubscriber<>() {
            @Override
            protected void hookOnSubscribe(Subscription subscription) {}

            @Override
            protected void hookOnNext(PressureDecision decision) {
                slow.add(decision);
            }
        };
        sensor().decisions().subscribe(subscriber);
        for (int i = 0; i < 50; i++) {
            see(GREEN);
            see(RED);
        }
        List<PressureDecision> late = new ArrayList<>();
        sensor().decisions().subscribe(late::add);
        subscriber.requestUnbounded();
        assertThat(late).hasSize(64);
        assertThat(late.get(63).to()).contains(RED);
        assertThat(slow).isEqualTo(late);
    }

    @Test
    void closedTwiceItStaysCompleted() {
        see(GREEN);
        sensor().close();
        sensor().close();
        StepVerifier.create(sensor().levels()).expectComplete().verify(PATIENCE);
        StepVerifier.create(sensor().statuses()).expectComplete().verify(PATIENCE);
        StepVerifier.create(sensor().decisions()).expectComplete().verify(PATIENCE);
    }
}
