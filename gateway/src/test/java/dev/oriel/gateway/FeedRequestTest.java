package dev.oriel.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.oriel.capture.Quality;
import dev.oriel.capture.SpaceId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeedRequestTest {

    private static void refuses(String message, String... saying) {
        assertThatThrownBy(() -> FeedRequest.parse(message))
                .isInstanceOf(FeedRequest.BadRequestException.class)
                .message()
                .contains(saying)
                .doesNotContain("\n");
    }

    @Test
    void readsASubscriptionWithEverything() {
        assertThat(FeedRequest.parse("{\"type\":\"subscribe\",\"spaces\":[\"*\",\"x11-99-2\"],\"quality\":\"fast\","
                        + "\"delta\":true,\"maxFps\":10,\"credit\":2}"))
                .isEqualTo(new FeedRequest.Subscribe(
                        List.of("*", "x11-99-2"), Quality.FAST, OptionalInt.of(10), OptionalInt.of(2)));
    }

    @Test
    void readsASubscriptionWithNothingButSpaces() {
        assertThat(FeedRequest.parse("{\"type\":\"subscribe\",\"spaces\":[\"a\"]}"))
                .isEqualTo(new FeedRequest.Subscribe(
                        List.of("a"), Quality.OPTIMIZED, OptionalInt.empty(), OptionalInt.empty()));
    }

    @Test
    void readsTheOtherKinds() {
        assertThat(FeedRequest.parse("{\"type\":\"unsubscribe\",\"spaces\":[\"a\",\"*\"]}"))
                .isEqualTo(new FeedRequest.Unsubscribe(List.of("a", "*")));
        assertThat(FeedRequest.parse("{\"type\":\"credit\",\"frames\":1000}")).isEqualTo(new FeedRequest.Credit(1000));
        assertThat(FeedRequest.parse("{\"type\":\"focus\",\"space\":\"a\"}"))
                .isEqualTo(new FeedRequest.Focus(Optional.of(new SpaceId("a"))));
        assertThat(FeedRequest.parse("{\"type\":\"focus\",\"space\":null}"))
                .isEqualTo(new FeedRequest.Focus(Optional.empty()));
        assertThat(FeedRequest.parse("{\"type\":\"visibility\",\"hidden\":false}"))
                .isEqualTo(new FeedRequest.Visibility(false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "hello", "{\"type\":\"credit\",\"frames\":1} {}", "{'type':'credit'}"})
    void refusesWhatIsNotJson(String message) {
        refuses(message, "the message is not JSON: ");
    }

    @Test
    void refusesWhatIsNestedTooDeeply() {
        refuses("[".repeat(50) + "]".repeat(50), "the message is not JSON: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "1", "null", "\"subscribe\"", "{}", "{\"type\":1}", "{\"spaces\":[\"*\"]}"})
    void refusesWhatHasNoType(String message) {
        refuses(message, "a message is an object with a \"type\"");
    }

    @Test
    void namesATypeThatIsNotKnown() {
        refuses("{\"type\":\"sing\"}", "type is \"sing\"; allowed: subscribe, unsubscribe, credit, focus, visibility");
    }

    @Test
    void namesAFieldThatIsNotKnown() {
        refuses(
                "{\"type\":\"subscribe\",\"spaces\":[\"*\"],\"fps\":1}",
                "\"fps\" is not known here; allowed: credit, delta, maxFps, quality, spaces");
        refuses("{\"type\":\"unsubscribe\",\"spaces\":[\"*\"],\"a\":1}", "\"a\" is not known here; allowed: spaces");
        refuses("{\"type\":\"credit\",\"frames\":1,\"a\":1}", "\"a\" is not known here; allowed: frames");
        refuses("{\"type\":\"focus\",\"space\":\"b\",\"a\":1}", "\"a\" is not known here; allowed: space");
        refuses("{\"type\":\"visibility\",\"hidden\":true,\"a\":1}", "\"a\" is not known here; allowed: hidden");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"spaces\":\"*\"", ",\"spaces\":[]", ",\"spaces\":{}", ",\"spaces\":null"})
    void refusesSpacesThatAreNoList(String spaces) {
        refuses("{\"type\":\"subscribe\"" + spaces + "}", "\"spaces\" is a list of space ids, or [\"*\"] for all");
        refuses("{\"type\":\"unsubscribe\"" + spaces + "}", "\"spaces\" is a list");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "null", "\"\"", "\"a/b\"", "[\"a\"]"})
    void refusesASpaceThatIsNoId(String space) {
        refuses("{\"type\":\"subscribe\",\"spaces\":[" + space + "]}", "a space id has 1 to 64 letters");
        if (!space.equals("null")) {
            refuses("{\"type\":\"focus\",\"space\":" + space + "}", "a space id has 1 to 64 letters");
        }
    }

    @Test
    void refusesAFocusOnEverything() {
        refuses("{\"type\":\"focus\",\"space\":\"*\"}", "a space id has");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"best\"", "1", "null", "[\"fast\"]"})
    void namesAQualityThatThereIsNot(String quality) {
        refuses(
                "{\"type\":\"subscribe\",\"spaces\":[\"*\"],\"quality\":" + quality + "}",
                "quality is " + quality + "; allowed: full, optimized, fast, thumbnail");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1001", "1.5", "\"1\"", "true", "null", "99999999999"})
    void namesANumberThatIsOutOfRange(String number) {
        String allowed = " is " + number + "; allowed: a whole number from 1 to 1000";
        refuses("{\"type\":\"subscribe\",\"spaces\":[\"*\"],\"maxFps\":" + number + "}", "maxFps" + allowed);
        refuses("{\"type\":\"subscribe\",\"spaces\":[\"*\"],\"credit\":" + number + "}", "credit" + allowed);
        refuses("{\"type\":\"credit\",\"frames\":" + number + "}", "frames" + allowed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "\"yes\"", "null"})
    void refusesADeltaThatIsNoFlag(String delta) {
        refuses(
                "{\"type\":\"subscribe\",\"spaces\":[\"*\"],\"delta\":" + delta + "}",
                "delta is " + delta + "; allowed: true or false");
    }

    @Test
    void creditNeedsFrames() {
        refuses("{\"type\":\"credit\"}", "\"credit\" needs \"frames\", 1 to 1000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"hidden\":1", ",\"hidden\":\"true\"", ",\"hidden\":null"})
    void visibilityNeedsHidden(String hidden) {
        refuses("{\"type\":\"visibility\"" + hidden + "}", "\"visibility\" needs \"hidden\", true or false");
    }
}
