package dev.oriel.pressure;

import static dev.oriel.pressure.PressureLevel.GREEN;
import static dev.oriel.pressure.PressureLevel.RED;
import static dev.oriel.pressure.PressureLevel.YELLOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.pressure.linux.FakeKernel;
import dev.oriel.pressure.linux.LinuxPressureProbe;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way from the kernel's files to a level, in virtual time. */
class SystemSensorTest {
    private static final long MIB = 1L << 20;
    private static final Duration STEP = Duration.ofMillis(10);

    private final VirtualTime time = new VirtualTime();
    private final Map<PressureLevel, Duration> reachedAfter = new LinkedHashMap<>();
    private FakeKernel kernel;
    private PressureSensor sensor = PressureSensors.fixed(PressureLevel.GREEN);

    @BeforeEach
    void switchOn(@TempDir Path root) {
        kernel = new FakeKernel(root).machine(24_000, 23_000);
    }

    @AfterEach
    void close() {
        sensor.close();
    }

    private void watch() {
        PressureSensorSettings settings = PressureSensorSettings.defaults();
        sensor = ProbingPressureSensor.open(
                new InVirtualTime(LinuxPressureProbe.withoutNotices(settings, kernel.root(), time), time),
                settings,
                time::nanoTime,
                time,
                time::pass);
        sensor.levels().subscribe(level -> reachedAfter.put(level, Duration.ofNanos(time.nanoTime())));
    }

    @Test
    void seesAHogInsideASmallLimitBeforeItIsThere() {
        kernel.memberOfV1("/box", "/").v1Group("/box", Long.toString(400 * MIB), 0, 0);
        watch();
        for (long tenMillis = 0; tenMillis < 420; tenMillis++) {
            kernel.v1Group("/box", Long.toString(400 * MIB), tenMillis * MIB, 0);
            time.advance(STEP);
        }
        // At 100 MiB/s, 80 % of the limit is passed after 3.2 s, 90 % after 3.6 s; a fall counts 250 ms ahead.
        assertThat(reachedAfter.get(YELLOW)).isBetween(Duration.ofMillis(2_900), Duration.ofMillis(3_100));
        assertThat(reachedAfter.get(RED)).isBetween(Duration.ofMillis(3_300), Duration.ofMillis(3_500));
    }

    @Test
    void seesAHogOnTheWholeMachineBeforeItIsThere() {
        watch();
        long availableMebibytes = 23_000;
        Duration yellowPassed = Duration.ZERO;
        while (availableMebibytes > 2_000) {
            availableMebibytes -= 10;
            kernel.memory(24_000, availableMebibytes);
            time.advance(STEP);
            if (availableMebibytes == 4_790) {
                yellowPassed = Duration.ofNanos(time.nanoTime());
            }
        }
        assertThat(reachedAfter.get(YELLOW)).isBetween(yellowPassed.minusMillis(300), yellowPassed.minusMillis(100));
        assertThat(reachedAfter).containsKey(RED);
    }

    @Test
    void goesGreenAgainWhenTheHogIsGone() {
        watch();
        kernel.memory(24_000, 1_000);
        time.advance(Duration.ofSeconds(5));
        assertThat(reachedAfter).containsKey(RED);
        reachedAfter.clear();
        kernel.memory(24_000, 23_000);
        time.advance(Duration.ofMillis(5_500));
        assertThat(reachedAfter).containsOnlyKeys(GREEN);
    }
}
