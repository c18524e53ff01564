package dev.oriel.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.oriel.benchmarks.MemoryProfileReport.Level;
import dev.oriel.benchmarks.MemoryProfileReport.Phase;
import dev.oriel.benchmarks.MemoryProfileReport.Target;
import dev.oriel.pressure.PressureLevel;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfileTargetsTest {

    private static List<Target> of(PressureLevel level, Phase... phases) {
        return ProfileTargets.validate(List.of(new Level(level, List.of(phases), Optional.empty())), Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({
        "GREEN, 600, true, true",
        "GREEN, 601, true, false",
        "GREEN, 800, true, false",
        "GREEN, 801, false, false",
        "YELLOW, 300, true, true",
        "YELLOW, 301, true, false",
        "YELLOW, 401, false, false",
        "RED, 100, true, true",
        "RED, 101, false, false"
    })
    void aLimitIsMetUpToItself(PressureLevel level, long megabytes, boolean seed, boolean oriel) {
        assertThat(of(level, ReportSamples.phase("vision", 50, megabytes, 60)))
                .extracting(Target::set, Target::met)
                .containsExactly(tuple("seed", seed), tuple("oriel", oriel));
    }

    @Test
    void theHighestPeakOfAllPhasesCounts() {
        assertThat(of(PressureLevel.GREEN, ReportSamples.phase("baseline", 650), ReportSamples.phase("vision", 90)))
                .extracting(Target::measuredBytes)
                .containsOnly(650 * ReportSamples.MEGABYTE);
    }

    @Test
    void serverAndAgentTogetherAreHeldAgainstThePromiseForAll() {
        Target together =
                of(PressureLevel.GREEN, ReportSamples.phaseWithAgent(590, 230)).get(2);
        assertThat(together.level()).isEmpty();
        assertThat(together.measuredBytes()).isEqualTo((590 - 10 + 231 - 10) * ReportSamples.MEGABYTE);
        assertThat(together.met()).isFalse();
    }

    @Test
    void aStepIsJudgedTwoSecondsLater() {
        List<Target> targets = ProfileTargets.validate(List.of(), Optional.of(ReportSamples.step(true, 101)));
        assertThat(targets).singleElement().satisfies(target -> {
            assertThat(target.what()).isEqualTo("RSS of the server 2000 ms after GREEN turned RED");
            assertThat(target.measuredBytes()).isEqualTo(101 * ReportSamples.MEGABYTE);
            assertThat(target.met()).isFalse();
        });
    }

    @Test
    void nothingIsSaidOfWhatWasNotMeasured() {
        assertThat(ProfileTargets.validate(List.of(), Optional.empty())).isEmpty();
    }
}
