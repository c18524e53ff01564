package dev.oriel.capture.x11;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.capture.CaptureEngine;
import dev.oriel.capture.CaptureSchedule;
import dev.oriel.capture.CaptureSettings;
import dev.oriel.capture.CaptureTarget;
import dev.oriel.capture.Eventually;
import dev.oriel.capture.Frame;
import dev.oriel.capture.FrameMemory;
import dev.oriel.capture.Quality;
import dev.oriel.capture.Space;
import dev.oriel.capture.SpaceId;
import dev.oriel.capture.SpaceWindow;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** What the spaces of real X servers tell of their windows. */
class X11WindowsIT {

    private static final int WIDTH = 800;
    private static final int HEIGHT = 600;

    private final XServer server = XServer.start(WIDTH, HEIGHT);
    private final List<List<Space>> lists = new CopyOnWriteArrayList<>();
    private CaptureEngine engine;

    @AfterEach
    void end() {
        if (engine != null) {
            engine.close();
        }
        server.close();
    }

    @Test
    void eachDesktopTellsItsOwn() {
        startOpenbox();
        terminal("10x5+10+10", "one");
        String one = windowCalled("one");
        watch(SpaceKind.DESKTOPS);
        untilTold("one", "", "");
        terminal("10x5+200+10", "two");
        String two = windowCalled("two");
        untilTold("one, two", "", "");
        server.run("xdotool", "set_desktop_for_window", one, "2");
        untilTold("two", "", "one");
        server.run("xdotool", "set_desktop_for_window", two, "-1");
        untilTold("two", "two", "one, two");
        server.run("xdotool", "set_desktop", "2");
        untilTold("two", "two", "one, two");
        server.run("xdotool", "windowminimize", one);
        server.run(
                "sh", "-c", "LC_ALL=C.UTF-8 xdotool set_window --name \"$(printf 'Gr\\303\\274\\303\\237e')\" " + two);
        untilTold("Grüße", "Grüße", "one, Grüße");
        assertThat(last().get(2).windows()).first().isEqualTo(new SpaceWindow("XTerm", "one"));
        server.run("xdotool", "windowkill", one);
        untilTold("Grüße", "Grüße", "Grüße");
        server.run(
                "xprop",
                "-id",
                two,
                "-f",
                "_NET_WM_WINDOW_TYPE",
                "32a",
                "-set",
                "_NET_WM_WINDOW_TYPE",
                "_NET_WM_WINDOW_TYPE_DOCK");
        untilTold("", "", "");
    }

    @Test
    void aDisplayWithoutWindowManagerTellsWhatCanBeSeen() {
        watch(SpaceKind.DESKTOPS);
        untilTold("");
        terminal("10x5+10+10", "one");
        terminal("10x5+200+10", "two");
        String one = windowCalled("one");
        String two = windowCalled("two");
        Eventually.until("both are told", () -> titles().get(0).size() == 2);
        List<String> inOrder = titles().get(0);
        server.run("xdotool", "windowraise", one, "windowraise", two, "windowraise", one);
        server.run("xdotool", "windowunmap", one);
        untilTold("two");
        server.run("xdotool", "windowmap", one, "set_window", "--name", "another", two);
        Eventually.until("both are told", () -> titles().get(0).size() == 2);
        assertThat(titles().get(0)).containsExactlyInAnyOrder("one", "another");
        assertThat(inOrder).containsExactlyInAnyOrder("one", "two");
        server.run("xdotool", "windowkill", two);
        untilTold("one");

        startOpenbox();
        untilTold("one", "", "");
    }

    @Test
    void eachMonitorTellsWhatHasItsCentreThere() {
        server.run("xrandr", "--setmonitor", "left", "400/100x600/150+0+0", "screen");
        server.run("xrandr", "--setmonitor", "right", "400/100x600/150+400+0", "none");
        startOpenbox();
        terminal("10x5+10+10", "one");
        terminal("10x5+500+10", "two");
        String one = windowCalled("one");
        windowCalled("two");
        watch(SpaceKind.MONITORS);
        untilTold("one", "two");
        server.run("xdotool", "windowmove", one, "600", "300");
        untilTold("", "one, two");
    }

    @Test
    void aWholeDisplayTellsTheWindowsOfAllDesktops() {
        startOpenbox();
        terminal("10x5+10+10", "one");
        server.run("xdotool", "set_desktop_for_window", windowCalled("one"), "1");
        terminal("10x5+500+10", "two");
        watch(SpaceKind.DISPLAYS);
        untilTold("one, two");
    }

    @Test
    void titlesThatChangeAllTheTimeAreToldOnceASecondAndNothingIsCapturedForThem() {
        terminal("10x5+10+10", "one");
        String one = windowCalled("one");
        watch(SpaceKind.DESKTOPS);
        untilTold("one");
        Eventually.until("a picture", () -> engine.stats().frames() > 0);
        server.run("xdotool", "sleep", "0.5");
        long captures = engine.stats().captures();
        int before = lists.size();

        List<String> words = new ArrayList<>(List.of("xdotool"));
        for (int title = 1; title <= 300; title++) {
            words.addAll(List.of("set_window", "--name", "title " + title, one, "sleep", "0.01"));
        }
        long began = System.nanoTime();
        server.run(words.toArray(String[]::new));
        untilTold("title 300");
        long seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds() + 1;
        assertThat(lists.size() - before).isBetween(2, (int) seconds + 1);
        assertThat(engine.stats().captures()).isEqualTo(captures);

        int told = lists.size();
        for (int time = 0; time < 20; time++) {
            server.run("xprop", "-id", one, "-f", "_NET_WM_USER_TIME", "32c", "-set", "_NET_WM_USER_TIME", "" + time);
        }
        assertThat(lists).hasSize(told);
    }

    private void startOpenbox() {
        server.openbox("1", "2", "3");
        server.run("sh", "-c", "until xprop -root _NET_CURRENT_DESKTOP | grep -q '= 0'; do sleep 0.05; done");
    }

    private void terminal(String geometry, String title) {
        server.client("xterm", "-geometry", geometry, "-T", title, "-e", "cat");
        windowCalled(title);
    }

    private String windowCalled(String title) {
        return server.run("xdotool", "search", "--sync", "--onlyvisible", "--name", title)
                .lines()
                .findFirst()
                .orElseThrow();
    }

    private void watch(SpaceKind kind) {
        X11Source source = new X11Source(server.display(), X11Options.defaults().withSpaces(kind), System::nanoTime);
        engine = CaptureEngine.start(
                List.of(source), FrameMemory.onHeap(1 << 28), CaptureSettings.defaults(), Clock.systemUTC());
        engine.spaces().subscribe(lists::add);
        CaptureTarget target =
                new CaptureTarget(new SpaceId("x11-" + server.number()), Set.of(Quality.FULL), Duration.ZERO);
        engine.frames(Flux.just(new CaptureSchedule(List.of(target), 0))).subscribe(Frame::close);
    }

    private List<Space> last() {
        return lists.get(lists.size() - 1);
    }

    private List<List<String>> titles() {
        return lists.isEmpty()
                ? List.of()
                : last().stream()
                        .map(space ->
                                space.windows().stream().map(SpaceWindow::title).toList())
                        .toList();
    }

    /** For each space the titles in it, with commas between. */
    private void untilTold(String... titles) {
        Eventually.until(
                "told are " + List.of(titles),
                () -> titles().stream()
                        .map(inSpace -> String.join(", ", inSpace))
                        .toList()
                        .equals(List.of(titles)));
    }
}
