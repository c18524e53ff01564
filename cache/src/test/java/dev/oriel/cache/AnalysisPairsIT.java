package dev.oriel.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.cache.ScreenPairs.Pair;
import dev.oriel.cache.ScreenPairs.Screenful;
import dev.oriel.cache.ScreenPairs.Shot;
import dev.oriel.capture.Area;
import dev.oriel.capture.Frame;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** How often an answer is found again when it should be, and when it should not, on pictures of real applications. */
class AnalysisPairsIT {

    private static final int FEWEST_PAIRS = 140;
    private static final double LEAST_PRECISION = 1.0;
    private static final double LEAST_RECALL = 1.0;
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final ScreenPairs screens = new ScreenPairs();

    @AfterEach
    void end() {
        screens.close();
    }

    @Test
    void findsAnswersAgainForTheSameScreenAndForNoOther() {
        terminals();
        windows();
        browser();
        int[][] count = new int[2][2];
        StringBuilder wrong = new StringBuilder();
        for (Pair pair : screens.pairs()) {
            boolean found = isFoundAgain(pair);
            count[pair.same() ? 1 : 0][found ? 1 : 0]++;
            if (found != pair.same()) {
                wrong.append(pair.same() ? "\nnot found again: " : "\nfound by mistake: ")
                        .append(pair.name());
            }
        }
        double precision = count[1][1] / (double) Math.max(1, count[1][1] + count[0][1]);
        double recall = count[1][1] / (double) Math.max(1, count[1][1] + count[1][0]);
        System.out.printf(
                Locale.ROOT,
                "ANALYSIS PAIRS %d same: %d found, %d missed; %d different: %d told apart, %d mistaken;"
                        + " precision %.3f, recall %.3f%n",
                count[1][0] + count[1][1],
                count[1][1],
                count[1][0],
                count[0][0] + count[0][1],
                count[0][0],
                count[0][1],
                precision,
                recall);
        assertThat(screens.pairs()).hasSizeGreaterThanOrEqualTo(FEWEST_PAIRS);
        assertThat(precision).as("precision%s", wrong).isGreaterThanOrEqualTo(LEAST_PRECISION);
        assertThat(recall).as("recall%s", wrong).isGreaterThanOrEqualTo(LEAST_RECALL);
    }

    private static boolean isFoundAgain(Pair pair) {
        try (AnalysisCache<String> cache = AnalysisCache.open(
                AnalysisCacheSettings.ofTexts().withIgnored(pair.ignored()),
                Schedulers.immediate(),
                System::nanoTime)) {
            ask(cache, pair.one(), "one");
            return ask(cache, pair.other(), "other").equals("one");
        }
    }

    private static String ask(AnalysisCache<String> cache, Frame frame, String answer) {
        return Objects.requireNonNull(
                cache.ask(frame, "what is there?", held -> Mono.just(answer)).block(LONGEST));
    }

    private void terminals() {
        Screenful plain = screens.terminal("plain", "80x24+10+10");
        Screenful smooth = screens.terminal(
                "smooth", "80x20+520+10", "-fa", "monospace", "-fs", "10", "-bg", "white", "-fg", "black");
        Screenful pale = screens.terminal(
                "pale", "80x16+520+420", "-fa", "monospace", "-fs", "9", "-bg", "#333333", "-fg", "#999999");
        Screenful clock = screens.terminal("clock", "12x1+20+700", "-fa", "monospace", "-fs", "12");
        for (Screenful terminal : List.of(plain, smooth, pale)) {
            for (int line = 1; line <= 15; line++) {
                terminal.put(
                        line, 1, "-rw-r--r-- 1 root root " + 48_271 * line % 99_991 + " Nov 22 12:36 file-" + line);
            }
        }
        clock.put(1, 1, "12:36:09");
        Shot start = screens.shot();
        screens.sameAtOtherQualities("terminals", start);
        screens.same("terminals, captured again", start, screens.shot());

        Shot before = start;
        for (Screenful terminal : List.of(plain, smooth, pale)) {
            before = edits(terminal, before);
        }
        smooth.put(21, 1, "\n");
        Shot scrolled = screens.shotAfter(before);
        screens.different("a line scrolled", before, scrolled);
        screens.sameAtOtherQualities("a line scrolled", scrolled);

        screens.ignore(new Area(10, 690, 160, 60));
        clock.put(1, 1, "12:36:10");
        Shot ticked = screens.shotAfter(scrolled);
        screens.same("a clock that is ignored ticked", scrolled, ticked);
        clock.put(1, 1, "12:37:58");
        Shot tickedAgain = screens.shotAfter(ticked);
        screens.same("a clock that is ignored ticked again", scrolled, tickedAgain);
        clock.put(1, 1, "12:40:00");
        pale.put(3, 5, "x");
        Shot both = screens.shotAfter(tickedAgain);
        screens.different("a letter changed while the clock ticked", tickedAgain, both);
        screens.ignore();
        screens.different("a clock that counts ticked", scrolled, ticked);
    }

