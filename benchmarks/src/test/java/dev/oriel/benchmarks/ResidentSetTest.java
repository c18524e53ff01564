package dev.oriel.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class ResidentSetTest {

    private static final long MEBIBYTE = 1024 * 1024;

    @Test
    void agreesWithTheWalkOfThePageTables() throws IOException {
        double walked = new ProcessMeter(ProcessHandle.current().pid()).memory().residentMegabytes() * MEBIBYTE;
        try (ResidentSet set = new ResidentSet()) {
            assertThat((double) set.bytes()).isCloseTo(walked, within(16.0 * MEBIBYTE));
        }
    }
}
