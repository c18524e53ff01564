package dev.oriel.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.benchmarks.MemoryProfileReport.PressureStep;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** The step where memory cannot be made scarce; {@link MemoryProfileIT} makes it scarce where it can be. */
class PressureStepCheckIT {

    @Test
    void aScriptedStepIsFollowedAndSaysSo() throws IOException, InterruptedException {
        Map<String, String> environment = Map.of("PATH", System.getenv("PATH"));
        try (Children children = new Children();
                ProfileScene scene = ProfileScene.open(children, environment, OptionalInt.of(1))) {
            PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
            PressureStep step = new PressureStepCheck(
                            new Workplace(Checkout.root(), children, text -> {}),
                            HttpClient.newHttpClient(),
                            environment,
                            scene,
                            new ProgressLine(nowhere, false, 30),
                            new StopSignal())
                    .runScripted(1, "there is no controller");

            assertThat(step.problem()).isEmpty();
            assertThat(step.passed()).isTrue();
            assertThat(step.kind()).isEqualTo("scripted");
            assertThat(step.how()).endsWith("there is no controller");
            assertThat(step.millisToRed()).isEmpty();
            assertThat(step.after()).extracting(PressureStep.After::millis).containsExactly(0L, 100L, 1000L, 2000L);
            assertThat(step.after().get(3).cache().budgetBytes()).isLessThanOrEqualTo(50L << 20);
        }
    }
}
