package dev.oriel.capture.x11;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.capture.Area;
import dev.oriel.capture.CaptureEngine;
import dev.oriel.capture.CaptureSchedule;
import dev.oriel.capture.CaptureSettings;
import dev.oriel.capture.CaptureTarget;
import dev.oriel.capture.Eventually;
import dev.oriel.capture.Frame;
import dev.oriel.capture.FrameMemory;
import dev.oriel.capture.Jpegs;
import dev.oriel.capture.Pixels;
import dev.oriel.capture.Quality;
import dev.oriel.capture.Redaction;
import dev.oriel.capture.Space;
import dev.oriel.capture.SpaceId;
import dev.oriel.capture.SpaceWindow;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

/** A window in a colour that nothing else has, on real X servers: no row and no picture may show that colour. */
class X11RedactionIT {

    private static final int WIDTH = 800;
    private static final int HEIGHT = 600;
    private static final int SECRET = 0xFF00FE;
    private static final String SECRET_NAME = "#ff00fe";
    private static final int BLANK = 0x202020;
    private static final double NEAR = 1.5;

    /** More than the decorations of a window take. */
    private static final int DECORATION = 40;

    private final XServer server = XServer.start(WIDTH, HEIGHT);
    private final List<byte[]> pictures = new CopyOnWriteArrayList<>();
    private final List<Frame> newest = new CopyOnWriteArrayList<>();
    private final List<List<Space>> lists = new CopyOnWriteArrayList<>();
    private CaptureEngine engine;
    private WatchedSource source;

    @AfterEach
    void end() {
        if (engine != null) {
            engine.close();
        }
        newest.forEach(Frame::close);
        server.close();
    }

    @Test
    void theColourIsSeenWhereNoRuleHidesIt() {
        secretTerminal("40x10+100+100", "-class", "Secret");
        watch("class:Other;title:other");
        Eventually.until("the colour is seen", () -> source.sightings() > 0 && isSeen(pictures));
    }

    @ParameterizedTest
    @CsvSource({"true,class:secre?", "false,class:SECRET", "true,title:*top*", "false,title:top secret"})
    void aSecretWindowIsNeverSeenWhateverHappensToIt(boolean managed, String rule) {
        SpaceId space = space(managed);
        server.xterm("70x30+30+30", "-bg", "#203040");
        watch(rule);
        secretTerminal("40x10+100+100", "-class", "Secret", "-T", "top secret");
        String window = windowCalled("top secret");
        untilHidden(window);

        Random random = new Random(7);
        for (int round = 0; round < 12; round++) {
            List<String> words = new ArrayList<>(List.of("xdotool"));
            for (int step = 0; step < 8; step++) {
                String x = Integer.toString(random.nextInt(WIDTH - 100));
                String y = Integer.toString(random.nextInt(HEIGHT - 100));
                words.addAll(List.of("windowmove", window, x, y, "sleep", "0.007"));
                words.addAll(List.of("windowsize", window, "3" + random.nextInt(100), "1" + random.nextInt(100)));
                words.addAll(List.of("sleep", "0.005", "windowraise", window));
            }
            String hide = managed ? "windowminimize" : "windowunmap";
            words.addAll(List.of(hide, window, "sleep", "0.05", "windowmap", window, "mousemove", "60", "60"));
            server.run(words.toArray(String[]::new));
        }
        server.run("xdotool", "windowmove", window, "300", "200", "windowsize", window, "300", "150");
        untilOnlyItIsHidden(space, window);
        assertThat(source.sightings()).isZero();
        assertThat(pictures).hasSizeGreaterThan(40);
        assertThat(isSeen(pictures)).isFalse();
        assertThat(lists.get(lists.size() - 1).stream().flatMap(each -> each.windows().stream()))
                .extracting(SpaceWindow::application)
                .containsExactly("XTerm");
    }

