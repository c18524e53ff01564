package dev.oriel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.capture.Eventually;
import dev.oriel.capture.Jpegs;
import dev.oriel.capture.Pixels;
import dev.oriel.capture.x11.XServer;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The time line of the dashboard in a real browser: a person looks back at what was on a real screen. */
class TimelineIT {

    private static final String SLIDER = "document.querySelector('#timeline [role=slider]')";
    private static final String SHOWN = "document.getElementById('view').dataset.shown";
    private static final String[] TOKEN = {"Authorization", "Bearer s3cret"};

    @Test
    void aPersonGoesBackToWhatWasOnTheScreen() throws IOException {
        try (XServer x = XServer.start(1280, 800);
                Browser browser = Browser.open()) {
            OrielIT.startWindowManager(x);
            x.run("xsetroot", "-solid", "#2b3a55");
            Path root = OrielProcess.launcher().getParent();
            DashboardIT.page(x, "86x40+40+30", "#101820", "#d7e1ea", root.resolve("ARCHITECTURE.md"));
            x.xterm("58x12+690+500", "-bg", "#fdf6e3", "-fg", "#444444");
            try (OrielProcess oriel =
                    OrielProcess.serve(Map.of("ORIEL_DISPLAYS", x.display(), "ORIEL_TOKEN", "s3cret"))) {
                browser.size(1280, 800);
                browser.colorScheme("dark");
                browser.go(oriel.address().resolve("?token=s3cret"));
                browser.until("there are four tiles", "document.querySelectorAll('[data-space]').length === 4");
                browser.press("1", '1');
                browser.until("the large view is drawn", fact("rendition") + ".includes('1280')");
                browser.until("it is live", state("live"));
                String space = browser.evaluate("document.querySelector('[data-space]').dataset.space");

                type(x, "We were here first.");
                HttpResponse<byte[]> then = settled(oriel, space);
                String revision = then.headers().firstValue("X-Oriel-Revision").orElseThrow();
                type(x, "And then a great deal was typed, line by line,");
                x.run("xsetroot", "-solid", "#3f4a3c");
                type(x, "until nobody remembered what had been here before.");
                HttpResponse<byte[]> now = settled(oriel, space);
                Pixels thenPixels = Jpegs.decode(then.body());
                Pixels nowPixels = Jpegs.decode(now.body());
                assertThat(thenPixels.meanDifference(nowPixels)).isGreaterThan(0.2);
                shows(browser, "the live picture", nowPixels);
                browser.until("the changes are known", SLIDER + ".dataset.count > " + revision);

                browser.evaluate(SLIDER + ".focus()");
                browser.press("Home", 36);
                browser.until("the oldest picture is shown", SHOWN + " === " + SLIDER + ".ariaValueMin");
                browser.press("ArrowRight", 39);
                browser.until("the next one is shown", SHOWN + " > " + SLIDER + ".ariaValueMin");
                browser.press("PageUp", 33);
                browser.press("PageDown", 34);
                goTo(browser, revision);
                shows(browser, "the picture of then", thenPixels);
                saysPast(browser, revision);
                assertThat(marks(browser, 0.05)).isGreaterThan(3 * 2);
                browser.until("a great change has a high mark, others a low one", marks(0.9) + " > 0");
                assertThat(marks(browser, 0.9)).isLessThan(marks(browser, 0.05));

                long seen = Long.parseLong(tile(browser, "revision"));
                type(x, "What comes now comes unseen.");
                Eventually.until("frames go on arriving", () -> Long.parseLong(tile(browser, "revision")) > seen);
                now = settled(oriel, space);
                nowPixels = Jpegs.decode(now.body());
                shows(browser, "the picture of then", thenPixels);
                saysPast(browser, revision);
                browser.evaluate("document.getElementById('stage').focus()");
                DashboardIT.keep(browser, "timeline.png");
                browser.size(360, 740);
                browser.until("nothing is wider than the window", "document.documentElement.scrollWidth <= 360");
                DashboardIT.keep(browser, "timeline-360.png");
                browser.colorScheme("light");
                DashboardIT.keep(browser, "timeline-light-360.png");
                browser.size(1280, 800);
                DashboardIT.keep(browser, "timeline-light.png");
                browser.colorScheme("dark");

                browser.evaluate(SLIDER + ".focus()");
                browser.press("End", 35);
                browser.until("it is live again", state("live"));
                shows(browser, "the live picture", nowPixels);
                DashboardIT.keep(browser, "timeline-live.png");

                dragBack(browser);
                browser.until("a picture of the past is shown", SHOWN);
                browser.evaluate("document.querySelector('.to-live').click()");
                browser.until("it is live again", state("live"));
                shows(browser, "the live picture", nowPixels);

                dragBack(browser);
                browser.until("a picture of the past is shown", SHOWN);
                browser.evaluate("document.getElementById('stage').focus()");
                browser.press("ArrowRight", 39);
                browser.until(
                        "the next space is shown",
                        "document.querySelector('#view .index').textContent === '2' && !" + SHOWN);
                browser.press("ArrowLeft", 37);
                browser.until("the first one is, and live", state("live"));
                dragBack(browser);
                browser.until("a picture of the past is shown", SHOWN);
                browser.press("Escape", 27);
                browser.until("the large view closed", "!document.getElementById('view').open");
                browser.press("1", '1');
                browser.until("the large view opened", "document.getElementById('view').open");
                browser.until("it is live", state("live"));
                shows(browser, "the live picture", nowPixels);
                assertThat(browser.complaints()).isEmpty();
            }
        }
    }

