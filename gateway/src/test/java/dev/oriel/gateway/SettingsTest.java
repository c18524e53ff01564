package dev.oriel.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.oriel.capture.Area;
import dev.oriel.capture.CaptureSettings;
import dev.oriel.capture.Quality;
import dev.oriel.capture.Redaction;
import dev.oriel.capture.Redaction.AreaRule;
import dev.oriel.capture.Redaction.Trait;
import dev.oriel.capture.Redaction.WindowRule;
import dev.oriel.capture.SpaceId;
import dev.oriel.capture.x11.SpaceKind;
import dev.oriel.optimizer.LevelSettings;
import dev.oriel.optimizer.PressureSettings;
import dev.oriel.pressure.PressureWatch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    private static final String MEGABYTES = "a whole number from 1 to 1000000";
    private static final String QUALITIES = "full, optimized, fast, thumbnail";

    private static Settings fromEnvironment(String... namesAndValues) {
        Map<String, String> environment = new HashMap<>();
        for (int index = 0; index < namesAndValues.length; index += 2) {
            environment.put(namesAndValues[index], namesAndValues[index + 1]);
        }
        return Settings.read(environment, Map.of());
    }

    private static List<String> problems(String... namesAndValues) {
        SettingsException wrong = catchThrowableOfType(SettingsException.class, () -> fromEnvironment(namesAndValues));
        assertThat(wrong).as("settings are refused").isNotNull();
        return wrong.problems();
    }

    @Test
    void saysWhatIsWrongWithTheVariablesOfAServiceManager() {
        assertThat(problems("MEMORY_PRESSURE_WATCH", "pressure", "ORIEL_PORT", "x"))
                .hasSize(2)
                .contains("MEMORY_PRESSURE_WATCH is \"pressure\"; allowed: an absolute path, or /dev/null for none");
    }

    @Test
    void hasTheDefaultsThatTheDesignNames() {
        assertThat(fromEnvironment())
                .isEqualTo(new Settings(
                        "127.0.0.1",
                        8080,
                        Optional.empty(),
                        Settings.Source.AUTO,
                        List.of(),
                        Optional.empty(),
                        false,
                        Set.of(),
                        new PressureSettings(
                                true,
                                true,
                                true,
                                true,
                                200,
                                new LevelSettings(500, 600, Quality.OPTIMIZED),
                                new LevelSettings(200, 300, Quality.FAST),
                                new LevelSettings(50, 100, Quality.THUMBNAIL)),
                        Duration.ofSeconds(5),
                        Optional.empty(),
                        new CaptureSettings(85, 400, 300),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(900),
                        false,
                        30));
    }

    @Test
    void hasTheInitialValuesThatTheDesignNames() {
        Map<String, String> initial =
                Arrays.stream(Setting.values()).collect(Collectors.toMap(Setting::name, Setting::initial));

        assertThat(initial)
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("JARVIS_ADAPTIVE_MEMORY", "true"),
                        Map.entry("CACHE_SIZE_GREEN", "500"),
                        Map.entry("CACHE_SIZE_YELLOW", "200"),
                        Map.entry("CACHE_SIZE_RED", "50"),
                        Map.entry("CACHE_MAX_SIZE_MB", "200"),
                        Map.entry("CACHE_DEFAULT_TTL", "30"),
                        Map.entry("CACHE_DYNAMIC_SIZING", "true"),
                        Map.entry("CAPTURE_QUALITY_GREEN", "optimized"),
                        Map.entry("CAPTURE_QUALITY_YELLOW", "fast"),
                        Map.entry("CAPTURE_QUALITY_RED", "thumbnail"),
                        Map.entry("PRESSURE_CHECK_INTERVAL", "5"),
                        Map.entry("MONITOR_ACTIVE_ONLY_PRESSURE", "true"),
                        Map.entry("MONITORED_SPACES", ""),
                        Map.entry("IMAGE_COMPRESSION_QUALITY", "85"),
                        Map.entry("IMAGE_THUMBNAIL_SIZE", "400,300"),
                        Map.entry("ENABLE_AGGRESSIVE_COMPRESSION", "true"),
                        Map.entry("ORIEL_HOST", "127.0.0.1"),
                        Map.entry("ORIEL_PORT", "8080"),
                        Map.entry("ORIEL_SOURCE", "auto"),
                        Map.entry("ORIEL_SPACES", "auto"),
                        Map.entry("ORIEL_DISPLAYS", ""),
                        Map.entry("ORIEL_REDACT", ""),
                        Map.entry("ORIEL_POINTER", "false"),
                        Map.entry("ORIEL_TOKEN", ""),
                        Map.entry("ORIEL_MAX_FPS", "30"),
                        Map.entry("ORIEL_HISTORY_SECONDS", "900"),
                        Map.entry("ORIEL_POISON_FREED", "false"),
                        Map.entry("ORIEL_RSS_GREEN", "600"),
                        Map.entry("ORIEL_RSS_YELLOW", "300"),
                        Map.entry("ORIEL_RSS_RED", "100")));
    }

    @Test
    void readsEverySettingFromTheEnvironment() {
        Settings settings = fromEnvironment(
                "JARVIS_ADAPTIVE_MEMORY",
                "false",
                "CACHE_SIZE_GREEN",
                "13",
                "CACHE_SIZE_YELLOW",
                "12",
                "CACHE_SIZE_RED",
                "11",
                "CACHE_MAX_SIZE_MB",
                "14",
                "CACHE_DEFAULT_TTL",
                "15",
                "CACHE_DYNAMIC_SIZING",
                "False",
                "CAPTURE_QUALITY_GREEN",
                "full",
                "CAPTURE_QUALITY_YELLOW",
                "Optimized",
                "CAPTURE_QUALITY_RED",
                "FAST",
                "PRESSURE_CHECK_INTERVAL",
                "16",
                "MONITOR_ACTIVE_ONLY_PRESSURE",
                "false",
                "MONITORED_SPACES",
                "1, x11-99-2",
                "IMAGE_COMPRESSION_QUALITY",
                "17",
                "IMAGE_THUMBNAIL_SIZE",
                "320, 200",
                "ENABLE_AGGRESSIVE_COMPRESSION",
                "false",
                "ORIEL_HOST",
                "0.0.0.0",
                "ORIEL_PORT",
                "0",
                "ORIEL_SOURCE",
                "X11",
                "ORIEL_DISPLAYS",
                ":98, :99.1",
                "ORIEL_SPACES",
                "Monitors",
                "ORIEL_REDACT",
                "class:KeePass*; Title: *bank* ;0,1,20,30;x11-99-2@4, 5, 6, 7;",
                "ORIEL_POINTER",
                "True",
                "ORIEL_TOKEN",
                "secret",
                "ORIEL_MAX_FPS",
                "18",
                "ORIEL_HISTORY_SECONDS",
                "0",
                "ORIEL_POISON_FREED",
                "true",
                "ORIEL_RSS_GREEN",
                "23",
                "ORIEL_RSS_YELLOW",
                "22",
                "ORIEL_RSS_RED",
                "21",
                "MEMORY_PRESSURE_WATCH",
                "/run/pressure",
                "MEMORY_PRESSURE_WRITE",
                "AA==");

        assertThat(settings)
                .isEqualTo(new Settings(
                        "0.0.0.0",
                        0,
                        Optional.of("secret"),
                        Settings.Source.X11,
                        List.of(":98", ":99.1"),
                        Optional.of(SpaceKind.MONITORS),
                        true,
                        Set.of("1", "x11-99-2"),
                        new PressureSettings(
                                false,
                                false,
                                false,
                                false,
                                14,
                                new LevelSettings(13, 23, Quality.FULL),
                                new LevelSettings(12, 22, Quality.OPTIMIZED),
                                new LevelSettings(11, 21, Quality.FAST)),
                        Duration.ofSeconds(16),
                        Optional.of(new PressureWatch(Path.of("/run/pressure"), new byte[] {0})),
                        new CaptureSettings(17, 320, 200)
                                .withRedaction(new Redaction(
                                        List.of(
                                                new WindowRule(Trait.CLASS, "KeePass*"),
                                                new WindowRule(Trait.TITLE, "*bank*")),
                                        List.of(
                                                new AreaRule(Optional.empty(), new Area(0, 1, 20, 30)),
                                                new AreaRule(
                                                        Optional.of(new SpaceId("x11-99-2")), new Area(4, 5, 6, 7))))),
                        Duration.ofSeconds(15),
                        Duration.ZERO,
                        true,
                        18));
    }

    @Test
    void anOptionWinsOverTheEnvironment() {
        Settings settings = Settings.read(Map.of("ORIEL_PORT", "not a port"), Map.of(Setting.ORIEL_PORT, "9090"));

        assertThat(settings.port()).isEqualTo(9090);
    }

    @Test
    void anEmptyOptionWinsToo() {
        Settings settings = Settings.read(Map.of("ORIEL_TOKEN", "secret"), Map.of(Setting.ORIEL_TOKEN, ""));

        assertThat(settings.token()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    void anEmptyVariableCountsAsNotSet(Setting setting) {
        assertThat(fromEnvironment(setting.name(), "")).isEqualTo(fromEnvironment());
        assertThat(fromEnvironment(setting.name(), "  ")).isEqualTo(fromEnvironment());
    }

    @Test
    void anOptionIsTheVariableInLowerCaseWithDashes() {
        assertThat(Setting.MONITOR_ACTIVE_ONLY_PRESSURE.option()).isEqualTo("--monitor-active-only-pressure");
    }

    @ParameterizedTest
    @CsvSource({"CACHE_SIZE_GREEN, 0", "CACHE_MAX_SIZE_MB, many", "CACHE_MAX_SIZE_MB, 1000001", "ORIEL_RSS_GREEN, 1.5"})
    void namesMegabytesThatAreNotANumberInRange(String name, String value) {
        assertThat(problems(name, value)).containsExactly(name + " is \"" + value + "\"; allowed: " + MEGABYTES);
    }

    @ParameterizedTest
    @CsvSource({
        "CACHE_SIZE_YELLOW, -1, CACHE_SIZE_GREEN, 500",
        "CACHE_SIZE_YELLOW, 501, CACHE_SIZE_GREEN, 500",
        "CACHE_SIZE_RED, 201, CACHE_SIZE_YELLOW, 200",
        "ORIEL_RSS_YELLOW, 0x10, ORIEL_RSS_GREEN, 600",
        "ORIEL_RSS_RED, 99999999999, ORIEL_RSS_YELLOW, 300"
    })
    void namesALevelThatHasMoreMemoryThanABetterOne(String name, String value, String better, int most) {
        assertThat(problems(name, value))
                .containsExactly(name + " is \"" + value + "\"; allowed: a whole number from 1 to " + most
                        + ", which is " + better);
    }

    @Test
    void aLevelThatIsNotSetHasNoMoreMemoryThanABetterOne() {
        PressureSettings pressure = fromEnvironment("CACHE_SIZE_GREEN", "100", "ORIEL_RSS_YELLOW", "80")
                .pressure();

        assertThat(pressure.yellow().budgetMegabytes()).isEqualTo(100);
        assertThat(pressure.red().budgetMegabytes()).isEqualTo(50);
        assertThat(pressure.green().rssCeilingMegabytes()).isEqualTo(600);
        assertThat(pressure.red().rssCeilingMegabytes()).isEqualTo(80);
    }

    @ParameterizedTest
    @CsvSource({
        "ORIEL_PORT, 65536, 0, 65535",
        "ORIEL_PORT, -1, 0, 65535",
        "PRESSURE_CHECK_INTERVAL, 0, 1, 3600",
        "PRESSURE_CHECK_INTERVAL, 3601, 1, 3600",
        "CACHE_DEFAULT_TTL, 0, 1, 86400",
        "CACHE_DEFAULT_TTL, 86401, 1, 86400",
        "ORIEL_HISTORY_SECONDS, -1, 0, 86400",
        "IMAGE_COMPRESSION_QUALITY, 0, 1, 100",
        "IMAGE_COMPRESSION_QUALITY, 101, 1, 100",
        "ORIEL_MAX_FPS, 0, 1, 240",
        "ORIEL_MAX_FPS, 241, 1, 240"
    })
    void namesANumberOutOfRange(String name, String value, int least, int most) {
        assertThat(problems(name, value))
                .containsExactly(name + " is \"" + value + "\"; allowed: a whole number from " + least + " to " + most);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "JARVIS_ADAPTIVE_MEMORY",
                "CACHE_DYNAMIC_SIZING",
                "MONITOR_ACTIVE_ONLY_PRESSURE",
                "ENABLE_AGGRESSIVE_COMPRESSION",
                "ORIEL_POINTER",
                "ORIEL_POISON_FREED"
            })
    void namesAFlagThatIsNeitherTrueNorFalse(String name) {
        assertThat(problems(name, "yes")).containsExactly(name + " is \"yes\"; allowed: true or false");
    }

    @ParameterizedTest
    @ValueSource(strings = {"CAPTURE_QUALITY_GREEN", "CAPTURE_QUALITY_YELLOW", "CAPTURE_QUALITY_RED"})
    void namesAQualityThatThereIsNot(String name) {
        assertThat(problems(name, "best")).containsExactly(name + " is \"best\"; allowed: " + QUALITIES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"400", "400,", "400x300", "0,300", "400,4097", "1,2,3"})
    void namesAThumbnailSizeThatIsNotTwoSides(String value) {
        assertThat(problems("IMAGE_THUMBNAIL_SIZE", value))
                .containsExactly(
                        "IMAGE_THUMBNAIL_SIZE is \"" + value + "\"; allowed: width,height in pixels, each 1 to 4096");
    }

    @Test
    void namesASourceThatThereIsNot() {
        assertThat(problems("ORIEL_SPACES", "rooms"))
                .containsExactly("ORIEL_SPACES is \"rooms\"; allowed: auto, desktops, monitors, displays");
        assertThat(problems("ORIEL_SOURCE", "wayland"))
                .containsExactly("ORIEL_SOURCE is \"wayland\"; allowed: auto, x11, demo, macos, windows");
    }

    @ParameterizedTest
    @ValueSource(strings = {"99", ":99,:99", ":a", "; rm"})
    void namesDisplaysThatAreNone(String value) {
        assertThat(problems("ORIEL_DISPLAYS", value))
                .containsExactly("ORIEL_DISPLAYS is \"" + value
                        + "\"; allowed: X displays such as :99, comma-separated, each once");
    }

    @Test
    void namesAHostThatIsNoAddress() {
        assertThat(problems("ORIEL_HOST", "not an address"))
                .containsExactly("ORIEL_HOST is \"not an address\"; allowed: an address of this machine, such as"
                        + " 127.0.0.1, ::1 or 0.0.0.0");
    }

    @Test
    void namesMonitoredSpacesThatAreNoNames() {
        assertThat(problems("MONITORED_SPACES", "1,a/b"))
                .containsExactly("MONITORED_SPACES is \"1,a/b\"; allowed: space indexes or ids, comma-separated");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"KeePass", "class:", "class:a;nonsense", "1,2,3", "1,2,0,4", "-1,2,3,4", "a b@1,2,3,4", "name:a"
            })
    void namesRulesThatHideNothing(String value) {
        assertThat(problems("ORIEL_REDACT", value))
                .containsExactly("ORIEL_REDACT is \"" + value
                        + "\"; allowed: rules separated by ;, each class:GLOB, title:GLOB, x,y,width,height or"
                        + " SPACE@x,y,width,height with the id of a space, in pixels");
    }

    @Test
    void reportsAllThatIsWrongTogether() {
        assertThat(problems(
                        "ORIEL_PORT",
                        "x",
                        "CAPTURE_QUALITY_RED",
                        "worst",
                        "CACHE_DYNAMIC_SIZING",
                        "maybe",
                        "ORIEL_SOURCE",
                        "tv",
                        "ORIEL_HOST",
                        "0.0.0.0"))
                .hasSize(5)
                .anySatisfy(line -> assertThat(line).startsWith("ORIEL_PORT is \"x\""))
                .anySatisfy(line -> assertThat(line).startsWith("CAPTURE_QUALITY_RED is \"worst\""))
                .anySatisfy(line -> assertThat(line).startsWith("CACHE_DYNAMIC_SIZING is \"maybe\""))
                .anySatisfy(line -> assertThat(line).startsWith("ORIEL_SOURCE is \"tv\""))
                .anySatisfy(line -> assertThat(line).startsWith("ORIEL_HOST is \"0.0.0.0\""));
    }

    @Test
    void refusesToBeReachedByOthersWithoutAToken() {
        assertThat(problems("ORIEL_HOST", "0.0.0.0"))
                .singleElement()
                .asString()
                .startsWith("ORIEL_HOST is \"0.0.0.0\", which others can reach; set ORIEL_TOKEN");
        assertThat(fromEnvironment("ORIEL_HOST", "0.0.0.0", "ORIEL_TOKEN", "secret")
                        .host())
                .isEqualTo("0.0.0.0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1", "localhost"})
    void loopbackNeedsNoToken(String host) {
        assertThat(fromEnvironment("ORIEL_HOST", host).token()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"two words", "a;b", "a,b", "\"quoted\"", "a\\b", "über"})
    void refusesATokenThatNoCookieCanCarryAndDoesNotRepeatIt(String token) {
        assertThat(problems("ORIEL_TOKEN", token))
                .singleElement()
                .asString()
                .startsWith("ORIEL_TOKEN is ")
                .contains("allowed: ")
                .doesNotContain(token);
    }

    @Test
    void x11WithoutADisplaySaysSo() {
        assertThat(problems("ORIEL_SOURCE", "x11"))
                .containsExactly("ORIEL_SOURCE is \"x11\", but there is no display: set DISPLAY or ORIEL_DISPLAYS, for"
                        + " example to :99, or ORIEL_SOURCE to demo");
    }

    @Test
    void displayOfTheEnvironmentStandsInForDisplays() {
        assertThat(fromEnvironment("DISPLAY", ":7").displays()).containsExactly(":7");
        assertThat(fromEnvironment("DISPLAY", ":7", "ORIEL_DISPLAYS", ":8,:9").displays())
                .containsExactly(":8", ":9");
        assertThat(fromEnvironment("DISPLAY", ":7", "ORIEL_SOURCE", "x11").source())
                .isEqualTo(Settings.Source.X11);
    }

    @Test
    void aWrongDisplayOfTheEnvironmentIsNamed() {
        assertThatThrownBy(() -> fromEnvironment("DISPLAY", "nonsense"))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("nonsense");
    }
}