    @Test
    void aWindowThatIsThereForAMomentOnlyIsNotSeenEither() {
        watch("class:Secret");
        server.client("xterm", "-geometry", "20x45+640+0", "-e", "while :; do date +%N; done");
        Random random = new Random(3);
        try (FlashingWindow window = new FlashingWindow(server.display())) {
            for (int round = 0; round < 600; round++) {
                window.show("Secret", SECRET, random.nextInt(300), random.nextInt(300), 300, 250);
                LockSupport.parkNanos(random.nextInt(4_000_000));
                window.takeAway();
                LockSupport.parkNanos(random.nextInt(4_000_000));
            }
        }
        assertThat(source.sightings()).isZero();
        assertThat(source.refusals()).as("captures given up").isPositive();
        assertThat(isSeen(pictures)).isFalse();
    }

    /** Programs that paint all of their window themselves leave there what was above it until they get to it. */
    @Test
    void thePlaceThatASecretWindowLeftStaysHiddenForAMoment() {
        SpaceId space = space(false);
        watch("class:Secret");
        secretTerminal("40x10+100+100", "-class", "Secret", "-T", "top secret");
        String window = windowCalled("top secret");
        untilHidden(window);
        Area place = placeOf(window);
        long began = System.nanoTime();
        server.run("xdotool", "windowunmap", window);
        Eventually.until(
                "it is uncovered",
                () -> !isBlank(source.shown(space, WIDTH, HEIGHT).part(place)));
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(SecretWindows.LINGER);
        assertThat(source.sightings()).isZero();
    }

    @Test
    void theLastPictureOfAHiddenDesktopDoesNotShowItEither() {
        space(true);
        server.xterm("70x30+30+30", "-bg", "#203040");
        watch("class:Secret");
        Eventually.until("two desktops", () -> last().size() == 2);
        for (int round = 0; round < 3; round++) {
            secretTerminal("40x10+100+100", "-class", "Secret", "-T", "top secret " + round);
            // One that comes up after the switch is on the other desktop, and never seen on this one.
            String window = windowCalled("top secret " + round);
            server.run("xdotool", "set_desktop", "1");
            Eventually.until("the other desktop", () -> last().get(1).active());
            server.run("xdotool", "set_desktop", "0");
            Eventually.until("the first desktop", () -> last().get(0).active());
            untilHidden(window);
        }
        assertThat(source.sightings()).isZero();
        assertThat(isSeen(pictures)).isFalse();
        assertThat(last().stream().flatMap(space -> space.windows().stream()))
                .extracting(SpaceWindow::title)
                .noneMatch(title -> title.contains("secret"));
    }

