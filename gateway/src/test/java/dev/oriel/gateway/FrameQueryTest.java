package dev.oriel.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.oriel.capture.Area;
import dev.oriel.capture.Fit;
import dev.oriel.capture.PictureView;
import dev.oriel.capture.Quality;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FrameQueryTest {

    private static FrameQuery of(String uri) {
        return FrameQuery.of(new QueryStringDecoder(uri));
    }

    @Test
    void asksForOptimizedUnlessToldOtherwise() {
        assertThat(of("/frame.jpg").quality()).isEqualTo(Quality.OPTIMIZED);
    }

    @Test
    void readsTheQuality() {
        for (Quality quality : Quality.values()) {
            assertThat(of("/frame.jpg?quality=" + quality.label()).quality()).isEqualTo(quality);
        }
    }

    @Test
    void letsTheTokenPass() {
        assertThat(of("/frame.jpg?token=x&quality=fast").quality()).isEqualTo(Quality.FAST);
    }

    @Test
    void namesAQualityThatThereIsNot() {
        assertThatThrownBy(() -> of("/frame.jpg?quality=best"))
                .isInstanceOf(FrameQuery.BadQueryException.class)
                .hasMessage("quality is \"best\"; allowed: full, optimized, fast, thumbnail");
        assertThatThrownBy(() -> of("/frame.jpg?quality="))
                .isInstanceOf(FrameQuery.BadQueryException.class)
                .hasMessageStartingWith("quality is \"\"");
    }

    @Test
    void namesAParameterThatIsNotKnown() {
        assertThatThrownBy(() -> of("/frame.jpg?size=2"))
                .isInstanceOf(FrameQuery.BadQueryException.class)
                .hasMessage("parameter \"size\" is not known here; allowed: quality, crop, zoom, fit");
    }

    @Test
    void asksForNoViewUnlessItIsNamed() {
        assertThat(of("/frame.jpg?quality=full").view()).isEmpty();
        assertThat(of("/frame.jpg?zoom=1").view()).contains(new PictureView(Optional.empty(), 1, Optional.empty()));
    }

    @Test
    void readsTheView() {
        assertThat(of("/frame.jpg?crop=1,2,30,40&zoom=8&fit=Model").view())
                .contains(new PictureView(Optional.of(new Area(1, 2, 30, 40)), 8, Optional.of(Fit.MODEL)));
        assertThat(of("/frame.jpg?crop=%201,%20-2,30,40%20&fit=640x480").view())
                .contains(new PictureView(Optional.of(new Area(1, -2, 30, 40)), 1, Optional.of(Fit.box(640, 480))));
    }

    @Test
    void namesAViewThatThereIsNot() {
        assertThatThrownBy(() -> of("/frame.jpg?crop=1,2,3"))
                .isInstanceOf(FrameQuery.BadQueryException.class)
                .hasMessage("crop is \"1,2,3\"; allowed: x,y,width,height in whole pixels, inside the space");
        assertThatThrownBy(() -> of("/frame.jpg?zoom=9"))
                .isInstanceOf(FrameQuery.BadQueryException.class)
                .hasMessage("zoom is \"9\"; allowed: a whole number from 1 to 8");
        assertThatThrownBy(() -> of("/frame.jpg?fit=vga"))
                .isInstanceOf(FrameQuery.BadQueryException.class)
                .hasMessage(
                        "fit is \"vga\"; allowed: WIDTHxHEIGHT with sides of 1 to 8192, or model, xga, wxga or fwxga");
    }
}
