package dev.oriel.pressure;

import static dev.oriel.pressure.PressureLevel.GREEN;
import static dev.oriel.pressure.PressureLevel.RED;
import static dev.oriel.pressure.PressureLevel.YELLOW;
import static dev.oriel.pressure.PressureProbe.Depth.FULL;
import static dev.oriel.pressure.PressureProbe.Depth.QUICK;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ProbingPressureSensorTest {
    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final Duration QUICK_INTERVAL = Duration.ofMillis(100);
    private static final long MIB = 1L << 20;

    private final VirtualTime time = new VirtualTime();
    private final ScriptedProbe probe = new ScriptedProbe(time);
    private final PressureSensor sensor =
            open(probe, time, PressureSensorSettings.defaults().withQuickInterval(QUICK_INTERVAL));

    private final List<PressureLevel> levels = new ArrayList<>();
    private final List<PressureStatus> statuses = new ArrayList<>();
    private final List<PressureDecision> decisions = new ArrayList<>();

    static PressureSensor open(ScriptedProbe probe, VirtualTime time, PressureSensorSettings settings) {
        return ProbingPressureSensor.open(probe, settings, time::nanoTime, time, time::pass);
    }

    private void listen() {
        time.advance(Duration.ZERO);
        sensor.levels().subscribe(levels::add);
        sensor.statuses().subscribe(statuses::add);
        sensor.decisions().subscribe(decisions::add);
    }

    private PressureStatus lastStatus() {
        return statuses.get(statuses.size() - 1);
    }

    private PressureDecision lastDecision() {
        return decisions.get(decisions.size() - 1);
    }

    @AfterEach
    void close() {
        sensor.close();
    }

    @Nested
    class Contract extends PressureSensorContract {
        private final VirtualTime contractTime = new VirtualTime();
        private final ScriptedProbe contractProbe = new ScriptedProbe(contractTime);
        private final PressureSensor believing = open(
                contractProbe, contractTime, PressureSensorSettings.defaults().withRelaxAfter(Duration.ZERO));

        Contract() {
            contractProbe.says(GREEN);
        }

        @Override
        PressureSensor sensor() {
            return believing;
        }

        @Override
        void see(PressureLevel level) {
            contractProbe.says(level);
            contractTime.advance(QUICK_INTERVAL);
        }

        @AfterEach
        void close() {
            believing.close();
        }
    }

    @Test
    void worsensAtTheNextLookAndImprovesAfterTheDwell() {
        listen();
        probe.says(RED);
        time.advance(QUICK_INTERVAL);
        assertThat(levels).containsExactly(GREEN, RED);
        probe.says(YELLOW);
        time.advance(INTERVAL);
        assertThat(levels).containsExactly(GREEN, RED);
        time.advance(QUICK_INTERVAL);
        assertThat(levels).containsExactly(GREEN, RED, YELLOW);
    }

    @Test
    void looksAtEverythingOnceInEachIntervalAndQuicklyInBetween() {
        time.advance(INTERVAL.multipliedBy(2));
        assertThat(probe.looks).hasSize(101);
        assertThat(probe.looks.stream().filter(look -> look.depth() == FULL).map(ScriptedProbe.Look::atMillis))
                .containsExactly(0L, 5_000L, 10_000L);
        assertThat(probe.looks.get(1)).isEqualTo(new ScriptedProbe.Look(100, QUICK));
    }

    @Test
    void looksAtEverythingBeforeItTellsOfAChange() {
        listen();
        probe.saysOnlyWhenLookingQuickly(RED);
        time.advance(QUICK_INTERVAL);
        assertThat(probe.looks.subList(1, 3))
                .containsExactly(new ScriptedProbe.Look(100, QUICK), new ScriptedProbe.Look(100, FULL));
        assertThat(levels).as("the full look did not bear it out").containsExactly(GREEN);
    }

    @Test
    void aNoticeOfTheKernelCallsForALookAtOnce() {
        listen();
        time.advance(Duration.ofMillis(50));
        probe.says(RED);
        time.notice();
        assertThat(levels).containsExactly(GREEN, RED);
        assertThat(probe.looks).contains(new ScriptedProbe.Look(50, QUICK));
    }

    @Test
    void aBurstOfNoticesMakesItLookNoFasterThanTheFastestInterval() {
        listen();
        time.advance(QUICK_INTERVAL);
        for (int millis = 0; millis < 100; millis++) {
            time.notice();
            time.advance(Duration.ofMillis(1));
        }
        assertThat(probe.looks.stream().filter(look -> look.atMillis() > 100)).hasSizeBetween(4, 6);
    }

    @Test
    void looksFastWhileSomethingStirsOrAThresholdIsNear() {
        listen();
        probe.stirs(true);
        time.advance(QUICK_INTERVAL);
        int before = probe.looks.size();
        time.advance(QUICK_INTERVAL);
        assertThat(probe.looks.size() - before).isEqualTo(5);
        probe.stirs(false);
        probe.has(100 * MIB);
        time.advance(QUICK_INTERVAL);
        before = probe.looks.size();
        time.advance(Duration.ofSeconds(1));
        assertThat(probe.looks.size() - before).isBetween(20, 21);
    }

    @Test
    void tellsSinceWhenALevelHasHeld() {
        listen();
        time.advance(INTERVAL.multipliedBy(3));
        probe.says(RED, "bad");
        time.advance(INTERVAL);
        probe.says(RED, "worse");
        time.advance(INTERVAL.multipliedBy(2));
        assertThat(lastStatus().level()).contains(RED);
        assertThat(lastStatus().since()).isEqualTo(Instant.EPOCH.plusMillis(15_100));
        assertThat(lastStatus().reading().orElseThrow().sources().get(0).evidence())
                .isEqualTo("worse");
    }

    @Test
    void repeatsAnUnchangedStatusOncePerIntervalThoughItLooksMoreOften() {
        listen();
        time.advance(INTERVAL.multipliedBy(4));
        assertThat(statuses).hasSize(1 + 4);
    }

    @Test
    void tellsWhatIsReadThoughItIsNotBelievedYet() {
        listen();
        probe.says(RED);
        time.advance(QUICK_INTERVAL);
        probe.says(YELLOW);
        time.advance(QUICK_INTERVAL);
        assertThat(lastStatus().level()).contains(RED);
        assertThat(lastStatus().reading().orElseThrow().level()).contains(YELLOW);
    }

    @Test
    void whenNothingCanBeReadForADwellTheLevelIsUnknownAndTheStatusSaysWhy() {
        listen();
        probe.saysNothing("psi: not there");
        time.advance(INTERVAL);
        assertThat(lastStatus().level()).contains(GREEN);
        assertThat(lastStatus().reading().orElseThrow().absent()).containsExactly("psi: not there");
        time.advance(QUICK_INTERVAL);
        assertThat(lastStatus().level()).isEmpty();
        assertThat(lastDecision().to()).isEmpty();
        assertThat(lastDecision().reason()).isEqualTo("nothing can be read for 5.0 s");
        assertThat(lastDecision().replayed()).isEmpty();
        probe.says(GREEN);
        time.advance(QUICK_INTERVAL);
        assertThat(lastStatus().level()).contains(GREEN);
        assertThat(levels)
                .as("a level that is unknown for a while is no other level")
                .containsExactly(GREEN);
    }

    @Test
    void goesOnWhenTheProbeThrows() {
        listen();
        probe.throwsWhenAsked(new IllegalStateException("broken"));
        time.advance(QUICK_INTERVAL);
        assertThat(lastStatus().reading().orElseThrow().absent())
                .containsExactly("the probe failed: java.lang.IllegalStateException: broken");
        probe.throwsWhenAsked(new OutOfMemoryError("heap"));
        time.advance(INTERVAL);
        assertThat(lastStatus().level()).isEmpty();
        probe.says(YELLOW);
        time.advance(QUICK_INTERVAL);
        assertThat(levels).endsWith(YELLOW);
    }

    @Test
    void keepsItsPaceWhenWaitingFails() {
        listen();
        probe.throwsWhenWaiting(new IllegalStateException("no poll"));
        time.advance(QUICK_INTERVAL);
        int before = probe.looks.size();
        time.advance(INTERVAL);
        assertThat(probe.looks.size() - before).isEqualTo(50);
        probe.throwsWhenWaiting(null);
        time.advance(QUICK_INTERVAL);
    }

    @Test
    void nothingGetsBetterOverATimeInWhichItDidNotLook() {
        listen();
        probe.says(RED);
        time.advance(QUICK_INTERVAL);
        probe.says(GREEN);
        time.advance(QUICK_INTERVAL);
        time.jump(Duration.ofMinutes(1));
        time.advance(Duration.ofMillis(4_900));
        assertThat(levels).containsExactly(GREEN, RED);
        time.advance(Duration.ofMillis(200));
        assertThat(levels).containsExactly(GREEN, RED, GREEN);
        assertThat(lastDecision().steps()).anyMatch(LevelStep::afterGap);
        assertThat(lastDecision().replayed()).contains(GREEN);
    }

    @Test
    void aClockThatGoesBackIsOvercome() {
        listen();
        probe.says(RED);
        time.advance(QUICK_INTERVAL);
        probe.says(GREEN);
        time.advance(QUICK_INTERVAL);
        time.jump(Duration.ofMinutes(-1));
        time.advance(Duration.ofMillis(5_200));
        assertThat(levels).containsExactly(GREEN, RED, GREEN);
    }

    @Test
    void saysWhichSourceMadeItWorseAndForHowLongItHasBeenBetter() {
        listen();
        probe.says(RED, "9.1 % left of 1.0 GiB in /box");
        time.advance(QUICK_INTERVAL);
        assertThat(lastDecision().from()).contains(GREEN);
        assertThat(lastDecision().to()).contains(RED);
        assertThat(lastDecision().at()).isEqualTo(Instant.EPOCH.plusMillis(100));
        assertThat(lastDecision().reason()).isEqualTo("scripted: 9.1 % left of 1.0 GiB in /box");
        probe.says(GREEN);
        time.advance(INTERVAL.plus(QUICK_INTERVAL));
        assertThat(lastDecision().reason()).isEqualTo("better for 5.0 s");
        assertThat(decisions)
                .hasSize(3)
                .allSatisfy(decision -> assertThat(decision.replayed()).isEqualTo(decision.to()));
    }

    @Test
    void saysHowFastAForeseenLevelComes() {
        listen();
        probe.has(120 * MIB);
        probe.falls(500 * MIB);
        probe.foresees(YELLOW, RED);
        time.advance(QUICK_INTERVAL);
        assertThat(lastDecision().to()).contains(YELLOW);
        assertThat(lastDecision().reason())
                .isEqualTo("scripted falls by 500 MiB a second and would be YELLOW in 250 ms");
    }

    @Test
    void saysThatALevelIsForeseenThoughNoSourceSaysHowFastItFalls() {
        listen();
        probe.foresees(YELLOW, RED);
        time.advance(QUICK_INTERVAL);
        assertThat(lastDecision().reason())
                .isEqualTo("memory would be YELLOW in 250 ms if it went on falling as it did lately");
    }

    @Test
    void anInterruptLeftByAListenerDoesNotMakeItSpin() {
        listen();
        sensor.levels()
                .filter(RED::equals)
                .subscribe(level -> Thread.currentThread().interrupt());
        probe.says(RED);
        time.advance(QUICK_INTERVAL);
        int before = probe.looks.size();
        time.advance(QUICK_INTERVAL);
        assertThat(probe.looks).hasSize(before + 1);
    }

    @Test
    void keepsTheNewestStepsAndTheStateThatTheyBeginWith() {
        listen();
        probe.says(RED);
        time.advance(QUICK_INTERVAL);
        for (int i = 0; i < 200; i++) {
            probe.says(YELLOW);
            time.advance(QUICK_INTERVAL);
            probe.says(RED);
            time.advance(QUICK_INTERVAL);
        }
        probe.says(GREEN);
        time.advance(INTERVAL.plus(QUICK_INTERVAL));
        assertThat(lastDecision().steps()).hasSize(256);
        assertThat(lastDecision().start().level()).contains(RED);
        assertThat(lastDecision().to()).contains(GREEN);
        assertThat(lastDecision().replayed()).contains(GREEN);
    }

    @Test
    void stopsLookingWhenClosed() {
        time.advance(INTERVAL);
        sensor.close();
        int asked = probe.looks.size();
        assertThat(time.hasEnded())
                .as("the probe is closed, the thread is gone")
                .isTrue();
        time.advance(INTERVAL.multipliedBy(3));
        assertThat(probe.looks).hasSize(asked);
    }

    @Test
    void canBeClosedBySomebodyWhoListens() {
        listen();
        sensor.levels().filter(RED::equals).subscribe(level -> sensor.close());
        probe.says(RED);
        time.advance(QUICK_INTERVAL);
        assertThat(time.hasEnded()).isTrue();
        assertThat(statuses).extracting(PressureStatus::level).contains(Optional.of(RED));
    }
}