    /** One character after the other, each seen against the screen before it. */
    private Shot edits(Screenful terminal, Shot start) {
        Shot before = start;
        String[] edits = {"3", "8", "6", "9", "1", "7", "0", "O", ".", ","};
        for (int edit = 0; edit < edits.length; edit++) {
            terminal.put(2 + edit / 2, 60, edits[edit]);
            Shot after = screens.shotAfter(before);
            String what = edit % 2 == 0 ? "nothing" : edits[edit - 1];
            screens.different(what + " became " + edits[edit], before, after);
            before = after;
        }
        terminal.put(9, 1, "drw");
        Shot word = screens.shotAfter(before);
        screens.different("a word changed", before, word);
        terminal.put(9, 1, "-rw");
        Shot back = screens.shotAfter(word);
        screens.same("a word changed back", before, back);
        return back;
    }

    private void windows() {
        Shot bare = screens.shot();
        screens.server().openbox("one", "two");
        Shot decorated = screens.shotAfter(bare);
        screens.sameAtOtherQualities("windows", decorated);
        screens.different("windows got titles", bare, decorated);

        run("xdotool", "search", "--name", "^pale$", "windowactivate", "--sync");
        Shot active = screens.shotAfter(decorated);
        screens.different("another window is active", decorated, active);
        run("xdotool", "search", "--name", "^smooth$", "windowactivate", "--sync", "windowmove", "200", "200");
        Shot moved = screens.shotAfter(active);
        screens.different("another window lies above", active, moved);
        screens.sameAtOtherQualities("windows above one another", moved);
        run("xdotool", "search", "--name", "^pale$", "windowminimize", "--sync");
        Shot minimized = screens.shotAfter(moved);
        screens.different("a window was minimized", moved, minimized);
        run("xdotool", "search", "--name", "^pale$", "windowmap", "--sync");
        run("xdotool", "search", "--name", "^smooth$", "windowactivate", "--sync");
        Shot restored = screens.shotAfter(minimized);
        screens.same("a window was minimized and restored", moved, restored);

        run("xdotool", "set_desktop", "1");
        Shot other = screens.shotAfter(restored);
        screens.different("another desktop", restored, other);
        run("xdotool", "set_desktop", "0");
        Shot home = screens.shotAfter(other);
        screens.same("another desktop and back", restored, home);
        run("xdotool", "mousemove", "640", "700");
        screens.same("the pointer moved", home, screens.shot());

        Process dialog = screens.server()
                .client(
                        "xmessage",
                        "-buttons",
                        "Save,Discard,Cancel",
                        "-default",
                        "Save",
                        "-center",
                        "Save the changes to notes.txt?");
        run("xdotool", "search", "--sync", "--onlyvisible", "--class", "xmessage");
        Shot asked = screens.shotAfter(home);
        screens.sameAtOtherQualities("a dialog", asked);
        screens.different("a dialog opened", home, asked);
        screens.server().kill(dialog);
        run("xdotool", "search", "--name", "^smooth$", "windowactivate", "--sync");
        Shot closed = screens.shotAfter(asked);
        screens.same("a dialog opened and closed", home, closed);

        run("xdotool", "mousemove", "400", "320", "keydown", "ctrl", "mousedown", "1");
        Shot menu = screens.shotAfter(closed);
        screens.different("a menu opened", closed, menu);
        screens.sameAtOtherQualities("a menu", menu);
        run("xdotool", "mousemove_relative", "0", "72", "mousemove_relative", "3", "3");
        Shot chosen = screens.shotAfter(menu);
        screens.different("another line of the menu", menu, chosen);
        run("xdotool", "mousemove", "640", "790", "mouseup", "1", "keyup", "ctrl");
        screens.same("a menu opened and closed", closed, screens.shotAfter(chosen));
    }

