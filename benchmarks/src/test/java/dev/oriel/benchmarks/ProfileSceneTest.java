package dev.oriel.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ProfileSceneTest {

    private static ProfileScene open(Map<String, String> environment) throws IOException, InterruptedException {
        try (Children none = new Children()) {
            return ProfileScene.open(none, environment, OptionalInt.empty());
        }
    }

    @Test
    void looksAtWhatTheServerWouldLookAt() throws IOException, InterruptedException {
        assertThat(open(Map.of("DISPLAY", ":5")).displays()).containsExactly(":5");
        assertThat(open(Map.of("DISPLAY", ":5", "ORIEL_DISPLAYS", ":1, :2.0")).displays())
                .containsExactly(":1", ":2.0");
        assertThat(open(Map.of("DISPLAY", ":5", "ORIEL_SOURCE", "demo")).kind()).isEqualTo(ProfileScene.Kind.DEMO);
        assertThat(open(Map.of()).kind()).isEqualTo(ProfileScene.Kind.DEMO);
    }

    @Test
    void knowsTheDisplayOfASpace() throws IOException, InterruptedException {
        ProfileScene scene = open(Map.of("ORIEL_DISPLAYS", ":1,:10.0,far:3"));
        assertThat(scene.displayOf("x11-1")).contains(":1");
        assertThat(scene.displayOf("x11-1-2")).contains(":1");
        assertThat(scene.displayOf("x11-10-HDMI-1")).contains(":10.0");
        assertThat(scene.displayOf("x11-far_3")).contains("far:3");
        assertThat(scene.displayOf("x11-100")).isEmpty();
    }

    @Test
    void saysWhenPicturesDifferOnPurpose() throws IOException, InterruptedException {
        assertThat(open(Map.of("ORIEL_REDACT", "class:x")).altered())
                .hasValueSatisfying(why -> assertThat(why).startsWith("ORIEL_REDACT is set"));
        assertThat(open(Map.of("ORIEL_REDACT", "", "ORIEL_POINTER", "false")).altered())
                .isEmpty();
    }

    @Test
    void namesWhatDisplaysOfItsOwnNeed() {
        try (Children none = new Children()) {
            assertThatThrownBy(() -> ProfileScene.open(none, Map.of("PATH", "/nowhere"), OptionalInt.of(2)))
                    .hasMessage("not on this machine: Xvfb; on Debian: apt-get install xvfb");
        }
    }
}
