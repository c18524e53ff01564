package dev.oriel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.capture.Eventually;
import dev.oriel.capture.PixelScreen;
import dev.oriel.pressure.PressureLevel;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class PressurePagesTest {

    private final PixelScreen screen = PixelScreen.sideBySide("p", 64, 64, 2);
    private final TestSystem system = TestSystem.simulable(screen);

    @AfterEach
    void stop() {
        system.close();
    }

    private static HttpResponse<byte[]> simulate(TestSystem at, String query) {
        return at.send(
                HttpRequest.newBuilder(at.uri("/api/pressure/simulate" + query)).POST(BodyPublishers.noBody()));
    }

    private JsonNode pressure() {
        return system.json("/api/pressure");
    }

    private void awaitLevel(String level) {
        Eventually.until(level, () -> pressure().path("level").stringValue().equals(level));
    }

    private static void assertRefused(HttpResponse<byte[]> answer, int status, String detail) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(TestSystem.json(answer).path("detail").stringValue()).isEqualTo(detail);
    }

    @Test
    void aSimulatedLevelCountsUntilItEnds() {
        HttpResponse<byte[]> answer = simulate(system, "?level=RED&seconds=60");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(TestSystem.json(answer).toString()).isEqualTo("{\"level\":\"RED\",\"seconds\":60}");
        awaitLevel("RED");
        assertThat(pressure().path("plan").path("quality").stringValue()).isEqualTo("thumbnail");

        assertThat(simulate(system, "?level=RED&seconds=0").statusCode()).isEqualTo(200);
        awaitLevel("GREEN");
    }

    @Test
    void aSimulatedLevelEndsByItself() {
        simulate(system, "?level=YELLOW&seconds=1");
        awaitLevel("YELLOW");
        awaitLevel("GREEN");
    }

    @Test
    void aSimulationHidesNoRealPressure() {
        system.level(PressureLevel.RED);
        awaitLevel("RED");
        simulate(system, "?level=GREEN&seconds=60");
        assertThat(pressure().path("level").stringValue()).isEqualTo("RED");
    }

    @Test
    void whatIsWrongIsSaid() {
        assertRefused(simulate(system, ""), 400, "level is \"\"; allowed: GREEN, YELLOW, RED");
        assertRefused(simulate(system, "?level=purple"), 400, "level is \"purple\"; allowed: GREEN, YELLOW, RED");
        assertRefused(
                simulate(system, "?level=RED&seconds=3601"),
                400,
                "seconds is \"3601\"; allowed: 1 to 3600, or 0 to end a simulation");
        assertRefused(
                simulate(system, "?level=RED&secs=1"),
                400,
                "parameter \"secs\" is not known here; allowed: level, seconds");
        assertRefused(system.get("/api/pressure/simulate?level=RED"), 405, "method is GET; allowed: POST");
    }

    @Test
    void nothingIsSimulatedUnlessItWasAllowed() {
        try (TestSystem real = TestSystem.of(PixelScreen.sideBySide("q", 64, 64, 1))) {
            assertRefused(
                    simulate(real, "?level=RED"),
                    403,
                    "no pressure is simulated here; start with ./oriel serve --allow-simulation");
            assertThat(real.json("/api/pressure").path("level").stringValue()).isEqualTo("GREEN");
        }
    }

    @Test
    void everyChangeOfTheLevelIsRecorded() {
        simulate(system, "?level=RED&seconds=60");
        Eventually.until(
                "the answer is complete",
                () -> newest(pressure()).path("rssAtBytes").has("1000"));

        JsonNode change = newest(pressure());
        assertThat(change.path("from").stringValue()).isEqualTo("GREEN");
        assertThat(change.path("to").stringValue()).isEqualTo("RED");
        assertThat(change.path("reason").stringValue()).contains("simulated");
        assertThat(change.path("plan").path("cacheMegabytes").intValue()).isEqualTo(50);
        assertThat(change.path("budgetBytes").longValue()).isEqualTo(50L << 20);
        assertThat(change.path("steps").get(0).path("name").stringValue()).isEqualTo("frames");
        assertThat(change.path("steps").toString()).contains("\"malloc\"", "\"heap\"");
        long sum = 0;
        for (JsonNode step : change.path("steps")) {
            sum += step.path("bytes").longValue();
        }
        assertThat(change.path("releasedBytes").longValue()).isEqualTo(sum);
    }

    @Test
    void theFeedTellsOfEveryChangeAndWhatItBrought() {
        try (FeedClient feed = system.feed("/feed")) {
            feed.text("hello", message -> true);
            simulate(system, "?level=YELLOW&seconds=60");
            JsonNode first = feed.text(
                            "transition",
                            message -> message.path("transition")
                                    .path("to")
                                    .stringValue()
                                    .equals("YELLOW"))
                    .path("transition");
            JsonNode later = feed.text(
                            "transition",
                            message -> message.path("transition").path("number").equals(first.path("number"))
                                    && message.path("transition")
                                            .path("rssAtBytes")
                                            .has("1000"))
                    .path("transition");
            assertThat(later.path("steps").toString()).contains("\"frames\"");
        }
    }

    private static JsonNode newest(JsonNode pressure) {
        JsonNode transitions = pressure.path("transitions");
        assertThat(transitions.isArray()).isTrue();
        return transitions.get(transitions.size() - 1);
    }
}