    private void browser() {
        Shot before = screens.shot();
        screens.browser("""
                <!doctype html><meta charset="utf-8"><title>page</title>
                <style>
                  * { position: absolute; margin: 0 }
                  html, body { background: #fff; font: 14px sans-serif; width: 1280px; height: 800px; overflow: hidden }
                  #lines { left: 20px; top: 300px; width: 500px; height: 400px; overflow: hidden }
                  #lines pre { position: static; font: 12px monospace }
                  #light { left: 400px; top: 40px; width: 14px; height: 14px; border-radius: 7px; background: #ff0000 }
                </style>
                <input type="checkbox" style="left:40px;top:40px"><label style="left:70px;top:40px">notify me</label>
                <input type="radio" name="r" checked style="left:40px;top:80px">
                <input type="radio" name="r" style="left:80px;top:80px">
                <select style="left:40px;top:120px"><option>monday<option>tuesday</select>
                <button style="left:200px;top:40px" onclick="count.textContent = 1296 - count.textContent">count</button>
                <span id="count" style="left:300px;top:44px;color:#777">648</span>
                <button style="left:200px;top:80px" onclick="light.style.background = '#008200'">build</button>
                <span id="light"></span>
                <button style="left:200px;top:120px" onclick="price.textContent = '1.249,00'">price</button>
                <span id="price" style="left:300px;top:124px;color:#bbb">1.249.00</span>
                <button style="left:200px;top:160px" onclick="lines.scrollTop += 14">down</button>
                <button style="left:260px;top:160px" onclick="lines.scrollTop -= 14">up</button>
                <button style="left:200px;top:200px" onclick="toast.hidden = !toast.hidden">toast</button>
                <div id="toast" hidden style="left:900px;top:700px;padding:8px;background:#f4f4f4">saved</div>
                <div id="lines"><pre></pre></div>
                <div style="left:600px;top:200px;width:600px;height:400px;background:conic-gradient(red,gold,teal,navy,red)"></div>
                <script>
                                    let text = ''
                  for (let line = 1; line < 60; line++) text += `${line} const value = compute(${line * 7919 % 1000})\\n`
                  document.getElementById('lines').firstChild.textContent = text
                  document.addEventListener('click', () => document.activeElement.blur())
                </script>
                """);
        Shot page = screens.shotShowing(407, 47, 0xFF0000);
        screens.different("a browser opened", before, page);
        screens.sameAtOtherQualities("a web page", page);
        screens.same("a web page, captured again", page, screens.shot());
        page = afterClick("a box was ticked", 46, 46, page);
        page = afterClick("another radio button", 86, 86, page);
        page = afterClick("a light turned from red to green", 220, 90, page);
        page = afterClick("a point became a comma, in pale grey", 220, 130, page);
        Shot down = afterClick("a page scrolled by a line", 220, 170, page);
        screens.click(275, 170);
        Shot up = screens.shotAfter(down);
        screens.same("a page scrolled by a line and back", page, up);
        Shot toast = afterClick("a pale notice appeared", 220, 210, up);
        screens.click(220, 210);
        screens.same("a notice came and went", up, screens.shotAfter(toast));
        run("xdotool", "mousemove", "60", "130", "click", "1");
        Shot list = screens.shotAfter(up);
        screens.different("a list opened", up, list);
        screens.sameAtOtherQualities("a list", list);
    }

    private Shot afterClick(String what, int x, int y, Shot before) {
        screens.click(x, y);
        Shot after = screens.shotAfter(before);
        screens.different(what, before, after);
        return after;
    }

    private void run(String... words) {
        screens.server().run(words);
    }
}