    @Test
    void whoLooksAtWhatIsLetGoIsTakenToWhatIsLeft() throws IOException {
        Path script = Files.createTempFile("oriel-levels", ".txt");
        Files.writeString(script, "0 GREEN\n9 RED\n");
        try (Browser browser = Browser.open();
                OrielProcess oriel = OrielProcess.serve(
                        Map.of(), "--oriel-source", "demo", "--cache-size-red", "1", "--pressure", script.toString())) {
            browser.size(1280, 800);
            browser.go(oriel.address());
            browser.until("the spaces are there", "document.querySelectorAll('[data-space]').length === 6");
            browser.press("5", '5');
            browser.until("there is a history", SLIDER + ".dataset.count > 5");
            browser.evaluate(SLIDER + ".focus()");
            browser.press("Home", 36);
            browser.until("the oldest picture is shown", SHOWN + " === " + SLIDER + ".ariaValueMin");
            long oldest = Long.parseLong(browser.evaluate(SHOWN));

            browser.until("RED is shown", "document.documentElement.dataset.level === 'RED'");
            browser.until(
                    "it says that the picture is gone",
                    "document.querySelector('#timeline .words').textContent.includes('no longer held')");
            DashboardIT.keep(browser, "timeline-gone.png");
            browser.until("the time line begins later", SLIDER + ".ariaValueMin > " + oldest);
            browser.until(
                    "the oldest left is shown, or what is live",
                    "(" + state("live") + ") || " + SHOWN + " === " + SLIDER + ".ariaValueNow");
            // The browser itself complains of pictures that were gone before the page knew.
            assertThat(browser.complaints())
                    .allSatisfy(complaint -> assertThat(complaint).contains("404"));
        } finally {
            Files.deleteIfExists(script);
        }
    }

    private static void type(XServer x, String text) {
        x.run("xdotool", "type", "--delay", "15", text);
        x.run("xdotool", "key", "Return");
    }

