package dev.oriel.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.oriel.capture.Quality;
import io.netty.handler.codec.http.QueryStringDecoder;
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
        assertThatThrownBy(() -> of("/frame.jpg?zoom=2"))
                .isInstanceOf(FrameQuery.BadQueryException.class)
                .hasMessage("parameter \"zoom\" is not known here; allowed: quality");
    }
}
