package dev.oriel.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.oriel.pressure.PressureLevel;
import dev.oriel.pressure.PressureReading;
import dev.oriel.pressure.SourceReading;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class SpareMemoryTest {

    private static final long MEBIBYTE = 1L << 20;

    private static SourceReading source(String name, String whole, long wholeMegabytes, long availableMegabytes) {
        return new SourceReading(
                name,
                PressureLevel.GREEN,
                "as a person reads it",
                OptionalLong.empty(),
                Map.of("availableBytes", availableMegabytes * MEBIBYTE, whole, wholeMegabytes * MEBIBYTE));
    }

    private static SpareMemory of(SourceReading... sources) {
        return SpareMemory.of(new PressureReading(List.of(sources), List.of(), Instant.EPOCH));
    }

    @Test
    void aTwentiethOfTheMachineStays() {
        SpareMemory spare = of(source("memavailable", "totalBytes", 8000, 6000));

        assertThat(spare.availableMegabytes()).isEqualTo(6000);
        assertThat(spare.megabytes()).isEqualTo(5600);
    }

    @Test
    void noMoreThanAGibibyteStays() {
        assertThat(of(source("memavailable", "totalBytes", 256_000, 100_000)).megabytes())
                .isEqualTo(98_976);
    }

    @Test
    void theTightestLimitCounts() {
        SpareMemory spare = of(
                source("memavailable", "totalBytes", 8000, 6000),
                source("cgroup", "limitBytes", 1000, 424),
                source("heap", "limitBytes", 64, 10));

        assertThat(spare).isEqualTo(new SpareMemory("cgroup", 424 * MEBIBYTE, 50 * MEBIBYTE));
    }

    @Test
    void nothingCanBeTakenBelowTheReserve() {
        assertThat(of(source("cgroup", "limitBytes", 1000, 20)).megabytes()).isZero();
    }

    @Test
    void nothingCanBeTakenWhereNoSensorTells() {
        assertThat(of().megabytes()).isZero();
    }

    @Test
    void refusesMoreAndNamesTheNumbers() {
        SpareMemory spare = of(source("cgroup", "limitBytes", 1000, 424));

        assertThatCode(() -> spare.refuseMoreThan(374)).doesNotThrowAnyException();
        assertThatThrownBy(() -> spare.refuseMoreThan(375))
                .isInstanceOf(SettingsException.class)
                .hasMessage("--megabytes is 375, more than can be lost here; allowed: up to 374, or --force"
                        + " (cgroup tells 424 MB available, of which 50 have to stay)");
    }
}
