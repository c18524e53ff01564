package dev.oriel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.capture.Eventually;
import dev.oriel.capture.x11.XServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Real memory pressure: a control group with a limit, Oriel in it, and a program that takes the rest. */
class PressureIT {

    private static final long LIMIT_BYTES = 800L << 20;
    private static final Duration LONGEST_CHANGE = Duration.ofSeconds(20);
    private static final int THUMBNAIL = 3;
    private static final int OPTIMIZED = 1;

    @Test
    void aHogDrivesGreenToRedAndItsEndBackToGreen() throws IOException {
        try (XServer first = XServer.start(1280, 800);
                XServer second = XServer.start(1280, 800)) {
            Map<String, String> displays = Map.of("ORIEL_DISPLAYS", first.display() + "," + second.display());
            Optional<LimitedGroup> group = LimitedGroup.make(LIMIT_BYTES);
            if (group.isPresent()) {
                try (LimitedGroup limited = group.get();
                        OrielProcess oriel = OrielProcess.start(limited.enter(), displays)) {
                    assertThat(oriel.json("/api/pressure").path("sources").toString())
                            .contains("\"cgroup\"");
                    follow(oriel, first, () -> hog(limited, oriel), LimitedGroup::end);
                }
            } else {
                Path script = Files.createTempFile("oriel-levels", ".txt");
                Files.writeString(script, "0 GREEN\n8 RED\n16 GREEN\n");
                try (OrielProcess oriel = OrielProcess.serve(displays, "--pressure", script.toString())) {
                    follow(oriel, first, () -> null, ignored -> {});
                } finally {
                    Files.deleteIfExists(script);
                }
            }
        }
    }

    private interface Start {
        @org.jspecify.annotations.Nullable
        Process run() throws IOException;
    }

    private interface End {
        void of(Process hog);
    }

    private static void follow(OrielProcess oriel, XServer first, Start start, End end) throws IOException {
        try (FeedClient feed = oriel.watch("?spaces=*&quality=optimized")) {
            until(oriel, "GREEN", 500, "optimized", "all");
            OrielIT.newest(feed, 1, "at GREEN", frame -> frame.quality() == OPTIMIZED && frame.width() == 1280);
            OrielIT.newest(feed, 2, "at GREEN", frame -> frame.quality() == OPTIMIZED);

            Process hog = start.run();
            until(oriel, "RED", 50, "thumbnail", "active_only");
            feed.text("pressure", text -> text.path("level").stringValue().equals("RED"));
            first.run("xsetroot", "-solid", "#884422");
            OrielIT.newest(feed, 1, "at RED", frame -> frame.quality() == THUMBNAIL && frame.width() == 400);
            Eventually.until(
                    "the display that is not active is stale",
                    () -> oriel.ofSpace(
                                    oriel.json("/api/spaces").get(1).path("id").stringValue(), "state")
                            .equals("stale"));
            Eventually.until(
                    "the cache gave way",
                    () -> oriel.json("/api/stats")
                                    .path("cache")
                                    .path("budgetBytes")
                                    .longValue()
                            <= 50L << 20);

            if (hog != null) {
                end.of(hog);
            }
            until(oriel, "GREEN", 500, "optimized", "all");
            first.run("xsetroot", "-solid", "#224488");
            OrielIT.newest(
                    feed,
                    1,
                    "at GREEN again",
                    frame -> frame.quality() == OPTIMIZED && frame.pixels().channel(640, 400, 0) > 100);
            List<String> levels = feed.texts("pressure").stream()
                    .map(text -> text.path("level").stringValue())
                    .toList();
            assertThat(levels).contains("RED").last().isEqualTo("GREEN");
        }
    }

    /** Takes memory until 6 % of the limit is left: RED begins at 10 %. */
    private static Process hog(LimitedGroup group, OrielProcess oriel) throws IOException {
        for (JsonNode source : oriel.json("/api/pressure").path("sources")) {
            if (source.path("name").stringValue().equals("cgroup")) {
                long available = source.path("raw").path("availableBytes").longValue();
                return group.hog(available - LIMIT_BYTES * 6 / 100);
            }
        }
        throw new AssertionError("no cgroup source: " + oriel.json("/api/pressure"));
    }

    private static void until(OrielProcess oriel, String level, int megabytes, String quality, String spaces) {
        Eventually.within(LONGEST_CHANGE, level + " with " + megabytes + " MB", () -> {
            JsonNode pressure = oriel.json("/api/pressure");
            JsonNode plan = pressure.path("plan");
            return pressure.path("level").stringValue().equals(level)
                    && plan.path("cacheMegabytes").intValue() == megabytes
                    && plan.path("quality").stringValue().equals(quality)
                    && plan.path("spaces").stringValue().equals(spaces);
        });
    }
}