    /** The picture once nothing changes any more. */
    private static HttpResponse<byte[]> settled(OrielProcess oriel, String space) {
        String path = "/api/spaces/" + space + "/frame.jpg";
        AtomicReference<HttpResponse<byte[]>> last = new AtomicReference<>(oriel.get(path, TOKEN));
        AtomicInteger same = new AtomicInteger();
        Eventually.until("the screen is still", () -> {
            HttpResponse<byte[]> before = last.getAndSet(oriel.get(path, TOKEN));
            boolean isSame = tag(before).equals(tag(last.get()));
            return same.updateAndGet(count -> isSame ? count + 1 : 0) > 10;
        });
        return last.get();
    }

    private static String tag(HttpResponse<?> picture) {
        return picture.headers().firstValue("ETag").orElseThrow();
    }

    private static void goTo(Browser browser, String revision) {
        while (Long.parseLong(browser.evaluate(SLIDER + ".ariaValueNow")) > Long.parseLong(revision)) {
            browser.press("ArrowLeft", 37);
        }
        while (Long.parseLong(browser.evaluate(SLIDER + ".ariaValueNow")) < Long.parseLong(revision)) {
            browser.press("ArrowRight", 39);
        }
        browser.until("revision " + revision + " is shown", SHOWN + " === '" + revision + "'");
    }

    private static void saysPast(Browser browser, String revision) {
        browser.until("it says that it is past", state("past"));
        assertThat(browser.evaluate(SLIDER + ".ariaValueText")).matches(".* ago, revision " + revision);
        assertThat(browser.evaluate("document.getElementById('view-past').innerText"))
                .matches("(?s)Past.*\\d:\\d\\d.* ago");
        assertThat(browser.evaluate(fact("revision"))).isEqualTo(revision);
    }

    private static void dragBack(Browser browser) {
        double[] box = new double[4];
        String[] sides = {"left", "top", "width", "height"};
        for (int side = 0; side < sides.length; side++) {
            box[side] = Double.parseDouble(
                    browser.evaluate("String(" + SLIDER + ".getBoundingClientRect()." + sides[side] + ")"));
        }
        int y = (int) (box[1] + box[3] / 2);
        browser.drag((int) (box[0] + box[2] - 2), y, (int) box[0] + 1, y);
    }

    private static String state(String word) {
        return "document.querySelector('#view .state .word').textContent === '" + word + "'";
    }

    private static String fact(String name) {
        return "document.querySelector('#facts [data-fact=" + name + "]').textContent";
    }

    private static String tile(Browser browser, String name) {
        return browser.evaluate("document.querySelector('[data-space]').dataset." + name);
    }

    /** How many columns of the time line have a mark that reaches up to a share of its height. */
    private static String marks(double share) {
        return "(() => { const marks = " + SLIDER + ".querySelector('canvas'); const {width, height} = marks;"
                + " const copy = document.createElement('canvas'); copy.width = width; copy.height = height;"
                + " const context = copy.getContext('2d', {willReadFrequently: true}); context.drawImage(marks, 0, 0);"
                + " const row = Math.min(height - 1, Math.floor(height * (1 - " + share + ")));"
                + " const pixels = context.getImageData(0, row, width, 1).data;"
                + " return pixels.filter((value, index) => index % 4 === 3 && value > 0).length })()";
    }

    private static int marks(Browser browser, double share) {
        return Integer.parseInt(browser.evaluate("String(" + marks(share) + ")"));
    }

    private static void shows(Browser browser, String what, Pixels expected) {
        Eventually.until("the large view shows " + what, () -> {
            Pixels shown = view(browser);
            return shown.width() == expected.width()
                    && shown.height() == expected.height()
                    && shown.meanDifference(expected) < 0.05;
        });
    }

    /** The pixels of the large view. */
    private static Pixels view(Browser browser) {
        String url = browser.evaluate("(() => { const view = document.getElementById('view-canvas');"
                + " const copy = document.createElement('canvas'); copy.width = view.width; copy.height = view.height;"
                + " copy.getContext('2d').drawImage(view, 0, 0); return copy.toDataURL() })()");
        return Jpegs.decode(Base64.getDecoder().decode(url.substring(url.indexOf(',') + 1)));
    }
}
