package dev.oriel.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.benchmarks.MemoryProfileReport.Phase;
import dev.oriel.benchmarks.MemoryProfileReport.Sample;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PhaseLogTest {

    @Test
    void isNothingWithoutASample() {
        assertThat(new PhaseLog("vision").phase()).isEmpty();
    }

    @Test
    void keepsWhatWasMeasuredBeforeItWasCutShort() {
        PhaseLog log = new PhaseLog("vision");
        log.add(new Sample(12.0, ReportSamples.megabytes(100), Optional.empty()));
        log.add(new Sample(13.5, ReportSamples.megabytes(120), Optional.empty()));
        Phase phase = log.phase().orElseThrow();
        assertThat(phase.complete()).isFalse();
        assertThat(phase.fromSeconds()).isEqualTo(12.0);
        assertThat(phase.seconds()).isEqualTo(1.5);
        assertThat(phase.server().resident().deltaBytes()).isEqualTo(20 * ReportSamples.MEGABYTE);
        assertThat(phase.agent()).isEmpty();
        assertThat(phase.total()).isEmpty();
    }

    @Test
    void addsServerAndAgentSecondBySecond() {
        Phase phase = ReportSamples.phaseWithAgent(500, 100);
        assertThat(phase.total().orElseThrow().resident())
                .isEqualTo(new Spread(
                        600 * ReportSamples.MEGABYTE,
                        601 * ReportSamples.MEGABYTE,
                        ReportSamples.MEGABYTE,
                        601 * ReportSamples.MEGABYTE,
                        600 * ReportSamples.MEGABYTE + ReportSamples.MEGABYTE / 2));
    }
}
