package dev.oriel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.capture.Eventually;
import dev.oriel.capture.x11.XServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** The dashboard in a real browser, on a real X server. */
class DashboardIT {

    @Test
    void aPersonSeesLiveTilesLooksCloserAndSeesPressure() throws IOException {
        Path script = Files.createTempFile("oriel-levels", ".txt");
        try (XServer x = XServer.start(1280, 800);
                Browser browser = Browser.open()) {
            OrielIT.startWindowManager(x);
            x.run("xsetroot", "-solid", "#2b3a55");
            Files.writeString(script, "0 GREEN\n");
            try (OrielProcess oriel =
                    OrielProcess.serve(Map.of("ORIEL_DISPLAYS", x.display()), "--pressure", script.toString())) {
                browser.size(1280, 800);
                browser.colorScheme("dark");
                browser.go(oriel.address());
                browser.until("the page is connected", "document.documentElement.dataset.connection === 'live'");
                browser.until("the level is shown", "document.documentElement.dataset.level === 'GREEN'");
                browser.until("there are four tiles", "document.querySelectorAll('[data-space]').length === 4");
                furnish(x, browser);

                String tile = "document.querySelectorAll('[data-space]')[0].dataset";
                browser.until("the first tile is drawn", "Number(" + tile + ".frames) > 0");
                long before = Long.parseLong(browser.evaluate(tile + ".revision"));
                x.run("xdotool", "type", "--delay", "15", "echo live");
                browser.until("the tile followed the typing", "Number(" + tile + ".revision) > " + before);
                assertThat(browser.evaluate(tile + ".state")).isEqualTo("live");
                keep(browser, "dashboard.png");

                browser.press("1", '1');
                browser.until("the large view opened", "document.getElementById('view').open");
                browser.until(
                        "it shows the native size", "document.querySelector('#facts').textContent.includes('1280')");
                keep(browser, "large-view.png");
                browser.press("Escape", 27);
                browser.until("the large view closed", "!document.getElementById('view').open");

                browser.evaluate("document.querySelector('#evidence summary').click()");
                browser.until("the evidence is open", "document.getElementById('evidence').open");
                browser.press("Escape", 27);
                browser.until("the evidence is closed", "!document.getElementById('evidence').open");

                browser.size(360, 740);
                browser.until("nothing is wider than the window", "document.documentElement.scrollWidth <= 360");
                keep(browser, "dashboard-360.png");

                browser.until("no error so far", "true");
                assertThat(browser.complaints()).isEmpty();
            }
            browser.until(
                    "the page says that the server is gone",
                    "document.documentElement.dataset.connection === 'reconnecting'");
        } finally {
            Files.deleteIfExists(script);
        }
    }

    @Test
    void aLevelThatTurnsRedIsSeenInTheDashboard() throws IOException {
        Path script = Files.createTempFile("oriel-levels", ".txt");
        Files.writeString(script, "0 GREEN\n4 RED\n8 GREEN\n");
        try (Browser browser = Browser.open();
                OrielProcess oriel =
                        OrielProcess.serve(Map.of(), "--oriel-source", "demo", "--pressure", script.toString())) {
            browser.size(1280, 800);
            browser.go(oriel.address());
            browser.until("RED is shown", "document.documentElement.dataset.level === 'RED'");
            browser.until(
                    "all but the active space are stale",
                    "document.querySelectorAll('[data-space][data-state=stale]').length === 5");
            browser.until("GREEN is shown again", "document.documentElement.dataset.level === 'GREEN'");
            browser.until(
                    "all are live again", "document.querySelectorAll('[data-space][data-state=live]').length === 6");
            assertThat(browser.complaints()).isEmpty();
        } finally {
            Files.deleteIfExists(script);
        }
    }

    /** Puts windows on each desktop, so that each has a picture that is worth looking at. */
    private static void furnish(XServer x, Browser browser) {
        Path root = OrielProcess.launcher().getParent();
        for (int desktop : new int[] {1, 2, 3, 0}) {
            x.run("xdotool", "set_desktop", Integer.toString(desktop));
            switch (desktop) {
                case 0 -> {
                    page(x, "86x40+40+30", "#101820", "#d7e1ea", root.resolve("ARCHITECTURE.md"));
                    x.xterm("58x12+690+520", "-bg", "#fdf6e3", "-fg", "#444444");
                }
                case 1 -> page(x, "110x40+150+40", "#ffffff", "#202020", root.resolve("README.md"));
                case 2 -> {
                    page(x, "70x30+60+60", "#fdf6e3", "#586e75", root.resolve("docs/adr/0001-stripes.md"));
                    page(x, "70x24+600+330", "#002b36", "#93a1a1", root.resolve("docs/adr/0005-pull-not-push.md"));
                }
                default -> page(x, "120x44+100+30", "#1c1c1c", "#87d787", root.resolve("scripts/needs.sh"));
            }
            String tile = "document.querySelectorAll('[data-space]')[" + desktop + "].dataset";
            browser.until(
                    "desktop " + (desktop + 1) + " is drawn",
                    tile + ".state === 'live' && Number(" + tile + ".frames) > 0");
        }
    }

    /** A window that shows the beginning of a file of this project. */
    static void page(XServer x, String geometry, String background, String foreground, Path file) {
        String title = file.getFileName().toString();
        x.client(
                "xterm",
                "-fa",
                "monospace",
                "-fs",
                "10",
                "-geometry",
                geometry,
                "-bg",
                background,
                "-fg",
                foreground,
                "-T",
                title,
                "-e",
                "sh",
                "-c",
                "head -n 38 '" + file + "'; exec cat");
        x.run("xdotool", "search", "--sync", "--onlyvisible", "--name", title);
    }

    /** Leaves a screenshot under target, for the README and for people to look at. */
    static void keep(Browser browser, String name) throws IOException {
        byte[] png = browser.screenshot();
        assertThat(ImageIO.read(new ByteArrayInputStream(png))).isNotNull();
        Path folder = Files.createDirectories(Path.of("target", "screenshots"));
        Files.write(folder.resolve(name), png);
        Eventually.until("it is written", () -> Files.exists(folder.resolve(name)));
    }
}