    /** The terminal names itself, shows what is secret, hides it, and only then takes a harmless name. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aWindowIsHiddenFromTheMomentItIsCalledSo(boolean managed) {
        space(managed);
        watch("title:*bank*");
        String script = """
                for i in $(seq 60); do
                  printf '\\033]2;my bank %d\\007\\033]11;#ff00fe\\007' $i; sleep 0.02
                  printf '\\033]11;#203040\\007\\033[c'; read -r -s -d c answer
                  printf '\\033]2;harmless %d\\007' $i; sleep 0.02
                done
                """;
        server.client("xterm", "-geometry", "60x20+40+30", "-bg", "#203040", "-e", "bash", "-c", script + "sleep 60");
        Eventually.until(
                "it called itself harmless at last",
                () -> last().stream()
                        .flatMap(space -> space.windows().stream())
                        .anyMatch(window -> window.title().equals("harmless 60")));
        assertThat(source.sightings()).isZero();
        assertThat(isSeen(pictures)).isFalse();
        assertThat(lists.stream().flatMap(List::stream).flatMap(space -> space.windows().stream()))
                .extracting(SpaceWindow::title)
                .noneMatch(title -> title.contains("bank"));
        assertThat(pictures).hasSizeGreaterThan(5);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aWindowThatSaysWhatItIsOnlyWhenItIsThereIsHiddenFromThenOn(boolean managed) {
        SpaceId space = space(managed);
        watch("title:top secret");
        try (FlashingWindow window = new FlashingWindow(server.display())) {
            window.showSilent(SECRET, 100, 100, 300, 200);
            Eventually.until("it is shown before it says anything", () -> source.sightings() > 0);
            window.name("top secret");
            String found = windowCalled("top secret");
            untilHidden(found);
            untilOnlyItIsHidden(space, found);
        }
    }

    @Test
    void aProgramThatNeverStopsChangingItsTitleHoldsNobodyUp() {
        watch("title:top secret");
        server.client(
                "xterm",
                "-geometry",
                "40x3+300+400",
                "-e",
                "bash",
                "-c",
                "while :; do printf '\\033]2;%s\\007' $RANDOM; done");
        server.run("xdotool", "search", "--sync", "--onlyvisible", "--class", "xterm");
        try (XPainter painter = new XPainter(server.display())) {
            int before = pictures.size();
            int[] color = {0};
            Eventually.until("pictures of what else changes", () -> {
                painter.fill(new Area(0, 0, 200, 200), color[0] += 0x010305);
                painter.sync();
                return pictures.size() > before + 40;
            });
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void menusOfASecretWindowAndDialogsForItAreSecretToo(boolean managed) {
        SpaceId space = space(managed);
        watch("class:Secret");
        secretTerminal(
                "30x5+40+40", "-class", "Secret", "-T", "top secret", "-xrm", "*SimpleMenu*background: " + SECRET_NAME);
        String window = windowCalled("top secret");
        untilHidden(window);
        for (int round = 0; round < 5; round++) {
            server.run("xdotool", "mousemove", "--window", window, "20", "20", "keydown", "ctrl", "mousedown", "1");
            server.run("xdotool", "sleep", "0.2", "mouseup", "1", "keyup", "ctrl", "sleep", "0.1");
        }
        assertThat(source.sightings()).isZero();

        terminal("30x5+400+300", "#203040", "-T", "dialog");
        String dialog = windowCalled("dialog");
        Eventually.until(
                "the terminal is listed",
                () -> last().stream().anyMatch(each -> !each.windows().isEmpty()));
        server.run("xprop", "-id", dialog, "-f", "WM_TRANSIENT_FOR", "32x", "-set", "WM_TRANSIENT_FOR", window);
        Eventually.until(
                "the dialog is not listed",
                () -> last().stream().allMatch(each -> each.windows().isEmpty()));
        untilHidden(dialog);
        assertThat(source.shown(space, WIDTH, HEIGHT).colors()).doesNotContain(0x203040);
        assertThat(isSeen(pictures)).isFalse();
    }

    @Test
    void aWindowManagerThatComesAndGoesUncoversNothing() {
        watch("class:Secret");
        secretTerminal("40x10+100+100", "-class", "Secret", "-T", "top secret");
        String window = windowCalled("top secret");
        for (int round = 0; round < 3; round++) {
            Process openbox = server.openbox("1", "2");
            Eventually.until("two desktops", () -> last().size() == 2);
            untilHidden(window);
            server.kill(openbox);
            Eventually.until("one display", () -> last().size() == 1);
            untilHidden(window);
        }
        assertThat(source.sightings()).isZero();
        assertThat(isSeen(pictures)).isFalse();
    }

    private SpaceId space(boolean managed) {
        if (managed) {
            server.openbox("1", "2");
            server.run("sh", "-c", "until xprop -root _NET_CURRENT_DESKTOP | grep -q '= 0'; do sleep 0.05; done");
        }
        return new SpaceId("x11-" + server.number() + (managed ? "-1" : ""));
    }

    private void secretTerminal(String geometry, String... moreArguments) {
        terminal(geometry, SECRET_NAME, moreArguments);
    }

    private void terminal(String geometry, String background, String... moreArguments) {
        List<String> words = new ArrayList<>(List.of("xterm", "-geometry", geometry, "-bg", background));
        words.addAll(List.of(moreArguments));
        words.addAll(List.of("-e", "cat"));
        server.client(words.toArray(String[]::new));
    }

    private String windowCalled(String title) {
        return server.run("xdotool", "search", "--sync", "--onlyvisible", "--name", title)
                .lines()
                .findFirst()
                .orElseThrow();
    }

    private void watch(String rules) {
        Redaction redaction = Redaction.parse(rules).orElseThrow();
        source = new WatchedSource(
                new X11Source(server.display(), X11Options.defaults().withRedaction(redaction), System::nanoTime),
                SECRET);
        engine = CaptureEngine.start(
                List.of(source), FrameMemory.onHeap(1 << 28), CaptureSettings.defaults(), Clock.systemUTC());
        engine.spaces().subscribe(lists::add);
        List<CaptureTarget> targets = Stream.of("", "-1", "-2")
                .map(part -> new SpaceId("x11-" + server.number() + part))
                .map(space -> new CaptureTarget(space, EnumSet.allOf(Quality.class), Duration.ZERO))
                .toList();
        engine.frames(Flux.just(new CaptureSchedule(targets, 0))).subscribe(this::keep);
        Eventually.until("a first picture", () -> !pictures.isEmpty());
    }

    /** The newest of each space and quality stays held, so that the next one shares its stripes. */
    private void keep(Frame frame) {
        pictures.add(frame.toByteArray());
        newest.removeIf(older -> {
            boolean replaced = older.space().equals(frame.space()) && older.quality() == frame.quality();
            if (replaced) {
                older.close();
            }
            return replaced;
        });
        newest.add(frame);
    }

