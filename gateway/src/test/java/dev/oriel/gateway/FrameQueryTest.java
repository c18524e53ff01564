package dev.oriel.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.oriel.capture.Area;
import dev.oriel.capture.Fit;
import dev.oriel.capture.PictureView;
import dev.oriel.capture.Quality;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FrameQueryTest {

    private static final Instant NOW = Instant.parse("2026-05-01T12:30:00Z");

    private static FrameQuery of(String uri) {
        return FrameQuery.of(new QueryStringDecoder(uri), NOW);
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
                .isInstanceOf(BadQueryException.class)
                .hasMessage("quality is \"best\"; allowed: full, optimized, fast, thumbnail");
        assertThatThrownBy(() -> of("/frame.jpg?quality="))
                .isInstanceOf(BadQueryException.class)
                .hasMessageStartingWith("quality is \"\"");
    }

    @Test
    void namesAParameterThatIsNotKnown() {
        assertThatThrownBy(() -> of("/frame.jpg?size=2"))
                .isInstanceOf(BadQueryException.class)
                .hasMessage("parameter \"size\" is not known here; allowed: quality, rev, at, crop, zoom, fit");
    }

    @Test
    void readsTheMoment() {
        assertThat(of("/frame.jpg?quality=fast").moment()).isEmpty();
        assertThat(of("/frame.jpg?rev=0812&zoom=2").moment()).contains(new Moment.Revision(812));
        assertThat(of("/frame.jpg?at=-0").moment()).contains(new Moment.Time(NOW));
        assertThat(of("/frame.jpg?at=-90.25").moment()).contains(new Moment.Time(NOW.minusMillis(90_250)));
        assertThat(of("/frame.jpg?at=" + NOW.toEpochMilli()).moment()).contains(new Moment.Time(NOW));
        assertThat(of("/frame.jpg?at=2026-05-01T12:29:59.5Z").moment()).contains(new Moment.Time(NOW.minusMillis(500)));
        assertThat(of("/frame.jpg?at=2026-05-01T14:00:00%2B02:00").moment())
                .contains(new Moment.Time(NOW.minusSeconds(1800)));
    }

    @Test
    void namesAMomentThatThereIsNot() {
        assertThatThrownBy(() -> of("/frame.jpg?rev=0"))
                .isInstanceOf(BadQueryException.class)
                .hasMessage("rev is \"0\"; allowed: a whole number from 1");
        assertThatThrownBy(() -> of("/frame.jpg?at=" + (NOW.toEpochMilli() + 1)))
                .isInstanceOf(BadQueryException.class)
                .hasMessage("at is \"1777638600001\", which is 2026-05-01T12:30:00.001Z and not yet;"
                        + " allowed: until now, which is 2026-05-01T12:30:00Z");
        assertThatThrownBy(() -> of("/frame.jpg?rev=1&at=-1"))
                .isInstanceOf(BadQueryException.class)
                .hasMessage("rev and at are both given; allowed: one of them");
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
                .isInstanceOf(BadQueryException.class)
                .hasMessage("crop is \"1,2,3\"; allowed: x,y,width,height in whole pixels, inside the space");
        assertThatThrownBy(() -> of("/frame.jpg?zoom=9"))
                .isInstanceOf(BadQueryException.class)
                .hasMessage("zoom is \"9\"; allowed: a whole number from 1 to 8");
        assertThatThrownBy(() -> of("/frame.jpg?fit=vga"))
                .isInstanceOf(BadQueryException.class)
                .hasMessage(
                        "fit is \"vga\"; allowed: WIDTHxHEIGHT with sides of 1 to 8192, or model, xga, wxga or fwxga");
    }
}
