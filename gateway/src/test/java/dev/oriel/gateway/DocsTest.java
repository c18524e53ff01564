package dev.oriel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.capture.Quality;
import dev.oriel.optimizer.LevelSettings;
import dev.oriel.optimizer.PressureSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documents say is what the code does. */
class DocsTest {

    private static final Path ROOT = OrielProcess.launcher().getParent();
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)\\)");
    private static final Pattern TEST_NAME = Pattern.compile("`(\\w+(?:Test|IT))`");

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> documents() {
        List<Path> documents = new ArrayList<>();
        for (Path folder : List.of(ROOT, ROOT.resolve("docs"), ROOT.resolve("docs/adr"))) {
            try (Stream<Path> files = Files.list(folder)) {
                files.filter(file -> file.toString().endsWith(".md")).forEach(documents::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return documents;
    }

    @Test
    void theSettingsPageListsEverySettingAsItIs() {
        List<String> rows = read(ROOT.resolve("docs/settings.md"))
                .lines()
                .filter(line -> line.startsWith("| `"))
                .toList();

        assertThat(rows)
                .containsExactlyElementsOf(Arrays.stream(Setting.values())
                        .map(setting -> "| `" + setting.name() + "` | "
                                + (setting.initial().isEmpty() ? "empty" : "`" + setting.initial() + "`") + " | "
                                + setting.description() + " |")
                        .toList());
    }

    @Test
    void theLevelTableOfTheReadmeIsThatOfTheCode() {
        PressureSettings levels = PressureSettings.defaults();
        String readme = read(ROOT.resolve("README.md"));

        assertThat(readme)
                .contains("| cache budget | " + budget(levels.green()) + " | " + budget(levels.yellow()) + " | "
                        + budget(levels.red()) + " |");
        assertThat(readme.lines().filter(line -> line.startsWith("| best quality")))
                .singleElement()
                .satisfies(row -> assertThat(row.split("\\|"))
                        .satisfiesExactly(
                                before -> assertThat(before).isEmpty(),
                                title -> assertThat(title).contains("best quality"),
                                green -> assertThat(green).contains(quality(levels.green())),
                                yellow -> assertThat(yellow).contains(quality(levels.yellow())),
                                red -> assertThat(red).contains(quality(levels.red()))));
    }

    private static String budget(LevelSettings level) {
        return level.budgetMegabytes() + " MB";
    }

    private static String quality(LevelSettings level) {
        return "`" + level.ceiling().label() + "`";
    }

    @Test
    void theApiPageNamesEveryQualityAndMessage() {
        String page = read(ROOT.resolve("docs/api.md"));

        for (Quality quality : Quality.values()) {
            assertThat(page).contains(quality.code() + " " + quality.label());
        }
        assertThat(page).contains("subscribe", "unsubscribe", "credit", "focus", "visibility");
        assertThat(page).contains("`hello`", "`spaces`", "`pressure`", "`state`", "`error`");
    }

    @Test
    void everyLinkLeadsSomewhere() {
        assertThat(documents()).hasSizeGreaterThan(5).allSatisfy(document -> {
            Matcher links = LINK.matcher(read(document));
            while (links.find()) {
                if (!links.group(1).startsWith("http")) {
                    assertThat(document.resolveSibling(links.group(1))).exists();
                }
            }
        });
    }

    @Test
    void everyTestThatADocumentNamesExists() throws IOException {
        List<String> tests;
        try (Stream<Path> files = Files.walk(ROOT)) {
            tests = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".java"))
                    .map(name -> name.substring(0, name.length() - ".java".length()))
                    .toList();
        }
        List<String> named = documents().stream()
                .flatMap(document -> TEST_NAME.matcher(read(document)).results())
                .map(found -> found.group(1))
                .toList();

        assertThat(named).hasSizeGreaterThan(5).isSubsetOf(tests);
    }
}
