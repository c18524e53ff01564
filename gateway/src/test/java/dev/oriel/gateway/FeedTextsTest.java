package dev.oriel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.capture.Eventually;
import dev.oriel.capture.PixelScreen;
import dev.oriel.capture.SpaceId;
import dev.oriel.pressure.PressureLevel;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FeedTextsTest {

    private final PixelScreen screen = PixelScreen.sideBySide("p", 64, 64, 2);
    private final TestSystem system = TestSystem.simulable(screen);
    private final FeedTexts texts = new FeedTexts(system.oriel(), Clock.systemUTC());

    @BeforeEach
    void begin() {
        level(PressureLevel.GREEN);
    }

    @AfterEach
    void stop() {
        system.close();
    }

    private void level(PressureLevel level) {
        system.level(level);
        Eventually.until(
                level.name(),
                () -> JsonTree.read(texts.pressure())
                        .path("level")
                        .stringValue()
                        .equals(level.name()));
    }

    @Test
    void whatIsToldToAllIsMadeOnce() {
        byte[] spaces = texts.spaces();
        byte[] pressure = texts.pressure();

        assertThat(texts.spaces()).isSameAs(spaces);
        assertThat(texts.pressure()).isSameAs(pressure);

        level(PressureLevel.RED);

        assertThat(texts.spaces())
                .isNotSameAs(spaces)
                .isSameAs(texts.spaces())
                .asString()
                .contains("stale");
        assertThat(texts.pressure()).isNotSameAs(pressure).asString().contains("thumbnail");
    }

    @Test
    void theFocusDecidesWhatIsStaleAtRed() {
        level(PressureLevel.RED);
        byte[] before = texts.spaces();
        SpaceId stale = system.oriel().spaces().stream()
                .filter(space -> !space.active())
                .findFirst()
                .orElseThrow()
                .id();
        try (DemandBoard.Place place = system.oriel().demand().take()) {
            place.focus(Optional.of(stale));

            assertThat(state(before, stale)).isEqualTo("stale");
            assertThat(state(texts.spaces(), stale)).isEqualTo("live");
        }
    }

    @Test
    void howASpaceStandsIsPutIntoWordsOnce() {
        byte[] told = texts.state(new FeedMessage.State("state", "a", "stale", "RED"));

        assertThat(texts.state(new FeedMessage.State("state", "a", "stale", "RED")))
                .isSameAs(told);
        assertThat(texts.state(new FeedMessage.State("state", "b", "stale", "RED")))
                .asString()
                .contains("\"b\"");
    }

    private static String state(byte[] spaces, SpaceId id) {
        return JsonTree.read(spaces)
                .path("spaces")
                .valueStream()
                .filter(space -> space.path("id").stringValue().equals(id.value()))
                .findFirst()
                .orElseThrow()
                .path("state")
                .stringValue();
    }

    @Test
    void aTransitionIsToldAsItStands() {
        level(PressureLevel.RED);
        Transition newest = system.oriel().transitions().newest().get(0);
        byte[] told = texts.transition(newest);

        assertThat(texts.transition(newest)).isSameAs(told);
        Transition grown = newest.with(new Transition.Step("malloc", 7, 8));
        assertThat(texts.transition(grown)).isNotEqualTo(told).asString().contains("malloc");
    }
}