    private List<Space> last() {
        return lists.isEmpty() ? List.of() : lists.get(lists.size() - 1);
    }

    /** Whether a picture has a pixel near the colour: full red and blue without green. */
    private static boolean isSeen(List<byte[]> jpegs) {
        return jpegs.stream().map(Jpegs::decode).anyMatch(picture -> {
            for (int color : picture.colors()) {
                if ((color >> 16 & 0xFF) > 180 && (color >> 8 & 0xFF) < 90 && (color & 0xFF) > 180) {
                    return true;
                }
            }
            return false;
        });
    }

    private Area placeOf(String window) {
        int[] numbers = server.run("xwininfo", "-id", window)
                .lines()
                .filter(line -> line.matches(" *(Absolute upper-left [XY]|Width|Height): .*"))
                .mapToInt(line -> Integer.parseInt(line.replaceAll(".*: *", "")))
                .toArray();
        return new Area(numbers[0], numbers[1], numbers[2], numbers[3]).intersection(new Area(0, 0, WIDTH, HEIGHT));
    }

    private void untilHidden(String window) {
        Eventually.until("it is blank where the window is", () -> {
            Area place = placeOf(window);
            return last().stream()
                    .filter(Space::active)
                    .anyMatch(space ->
                            isBlank(source.shown(space.id(), WIDTH, HEIGHT).part(place)));
        });
    }

    private static boolean isBlank(Pixels pixels) {
        return pixels.colors().length > 0 && Arrays.stream(pixels.colors()).allMatch(color -> color == BLANK);
    }

    private void untilOnlyItIsHidden(SpaceId space, String window) {
        Eventually.until("everything else is shown exactly", () -> {
            Pixels screen = server.pixels(WIDTH, HEIGHT);
            Pixels seen = source.shown(space, WIDTH, HEIGHT);
            Area place = placeOf(window);
            Area most = new Area(
                    place.x() - DECORATION,
                    place.y() - DECORATION,
                    place.width() + 2 * DECORATION,
                    place.height() + 2 * DECORATION);
            if (!isBlank(seen.part(place))) {
                return false;
            }
            for (int index = 0; index < seen.colors().length; index++) {
                boolean mayBeHidden = !new Area(index % WIDTH, index / WIDTH, 1, 1)
                        .intersection(most)
                        .isEmpty();
                boolean same = seen.colors()[index] == screen.colors()[index];
                if (!same && !(mayBeHidden && seen.colors()[index] == BLANK)) {
                    return false;
                }
            }
            return newest.stream()
                    .filter(frame -> frame.space().equals(space) && frame.quality() == Quality.FULL)
                    .anyMatch(frame -> Jpegs.decode(frame.toByteArray()).meanDifference(seen) < NEAR);
        });
    }
}
