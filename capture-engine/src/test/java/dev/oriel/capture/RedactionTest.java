package dev.oriel.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.capture.Redaction.AreaRule;
import dev.oriel.capture.Redaction.Trait;
import dev.oriel.capture.Redaction.WindowRule;
import dev.oriel.capture.jpeg.StripeEncoders;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {

    private static final int BLANK = 0x202020;

    @Test
    void readsRulesAsPeopleWriteThem() {
        assertThat(Redaction.parse("class:KeePass*; title : a ;;TITLE: *b?k* ; 1,2,30,40;demo-1@0, 0 ,5,6"))
                .isEmpty();
        assertThat(Redaction.parse("class:KeePass*; ;TITLE: *b?k* ; 1,2,30,40;demo-1@0, 0 ,5,6;"))
                .contains(new Redaction(
                        List.of(new WindowRule(Trait.CLASS, "KeePass*"), new WindowRule(Trait.TITLE, "*b?k*")),
                        List.of(
                                new AreaRule(Optional.empty(), new Area(1, 2, 30, 40)),
                                new AreaRule(Optional.of(new SpaceId("demo-1")), new Area(0, 0, 5, 6)))));
        assertThat(Redaction.parse("")).contains(Redaction.NONE);
        assertThat(Redaction.parse(" ; ")).contains(Redaction.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "class:",
                "title: ",
                "1,2,3",
                "1,2,3,0",
                "1,2,3,4,5",
                "1.5,2,3,4",
                "@1,2,3,4",
                "1@1,2,3,4",
                "clas:a"
            })
    void refusesWhatIsNoRule(String text) {
        assertThat(Redaction.parse(text)).isEmpty();
        assertThat(Redaction.parse("class:a;" + text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            a,        a,          true
            a,        A,          true
            ÄÖ*,      äöü,        true
            a,        ab,         false
            b,        ab,         false
            *b,       ab,         true
            a*,       a,          true
            a?,       a,          false
            a?c,      abc,        true
            '?',      𝄞,          true
            *ab*ab,   abcabab,    true
            *ab*abc,  abcabab,    false
            a.c,      abc,        false
            '*',      '',         true
            '?',      '',         false
            '**a**',  'two\na',   true
            """)
    void aGlobHasToMatchTheWholeText(String glob, String text, boolean matches) {
        Redaction byTitle = new Redaction(List.of(new WindowRule(Trait.TITLE, glob)), List.of());
        Redaction byClass = new Redaction(List.of(new WindowRule(Trait.CLASS, glob)), List.of());
        assertThat(byTitle.hides("other", List.of("something else", text))).isEqualTo(matches || glob.equals("*"));
        assertThat(byClass.hides(text, List.of())).isEqualTo(matches);
        assertThat(byTitle.dependsOnTitles()).isTrue();
        assertThat(byClass.dependsOnTitles()).isFalse();
    }

    @Test
    void aRuleOfADisplayCountsForItsPartsAndOneOfADesktopForTheDisplay() {
        Redaction rules =
                Redaction.parse("x11-9@10,20,30,40;x11-9-2@1,2,3,4;9,9,9,9").orElseThrow();
        Area everywhere = new Area(9, 9, 9, 9);
        Area ofDisplay = new Area(10, 20, 30, 40);
        Area ofDesktop = new Area(1, 2, 3, 4);
        assertThat(rules.areasOf(space("x11-9", 0))).containsExactly(ofDisplay, ofDesktop, everywhere);
        assertThat(rules.areasOf(space("x11-9-1", 0))).containsExactly(ofDisplay, everywhere);
        assertThat(rules.areasOf(space("x11-9-2", 0))).containsExactly(ofDisplay, ofDesktop, everywhere);
        assertThat(rules.areasOf(space("x11-9-HDMI", 100))).containsExactly(new Area(-90, 20, 30, 40), everywhere);
        assertThat(rules.areasOf(space("x11-99", 0))).containsExactly(everywhere);
    }

    private static Space space(String id, int x) {
        return new Space(new SpaceId(id), 1, id, new Area(x, 0, 100, 100), true, SpaceState.LIVE);
    }

    @Test
    void aGlobOfManyStarsIsNoTrap() {
        Redaction rule = new Redaction(List.of(new WindowRule(Trait.TITLE, "*a".repeat(40) + "b")), List.of());
        assertThat(rule.hides("", List.of("a".repeat(4000)))).isFalse();
    }

    @Test
    void noPictureOfAnyQualityShowsAHiddenArea() {
        Pixels secret = Pixels.noise(333, 217, 1);
        Pixels harmless = new Pixels(333, 217, secret.colors().clone());
        for (Area area : List.of(new Area(5, 3, 40, 30), new Area(300, 200, 33, 17))) {
            for (int y = area.y(); y < area.y() + area.height(); y++) {
                for (int x = area.x(); x < area.x() + area.width(); x++) {
                    harmless.colors()[y * 333 + x] = BLANK;
                }
            }
        }
        String space = PixelScreen.single("fresh", 1, 1).id(1).value();
        Redaction redaction = Redaction.parse("5,3,40,30;" + space + "@300,200,9000,9000;another@0,0,9,9")
                .orElseThrow();
        CaptureSettings settings = new CaptureSettings(85, 100, 100);
        Map<Quality, byte[]> hidden = encode(secret, settings.withRedaction(redaction));
        assertThat(hidden).containsExactlyEntriesOf(encode(harmless, settings));
    }

    private static Map<Quality, byte[]> encode(Pixels pixels, CaptureSettings settings) {
        return FreshEngine.encode(pixels, EnumSet.allOf(Quality.class), settings, 0, StripeEncoders.detect());
    }
}
