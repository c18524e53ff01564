package dev.oriel.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.oriel.capture.Eventually;
import dev.oriel.capture.x11.XServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * A control group that is too small for a full cache and a second program together. Nothing can be swapped, so either the
 * cache gives way in time or the kernel kills.
 */
@Timeout(300)
class SurvivalIT {

    private static final int WIDTH = 1920;
    private static final int HEIGHT = 1080;
    private static final long MEGABYTE = 1L << 20;
    private static final long LIMIT_BYTES = 1024 * MEGABYTE;
    private static final long FEWEST_BYTES = 400 * MEGABYTE;
    private static final double FULL = 0.95;
    private static final int HOG_MEGABYTES = 880;
    private static final int HOG_MEGABYTES_PER_SECOND = 500;
    private static final Duration HOG_STAYS = Duration.ofSeconds(5);
    private static final int ROUNDS = 2;
    private static final Duration LONGEST_FILL = Duration.ofSeconds(100);

    @TempDir
    private Path folder;

    private final Random random = new Random(1);
    private Optional<LimitedGroup> group = Optional.empty();

    @BeforeEach
    void makeGroup() {
        group = LimitedGroup.make(LIMIT_BYTES);
        assumeTrue(group.isPresent(), "no memory control group can be made here");
    }

    @AfterEach
    void removeGroup() {
        group.ifPresent(LimitedGroup::close);
    }

    @Test
    void theCacheGivesWaySoThatNothingIsKilled() throws IOException, InterruptedException {
        LimitedGroup limited = group.orElseThrow();
        try (XServer screen = XServer.start(WIDTH, HEIGHT);
                OrielProcess oriel = serve(limited, screen, true)) {
            for (int round = 0; round < ROUNDS; round++) {
                fill(oriel, screen);
                int status = hog(limited);

                assertThat(limited.kills())
                        .as("kills in round %d, at most %d MB used", round, limited.peakBytes() / MEGABYTE)
                        .isZero();
                assertThat(status).as("the hog's").isZero();
                assertThat(oriel.get("/healthz").statusCode()).isEqualTo(200);
            }
            assertThat(oriel.errors()).contains("memory pressure is RED");
        }
    }

    @Test
    void aFixedBudgetEndsInAKill() throws IOException, InterruptedException {
        LimitedGroup limited = group.orElseThrow();
        try (XServer screen = XServer.start(WIDTH, HEIGHT);
                OrielProcess oriel = serve(limited, screen, false)) {
            fill(oriel, screen);
            hog(limited);

            assertThat(limited.kills()).isPositive();
        }
    }

    /* The X server is outside: its memory is not in question. */
    private static OrielProcess serve(LimitedGroup limited, XServer screen, boolean adaptive) {
        return OrielProcess.start(
                limited.enter(),
                Map.of(
                        "ORIEL_DISPLAYS", screen.display(),
                        "IMAGE_COMPRESSION_QUALITY", "100",
                        "JARVIS_ADAPTIVE_MEMORY", Boolean.toString(adaptive)));
    }

    private static int hog(LimitedGroup limited) throws IOException, InterruptedException {
        Process hog = limited.hog(HOG_MEGABYTES, HOG_MEGABYTES_PER_SECOND, HOG_STAYS);
        try {
            return hog.waitFor();
        } finally {
            LimitedGroup.end(hog);
        }
    }

    /** Shows noise, each time in other colours, until the cache is full of it. */
    private void fill(OrielProcess oriel, XServer screen) throws IOException {
        Eventually.within(
                LONGEST_FILL,
                "it is GREEN",
                () -> oriel.json("/api/pressure").path("level").stringValue().equals("GREEN"));
        String picture = "/api/spaces/"
                + oriel.json("/api/spaces").get(0).path("id").stringValue() + "/frame.jpg?quality=optimized";
        Path noise = Files.writeString(folder.resolve("noise.xbm"), noise());
        Eventually.within(LONGEST_FILL, "the cache is full", () -> {
            screen.run("xsetroot", "-bitmap", noise.toString(), "-fg", color(0xC0C0C0), "-bg", color(0));
            assertThat(oriel.get(picture).statusCode()).isEqualTo(200);
            JsonNode cache = oriel.json("/api/stats").path("cache");
            long live = cache.path("liveBytes").longValue();
            return live >= FEWEST_BYTES
                    && live >= FULL * cache.path("budgetBytes").longValue();
        });
    }

    private String color(int least) {
        return String.format("#%06x", least | random.nextInt(0x1000000) & 0x3F3F3F);
    }

    /** A bitmap as large as the screen, in the format of X. */
    private String noise() {
        StringBuilder text = new StringBuilder("#define noise_width " + WIDTH + "\n#define noise_height " + HEIGHT
                + "\nstatic char noise_bits[] = {\n");
        for (int at = 0; at < WIDTH / 8 * HEIGHT; at++) {
            text.append(random.nextInt(256)).append(at % 16 == 15 ? ",\n" : ",");
        }
        return text.append("};\n").toString();
    }
}
