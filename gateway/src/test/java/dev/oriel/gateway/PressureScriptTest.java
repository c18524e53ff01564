package dev.oriel.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.oriel.pressure.PressureLevel;
import dev.oriel.pressure.PressureSensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

class PressureScriptTest {

    @TempDir
    Path folder;

    private String script(String... lines) {
        try {
            return Files.write(folder.resolve("levels.txt"), java.util.List.of(lines))
                    .toString();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"RED", "red", " Red "})
    void aLevelStays(String text) {
        try (PressureSensor sensor = PressureScript.sensor(text)) {
            assertThat(sensor.levels().blockFirst(Duration.ofSeconds(5))).isEqualTo(PressureLevel.RED);
        }
    }

    @Test
    void playsLevelsAtTheirTimes() {
        String file = script("# up and down", "", "0 GREEN", "  10   red", "12.5 YELLOW");
        StepVerifier.withVirtualTime(() -> levels(file))
                .expectNext(PressureLevel.GREEN)
                .expectNoEvent(Duration.ofSeconds(10))
                .expectNext(PressureLevel.RED)
                .expectNoEvent(Duration.ofMillis(2500))
                .expectNext(PressureLevel.YELLOW)
                .expectNoEvent(Duration.ofDays(1))
                .thenCancel()
                .verify(Duration.ofSeconds(10));
    }

    @Test
    void playsLinesInTheOrderOfTheirTimes() {
        String file = script("7 RED", "3 YELLOW");
        StepVerifier.withVirtualTime(() -> levels(file))
                .expectSubscription()
                .expectNoEvent(Duration.ofSeconds(3))
                .expectNext(PressureLevel.YELLOW)
                .expectNoEvent(Duration.ofSeconds(4))
                .expectNext(PressureLevel.RED)
                .thenCancel()
                .verify(Duration.ofSeconds(10));
    }

    @RepeatedTest(5)
    void playsLinesOfTheSameTimeInTheirOrder() {
        String file = script("0.3 GREEN", "0.3 RED", "0.3 YELLOW", "0.3 RED", "0.3 GREEN", "0.3 YELLOW");

        assertThat(levels(file).take(Duration.ofSeconds(1)).collectList().block(Duration.ofSeconds(10)))
                .as("each at once, so the last one counts")
                .endsWith(PressureLevel.YELLOW);
    }

    @Test
    void aScriptWithoutALineIsRefused() {
        String file = script("# nothing yet", "");
        assertThatThrownBy(() -> PressureScript.sensor(file))
                .isInstanceOfSatisfying(
                        SettingsException.class,
                        wrong -> assertThat(wrong.problems())
                                .containsExactly(file + " has no line; allowed: lines such as \"10 RED\""));
    }

    @Test
    void closingEndsTheShow() {
        VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();
        try {
            PressureSensor sensor = PressureScript.sensor(script("5 RED"));
            StringBuilder heard = new StringBuilder();
            Disposable listening = sensor.levels().subscribe(heard::append);

            sensor.close();
            time.advanceTimeBy(Duration.ofSeconds(10));

            assertThat(heard).isEmpty();
            assertThat(listening.isDisposed()).isTrue();
        } finally {
            VirtualTimeScheduler.reset();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"RED", "10", "ten RED", "10 PURPLE", "10 RED now", "-1 RED", "1e3 RED", "1234567 RED"})
    void namesALineThatIsWrong(String line) {
        String file = script("0 GREEN", line);

        assertThatThrownBy(() -> PressureScript.sensor(file))
                .isInstanceOf(SettingsException.class)
                .hasMessage(file + " line 2 is \"" + line + "\"; allowed: seconds and a level, such as \"10 RED\"");
    }

    @Test
    void namesAFileThatCannotBeRead() {
        String file = folder.resolve("nothing").toString();

        assertThatThrownBy(() -> PressureScript.sensor(file))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("--pressure is \"" + file + "\"; allowed: GREEN, YELLOW, RED, or a file");
    }

    @Test
    void namesAFileThatIsNotText() throws IOException {
        Path file = Files.write(folder.resolve("bytes"), new byte[] {(byte) 0xFF, (byte) 0xFE, 0, 1});

        assertThatThrownBy(() -> PressureScript.sensor(file.toString())).isInstanceOf(SettingsException.class);
    }

    private static Flux<PressureLevel> levels(String file) {
        return Flux.using(() -> PressureScript.sensor(file), PressureSensor::levels, PressureSensor::close);
    }
}
