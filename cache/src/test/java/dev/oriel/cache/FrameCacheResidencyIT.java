package dev.oriel.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.oriel.capture.Quality;
import dev.oriel.capture.SpaceId;
import dev.oriel.capture.TestFrames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Scanner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What the kernel says of the process, beside what the cache says of itself. */
@EnabledOnOs(OS.LINUX)
class FrameCacheResidencyIT extends FrameCacheScenario {

    @Test
    void whatAShrinkReleasesIsGoneFromTheProcess() throws IOException {
        cache.resize(160L * MEBIBYTE);
        for (long revision = 1; evictions(cache) == 0; revision++) {
            cache.put(TestFrames.fresh(
                            cache.memory(), info(new SpaceId("s" + revision % 9), Quality.FULL, revision), 68, 5000)
                    .orElseThrow());
        }
        Figures full = Figures.read(cache);
        assertThat(full.cacheBytes()).isGreaterThan(150L * MEBIBYTE);

        cache.resize(10L * MEBIBYTE);
        Figures shrunk = Figures.read(cache);

        assertThat(shrunk.cacheBytes()).isLessThan(11L * MEBIBYTE);
        assertThat(full.processBytes() - shrunk.processBytes())
                .isCloseTo(full.cacheBytes() - shrunk.cacheBytes(), within(16L * MEBIBYTE));
    }

    private record Figures(long processBytes, long cacheBytes) {

        static Figures read(FrameCache cache) throws IOException {
            return new Figures(anonymousBytes(), cache.stats().residentBytes());
        }

        private static long anonymousBytes() throws IOException {
            String rollup = Files.readString(Path.of("/proc/self/smaps_rollup"));
            String line = rollup.lines()
                    .filter(candidate -> candidate.startsWith("Anonymous:"))
                    .findFirst()
                    .orElseThrow();
            return new Scanner(line.substring("Anonymous:".length())).nextLong() * 1024;
        }
    }
}
