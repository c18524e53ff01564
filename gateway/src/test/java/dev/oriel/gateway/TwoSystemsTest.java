package dev.oriel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.capture.PixelScreen;
import dev.oriel.pressure.PressureLevel;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Nothing is shared between two systems in one process. */
class TwoSystemsTest {

    private final PixelScreen leftScreen = PixelScreen.sideBySide("left", 64, 64, 2);
    private final PixelScreen rightScreen = PixelScreen.single("right", 96, 64);

    @Test
    void twoSystemsDoNotSeeEachOther() {
        try (TestSystem left = TestSystem.of(leftScreen);
                TestSystem right = TestSystem.of(rightScreen);
                FeedClient leftFeed = left.feed("/feed?spaces=*");
                FeedClient rightFeed = right.feed("/feed?spaces=*")) {
            assertThat(leftFeed.frameOf(1).width()).isEqualTo(64);
            assertThat(leftFeed.frameOf(2).width()).isEqualTo(64);
            assertThat(rightFeed.frameOf(1).width()).isEqualTo(96);

            right.level(PressureLevel.RED);
            rightFeed.text(
                    "pressure", pressure -> pressure.path("level").stringValue().equals("RED"));

            assertThat(level(left)).isEqualTo("GREEN");
            assertThat(left.oriel().cacheStats().budgetBytes())
                    .isNotEqualTo(right.oriel().cacheStats().budgetBytes());
            assertThat(left.get("/api/spaces/right-1/frame.jpg").statusCode()).isEqualTo(404);
            assertThat(left.subscribers()).isEqualTo(1);
            leftFeed.mark();
            assertThat(leftFeed.texts("pressure")).isEmpty();
            assertThat(leftFeed.texts("state")).isEmpty();
        }
    }

    @Test
    void oneGoesOnWhenTheOtherStops() {
        try (TestSystem left = TestSystem.of(leftScreen);
                FeedClient leftFeed = left.feed("/feed?spaces=*")) {
            leftFeed.frameOf(2);
            try (TestSystem right = TestSystem.of(rightScreen);
                    FeedClient rightFeed = right.feed("/feed?spaces=*")) {
                rightFeed.frameOf(1);
                rightScreen.lose("it died");
                rightFeed.text("state");
            }
            leftScreen.fillRect(2, 0, 0, 64, 64, 0xFFFFFF);

            leftFeed.frame(frame -> frame.spaceIndex() == 2 && frame.revision() == 2);
            assertThat(level(left)).isEqualTo("GREEN");
            assertThat(left.get("/readyz").statusCode()).isEqualTo(200);
        }
    }

    private static String level(TestSystem system) {
        JsonNode pressure = system.json("/api/pressure");
        return pressure.path("level").stringValue();
    }
}
