package dev.oriel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class MainTest {

    private static final Map<String, String> DEMO = Map.of("ORIEL_SOURCE", "demo");

    @TempDir
    Path folder;

    private record Outcome(int status, String out, List<String> errors) {}

    private static Outcome run(Map<String, String> environment, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        StringWriter error = new StringWriter();
        int status = Main.run(arguments, environment, out, new PrintWriter(error, true));
        return new Outcome(
                status,
                out.toString(StandardCharsets.UTF_8),
                error.toString().lines().toList());
    }

    @Test
    void withoutAnyCommandShowsHowItIsUsed() {
        Outcome outcome = run(Map.of());

        assertThat(outcome.status()).isEqualTo(Main.WRONG_USAGE);
        assertThat(outcome.errors()).anySatisfy(line -> assertThat(line).startsWith("Usage: oriel"));
    }

    @Test
    void helpNamesEveryCommandAndEverySetting() {
        assertThat(run(Map.of(), "--help").out()).contains("serve", "spaces", "capture", "pressure", "stress");

        Outcome serve = run(Map.of(), "serve", "--help");

        assertThat(serve.status()).isEqualTo(Main.OK);
        for (Setting setting : Setting.values()) {
            assertThat(serve.out()).contains(setting.option() + "=VALUE");
        }
    }

    @Test
    void stressNeedsNoSettingsAndTakesNone() {
        assertThat(run(Map.of(), "stress", "--help").out()).contains("--hold=").doesNotContain("--cache-size-green");
        assertThat(run(Map.of(), "stress", "--oriel-port=0").status()).isEqualTo(Main.WRONG_USAGE);
    }

    @Test
    void saysItsVersion() {
        Outcome outcome = run(Map.of(), "--version");

        assertThat(outcome.status()).isEqualTo(Main.OK);
        assertThat(outcome.out()).startsWith("oriel ");
    }

    @Test
    void anUnknownOptionIsOneLineAndStatusTwo() {
        Outcome outcome = run(Map.of(), "spaces", "--colour");

        assertThat(outcome.status()).isEqualTo(Main.WRONG_USAGE);
        assertThat(outcome.errors())
                .singleElement()
                .asString()
                .contains("--colour")
                .endsWith("see 'oriel spaces --help'");
        assertThat(outcome.out()).isEmpty();
    }

    @Test
    void anUnknownCommandIsOneLineAndStatusTwo() {
        Outcome outcome = run(Map.of(), "dance");

        assertThat(outcome.status()).isEqualTo(Main.WRONG_USAGE);
        assertThat(outcome.errors()).singleElement().asString().contains("dance");
    }

    @Test
    void aMissingSpaceIsOneLineAndStatusTwo() {
        Outcome outcome = run(DEMO, "capture");

        assertThat(outcome.status()).isEqualTo(Main.WRONG_USAGE);
        assertThat(outcome.errors()).singleElement().asString().contains("SPACE");
    }

    @Test
    void eachWrongSettingIsALineOfItsOwnAndStatusTwo() {
        Outcome outcome = run(Map.of("CACHE_SIZE_RED", "none"), "serve", "--oriel-port", "http", "--oriel-source=tv");

        assertThat(outcome.status()).isEqualTo(Main.WRONG_USAGE);
        assertThat(outcome.errors())
                .containsExactlyInAnyOrder(
                        "CACHE_SIZE_RED is \"none\"; allowed: a whole number from 1 to 200, which is CACHE_SIZE_YELLOW",
                        "ORIEL_PORT is \"http\"; allowed: a whole number from 0 to 65535",
                        "ORIEL_SOURCE is \"tv\"; allowed: auto, x11, demo, macos, windows");
    }

    @Test
    void aQualityThatThereIsNotIsOneLineAndStatusTwo() {
        Outcome outcome = run(DEMO, "capture", "1", "--quality", "best");

        assertThat(outcome.status()).isEqualTo(Main.WRONG_USAGE);
        assertThat(outcome.errors())
                .containsExactly("--quality is \"best\"; allowed: full, optimized, fast, thumbnail");
    }

    @Test
    void aSpaceThatThereIsNotIsOneLineThatNamesThoseThereAre() {
        Outcome outcome = run(DEMO, "capture", "7");

        assertThat(outcome.status()).isEqualTo(Main.FAILED);
        assertThat(outcome.errors())
                .singleElement()
                .asString()
                .startsWith("there is no space \"7\"; there are: 1 or demo-still, 2 or demo-clock");
    }

    @Test
    void aDeadDisplayIsOneLineThatNamesIt() {
        for (String command : List.of("spaces", "serve")) {
            Outcome outcome = run(Map.of(), command, "--oriel-displays", ":32123", "--oriel-port", "0");

            assertThat(outcome.status()).isEqualTo(Main.FAILED);
            assertThat(outcome.errors())
                    .singleElement()
                    .asString()
                    .contains(":32123")
                    .contains("ORIEL_DISPLAYS");
        }
    }

    @Test
    void aSourceThatThisMachineHasNotIsOneLine() {
        Outcome outcome = run(Map.of(), "spaces", "--oriel-source", "macos");

        assertThat(outcome.status()).isEqualTo(Main.WRONG_USAGE);
        assertThat(outcome.errors())
                .containsExactly(
                        "ORIEL_SOURCE is \"macos\", which this version cannot read; allowed here: auto, x11, demo");
    }

    @Test
    void aPortInUseIsOneLineThatNamesIt() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());

            Outcome outcome = run(DEMO, "serve", "--pressure", "GREEN", "--oriel-port", port);

            assertThat(outcome.status()).isEqualTo(Main.FAILED);
            assertThat(outcome.errors())
                    .singleElement()
                    .asString()
                    .startsWith("cannot listen on port " + port + " of 127.0.0.1")
                    .contains("--oriel-port");
            assertThat(outcome.out()).isEmpty();
        }
    }

    @Test
    void aPressureThatIsNeitherLevelNorFileIsOneLine() {
        Outcome outcome = run(DEMO, "serve", "--pressure", "PURPLE", "--oriel-port", "0");

        assertThat(outcome.status()).isEqualTo(Main.WRONG_USAGE);
        assertThat(outcome.errors())
                .singleElement()
                .asString()
                .startsWith("--pressure is \"PURPLE\"; allowed: GREEN, YELLOW, RED, or a file");
    }

    @Test
    void writesAPictureToStandardOutputAlone() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        StringWriter error = new StringWriter();

        int status = Main.run(
                new String[] {"capture", "demo-still", "-o", "-", "--quality", "thumbnail"},
                DEMO,
                out,
                new PrintWriter(error, true));

        assertThat(status).isEqualTo(Main.OK);
        assertThat(ImageIO.read(new ByteArrayInputStream(out.toByteArray())).getWidth())
                .isEqualTo(400);
        assertThat(out.toByteArray()[0]).isEqualTo((byte) 0xFF);
    }

    @Test
    void listsTheSpacesOfTheDemo() {
        Outcome outcome = run(DEMO, "spaces");

        assertThat(outcome.status()).isEqualTo(Main.OK);
        assertThat(outcome.errors()).isEmpty();
        assertThat(outcome.out().lines())
                .hasSize(6)
                .anySatisfy(line -> assertThat(line).contains("demo-typing", "live", "(active)"));
    }

    @Test
    void listsTheSpacesOfTheDemoAsJson() {
        Outcome outcome = run(DEMO, "spaces", "--json");

        assertThat(outcome.status()).isEqualTo(Main.OK);
        List<String> ids = new ArrayList<>();
        for (JsonNode space : JsonTree.read(outcome.out())) {
            ids.add(space.path("index").intValue() + " " + space.path("id").stringValue() + " "
                    + space.path("state").stringValue());
        }
        assertThat(ids)
                .containsExactly(
                        "1 demo-still live",
                        "2 demo-clock live",
                        "3 demo-typing live",
                        "4 demo-scrolling live",
                        "5 demo-video live",
                        "6 demo-mixed live");
    }

    @Test
    void capturesASpaceByItsIndexIntoAFile() throws IOException {
        Path file = folder.resolve("still.jpg");

        Outcome outcome = run(DEMO, "capture", "1", "-o", file.toString());

        assertThat(outcome.status()).isEqualTo(Main.OK);
        BufferedImage picture = ImageIO.read(file.toFile());
        assertThat(outcome.out())
                .isEqualToIgnoringNewLines(file + ": " + picture.getWidth() + "x" + picture.getHeight() + ", "
                        + Files.size(file) + " bytes");
    }

    @Test
    void capturesASpaceByItsIdInTheQualityAskedFor() throws IOException {
        Path file = folder.resolve("clock.jpg");

        Outcome outcome = run(DEMO, "capture", "demo-clock", "--output", file.toString(), "--quality", "thumbnail");

        assertThat(outcome.status()).isEqualTo(Main.OK);
        BufferedImage picture = ImageIO.read(file.toFile());
        assertThat(picture.getWidth()).isLessThanOrEqualTo(400);
        assertThat(picture.getHeight()).isLessThanOrEqualTo(300);
    }

    @Test
    void capturesAPartOfASpaceToMeasureAndSaysWhereItLies() throws IOException {
        Path file = folder.resolve("part.jpg");

        Outcome outcome = run(
                DEMO, "capture", "1", "-o", file.toString(), "--crop", "100,50,400,200", "--zoom", "4", "--fit", "xga");

        assertThat(outcome.errors()).isEmpty();
        assertThat(outcome.status()).isEqualTo(Main.OK);
        BufferedImage picture = ImageIO.read(file.toFile());
        assertThat(picture.getWidth()).isEqualTo(1024);
        assertThat(picture.getHeight()).isEqualTo(512);
        assertThat(outcome.out())
                .isEqualToIgnoringNewLines(
                        file + ": 1024x512, " + Files.size(file) + " bytes, scale 2.56, origin 100,50");
    }

    @Test
    void aViewThatThereIsNotIsOneLineAndStatusTwo() {
        Map<String, String> wrong = Map.of(
                "--crop=9999,0,5,5", "--crop is 9999,0,5,5; allowed: x,y,width,height with at least one pixel",
                "--crop=x", "--crop is \"x\"; allowed: x,y,width,height in whole pixels, inside the space",
                "--zoom=9", "--zoom is \"9\"; allowed: a whole number from 1 to 8",
                "--fit=vga", "--fit is \"vga\"; allowed: WIDTHxHEIGHT with sides of 1 to 8192, or model");
        wrong.forEach((option, message) -> {
            Outcome outcome = run(DEMO, "capture", "1", "-o", "-", option);

            assertThat(outcome.status()).as(option).isEqualTo(Main.WRONG_USAGE);
            assertThat(outcome.errors()).singleElement().asString().startsWith(message);
            assertThat(outcome.out()).isEmpty();
        });
    }

    @Test
    void aFileThatCannotBeWrittenIsOneLine() {
        Path file = folder.resolve("missing").resolve("still.jpg");

        Outcome outcome = run(DEMO, "capture", "1", "-o", file.toString());

        assertThat(outcome.status()).isEqualTo(Main.FAILED);
        assertThat(outcome.errors()).singleElement().asString().startsWith("cannot write " + file);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void printsThePressureAsJson() {
        Outcome outcome = run(Map.of(), "pressure", "--json");

        assertThat(outcome.status()).isEqualTo(Main.OK);
        JsonNode pressure = JsonTree.read(outcome.out());
        assertThat(pressure.path("level").stringValue()).isIn("GREEN", "YELLOW", "RED");
        assertThat(pressure.path("sources").isEmpty()).isFalse();
        assertThat(pressure.path("plan").path("cacheMegabytes").intValue()).isPositive();
        assertThat(pressure.path("plan").path("quality").stringValue()).isIn("optimized", "fast", "thumbnail");
        assertThat(pressure.path("plan").path("spaces").stringValue())
                .isIn("all", "active_and_adjacent", "active_only");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void printsThePressureForPeople() {
        Outcome outcome = run(Map.of(), "pressure");

        assertThat(outcome.status()).isEqualTo(Main.OK);
        assertThat(outcome.out()).containsPattern("(GREEN|YELLOW|RED): cache \\d+ MB, quality \\w+, spaces \\w+");
    }

    @Test
    void aStressThatIsNotMeantIsALineForEachOptionAndStatusTwo() {
        Outcome outcome = run(Map.of(), "stress", "--megabytes", "4G", "--interval=never");

        assertThat(outcome.status()).isEqualTo(Main.WRONG_USAGE);
        assertThat(outcome.errors())
                .containsExactly(
                        "--megabytes is \"4G\"; allowed: a whole number from 1 to 100000",
                        "--interval is \"never\"; allowed: seconds from 0.01 to 86400, such as 0.2");
        assertThat(outcome.out()).isEmpty();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void stressTakesItsStepsAndGivesThemBack() {
        Outcome outcome = run(
                Map.of(), "stress", "--megabytes", "5", "--step", "2", "--interval", "0.01", "--hold", "0", "--force");

        assertThat(outcome.status()).isEqualTo(Main.OK);
        assertThat(outcome.out().lines())
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("2 of 5 MB held, "),
                        second -> assertThat(second).startsWith("4 of 5 MB held, "),
                        last -> assertThat(last).startsWith("5 of 5 MB held, "),
                        end -> assertThat(end).isEqualTo("released 5 MB"));
    }
}
