package dev.oriel.capture.x11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.oriel.capture.Area;
import dev.oriel.capture.CaptureEngine;
import dev.oriel.capture.CaptureSchedule;
import dev.oriel.capture.CaptureSettings;
import dev.oriel.capture.CaptureStats;
import dev.oriel.capture.CaptureTarget;
import dev.oriel.capture.Command;
import dev.oriel.capture.Eventually;
import dev.oriel.capture.Frame;
import dev.oriel.capture.FrameMemory;
import dev.oriel.capture.Jpegs;
import dev.oriel.capture.Pixels;
import dev.oriel.capture.Quality;
import dev.oriel.capture.ScreenSource;
import dev.oriel.capture.SourceLostException;
import dev.oriel.capture.Space;
import dev.oriel.capture.SpaceId;
import dev.oriel.capture.SpaceState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/** Real X servers, real programs on them. */
class X11SourceIT {

    private static final int WIDTH = 800;
    private static final int HEIGHT = 600;
    private static final String[] NAMES = {"Mail", "Code", "Größe", "4"};
    private static final double NEAR = 1.5;
    private static final String PIXELS = "memfd:oriel-pixels";

    private final List<XServer> servers = new ArrayList<>();
    private final List<Frame> frames = new CopyOnWriteArrayList<>();
    private List<List<Space>> lists = new CopyOnWriteArrayList<>();
    private CaptureEngine engine;

    @AfterEach
    void end() {
        if (engine != null) {
            engine.close();
        }
        frames.forEach(Frame::close);
        servers.forEach(XServer::close);
    }

    @Test
    void framesShowTheScreen() {
        XServer server = server();
        server.xterm("60x20+40+30");
        watch(Quality.FULL, server);
        untilShown(server, display(server));
        Frame frame = newest(display(server));
        assertThat(frame.info().width()).isEqualTo(WIDTH);
        assertThat(frame.info().height()).isEqualTo(HEIGHT);
        assertThat(spaces()).extracting(Space::label).containsExactly("Display " + server.display());
        assertThat(spaces()).extracting(Space::active).containsExactly(true);
        assertThat(Jpegs.complaintsAbout(frame.toByteArray())).isEmpty();
    }

    @Test
    void aTypedLetterArrivesInAFrameThatTouchesFewStripes() {
        XServer server = server();
        server.xterm("60x20+40+30");
        server.run("xdotool", "mousemove", "100", "100");
        watch(Quality.OPTIMIZED, server);
        untilShown(server, display(server));
        int before = frames.size();

        server.run("xdotool", "type", "m");
        Eventually.until("a frame with the letter", () -> frames.size() > before);
        untilShown(server, display(server));
        for (int index = before; index < frames.size(); index++) {
            assertThat(newStripes(frames.get(index), frames.get(index - 1))).isBetween(1, 3);
            assertThat(frames.get(index).revision()).isEqualTo(index + 1);
        }
        assertThat(frames.size() - before).isLessThanOrEqualTo(3);
    }

    @Test
    void aScreenOnWhichNothingHappensIsLeftInPeace() {
        XServer server = server();
        watch(Quality.FULL, server);
        untilShown(server, display(server));
        long pixels = pixelsReadForNews();
        server.pixels(WIDTH, HEIGHT);
        assertThat(pixelsReadForNews()).isEqualTo(pixels);
    }

    @Test
    void theDesktopsOfAWindowManagerAreSpaces() {
        XServer server = server();
        watch(Quality.FULL, server);
        untilSpaces(1);
        server.openbox(NAMES);
        untilSpaces(4);
        assertThat(spaces()).extracting(Space::id).containsExactlyElementsOf(desktops(server));
        assertThat(spaces())
                .extracting(Space::state)
                .containsExactly(SpaceState.LIVE, SpaceState.STALE, SpaceState.STALE, SpaceState.STALE);
        Eventually.until("the names are known", () -> spaces().get(3).label().equals("4"));
        assertThat(spaces()).extracting(Space::label).containsExactly(NAMES);
    }

    @Test
    void aHiddenDesktopKeepsThePictureItHad() {
        XServer server = server();
        server.openbox(NAMES);
        watch(Quality.FULL, server);
        untilSpaces(4);
        List<SpaceId> desktops = desktops(server);
        server.xterm("60x20+40+30", "-bg", "red");
        untilShown(server, desktops.get(0));

        for (int round = 0; round < 3; round++) {
            Pixels first = server.pixels(WIDTH, HEIGHT);
            switchTo(server, 2);
            if (round == 0) {
                server.xterm("50x15+90+200", "-bg", "blue");
            }
            untilShown(server, desktops.get(2));
            assertThat(spaces())
                    .extracting(Space::state)
                    .containsExactly(SpaceState.STALE, SpaceState.STALE, SpaceState.LIVE, SpaceState.STALE);
            assertThat(spaces()).extracting(Space::active).containsExactly(false, false, true, false);
            Frame hidden = newest(desktops.get(0));
            assertThat(shows(hidden, first)).isTrue();

            server.run("xdotool", "mousemove", "200", "300", "type", "hello");
            untilShown(server, desktops.get(2));
            assertThat(newest(desktops.get(0))).isSameAs(hidden);

            Pixels third = server.pixels(WIDTH, HEIGHT);
            switchTo(server, 0);
            untilShown(server, desktops.get(0));
            assertThat(shows(newest(desktops.get(2)), third)).isTrue();
        }
        assertThat(frames).extracting(Frame::space).doesNotContain(desktops.get(1), desktops.get(3));
    }

    @Test
    void theDisplayIsOneSpaceAgainWhenTheWindowManagerDies() {
        XServer server = server();
        Process openbox = server.openbox(NAMES);
        watch(Quality.FULL, server);
        untilSpaces(4);
        server.kill(openbox);
        untilSpaces(1);
        assertThat(spaces()).extracting(Space::id).containsExactly(display(server));
        server.xterm("60x20+40+30");
        untilShown(server, display(server));
    }

    @Test
    void desktopsThatAreNoSpacesAreOneDisplay() {
        XServer server = server();
        server.openbox(NAMES);
        watch(Quality.FULL, server);
        untilSpaces(4);
        try (X11Source source = source(server, SpaceKind.DISPLAYS)) {
            source.open();
            assertThat(source.spaces()).extracting(Space::id).containsExactly(display(server));
        }
    }

    @Test
    void eachDisplayIsASpace() {
        XServer one = server();
        XServer other = server();
        watch(Quality.FULL, one, other);
        one.xterm("60x20+40+30", "-bg", "red");
        other.xterm("40x10+10+300", "-bg", "blue");
        untilShown(one, display(one));
        untilShown(other, display(other));
        assertThat(spaces()).extracting(Space::id).containsExactly(display(one), display(other));
        assertThat(spaces()).extracting(Space::index).containsExactly(1, 2);
    }

    @Test
    void aKilledServerIsLostAndTheOtherLivesAndARestartedOneLivesAgain() {
        XServer killed = server();
        XServer other = server();
        killed.xterm("60x20+40+30", "-bg", "red");
        watch(Quality.FULL, killed, other);
        untilShown(killed, display(killed));
        untilShown(other, display(other));
        long revision = newest(display(killed)).revision();

        killed.kill();
        Eventually.within(
                Duration.ofSeconds(1),
                "the space is lost",
                () -> spaces().get(0).state() == SpaceState.LOST);
        assertThat(spaces().get(1).state()).isEqualTo(SpaceState.LIVE);
        other.xterm("40x10+10+300", "-bg", "blue");
        untilShown(other, display(other));

        killed.restart();
        Eventually.within(
                Duration.ofSeconds(2),
                "the space is live",
                () -> spaces().get(0).state() == SpaceState.LIVE);
        killed.xterm("30x10+400+30", "-bg", "green");
        untilShown(killed, display(killed));
        assertThat(newest(display(killed)).revision()).isGreaterThan(revision);
    }

    @Test
    void aFrozenServerIsLostAndTheOtherLivesAndItLivesAgainWhenItGoesOn() {
        XServer frozen = server();
        XServer other = server();
        watch(Quality.FULL, frozen, other);
        untilShown(frozen, display(frozen));
        untilShown(other, display(other));

        frozen.freeze();
        Eventually.within(
                Duration.ofSeconds(1),
                "the space is lost",
                () -> spaces().get(0).state() == SpaceState.LOST);
        assertThat(spaces().get(0).reason())
                .isEqualTo("the X server of display " + frozen.display() + " does not answer");
        assertThat(spaces().get(1).state()).isEqualTo(SpaceState.LIVE);
        other.xterm("40x10+10+300", "-bg", "blue");
        untilShown(other, display(other));

        frozen.thaw();
        Eventually.within(
                Duration.ofSeconds(2),
                "the space is live",
                () -> spaces().get(0).state() == SpaceState.LIVE);
        frozen.xterm("30x10+400+30", "-bg", "green");
        untilShown(frozen, display(frozen));
    }

    @Test
    void aServerThatIsFrozenFromTheStartHoldsNothingUp() {
        XServer frozen = server();
        XServer other = server();
        frozen.freeze();
        watch(Quality.FULL, frozen, other);
        untilShown(other, display(other));
        untilSpaces(2);
        assertThat(spaces()).extracting(Space::state).containsExactly(SpaceState.LOST, SpaceState.LIVE);
        frozen.thaw();
        untilShown(frozen, display(frozen));
    }

    @Test
    void aServerThatRefusesUsIsDeniedAndSaysSo() throws IOException {
        Path secret = Files.createTempFile("authority", "");
        addCookie(secret, ":0");
        XServer server = server("-auth", secret.toString());
        watch(Quality.FULL, server);
        untilSpaces(1);
        assertThat(spaces()).extracting(Space::state).containsExactly(SpaceState.DENIED);
        assertThat(spaces().get(0).reason())
                .isEqualTo(
                        "cannot open display " + server.display() + ": its X server refuses us; is XAUTHORITY right?");

        addCookie(secret, server.display());
        Map<String, String> owner = Map.of("DISPLAY", server.display(), "XAUTHORITY", secret.toString());
        Command.output(new byte[0], owner, List.of("xhost", "+local:"));
        Eventually.within(
                Duration.ofSeconds(2),
                "the space is live",
                () -> spaces().get(0).state() == SpaceState.LIVE);
        Files.delete(secret);
    }

    private static void addCookie(Path file, String display) {
        Command.output(
                new byte[0],
                Map.of(),
                List.of("xauth", "-f", file.toString(), "add", display, ".", "c0ffee0123456789c0ffee0123456789"));
    }

    @Test
    void theMonitorsOfADisplayAreSpacesThatComeAndGo() {
        XServer server = server();
        server.run("xrandr", "--setmonitor", "left", "400/100x600/150+0+0", "screen");
        server.run("xrandr", "--setmonitor", "right", "400/100x600/150+400+0", "none");
        SpaceId left = new SpaceId("x11-" + server.number() + "-left");
        SpaceId right = new SpaceId("x11-" + server.number() + "-right");
        watch(SpaceKind.MONITORS, Quality.FULL, List.of(left, right), server);
        untilSpaces(2);
        assertThat(spaces()).extracting(Space::id).containsExactly(left, right);
        assertThat(spaces()).extracting(Space::label).containsExactly("left", "right");
        assertThat(spaces())
                .extracting(Space::area)
                .containsExactly(new Area(0, 0, 400, 600), new Area(400, 0, 400, 600));
        assertThat(spaces()).extracting(Space::state).containsOnly(SpaceState.LIVE);

        untilShows(server, right, new Area(400, 0, 400, 600));
        Frame before = newest(right);
        server.xterm("30x10+20+30", "-bg", "red");
        untilShows(server, left, new Area(0, 0, 400, 600));
        assertThat(newest(right)).as("nothing changed on the right").isSameAs(before);
        server.xterm("30x10+420+200", "-bg", "blue");
        untilShows(server, right, new Area(400, 0, 400, 600));
        long revision = newest(right).revision();

        server.run("xrandr", "--delmonitor", "right");
        untilSpaces(1);
        server.run("xrandr", "--setmonitor", "right", "300/100x600/150+500+0", "none");
        untilSpaces(2);
        assertThat(spaces().get(1).id()).isEqualTo(right);
        untilShows(server, right, new Area(500, 0, 300, 600));
        assertThat(newest(right).revision()).isGreaterThan(revision);
    }

    @Test
    void theScreenOfAnXvfbThatKeepsItInAFileIsReadFromThere() throws IOException {
        Path folder = Files.createTempDirectory("framebuffer");
        XServer server = XServer.start(1024, 768, "-fbdir", folder.toString(), "+extension", "RANDR");
        servers.add(server);
        server.xterm("60x20+40+30", "-bg", "red");
        watch(Quality.FULL, server);
        Eventually.until(
                "the screen is shown",
                () -> !frames.isEmpty() && shows(newest(display(server)), server.pixels(1024, 768)));
        Path screen = folder.resolve("Xvfb_screen0");
        assertThat(isOpen(screen)).isTrue();

        server.run("xdotool", "mousemove", "100", "100", "type", "words");
        Eventually.until("what was typed", () -> shows(newest(display(server)), server.pixels(1024, 768)));

        server.run("xrandr", "--newmode", "small", "38.25", "800", "832", "912", "1024", "600", "603", "607", "624");
        server.run("xrandr", "--addmode", "screen", "small");
        server.run("xrandr", "--output", "screen", "--mode", "small");
        Eventually.until("the new size", () -> spaces().get(0).width() == WIDTH);
        untilShown(server, display(server));
        assertThat(isOpen(screen)).isTrue();

        engine.close();
        assertThat(isOpen(screen)).isFalse();
        server.close();
        Files.deleteIfExists(screen);
        Files.delete(folder);
    }

    @Test
    void rowsThatWereReadWhileTheScreenGotSmallerAreNotBelievedThoughNoMonitorChanged() {
        XServer server = XServer.start(7000, 700, "+extension", "RANDR");
        servers.add(server);
        server.run("xrandr", "--newmode", "small", "38.25", "800", "832", "912", "1024", "600", "603", "607", "624");
        server.run("xrandr", "--addmode", "screen", "small");
        server.run("xrandr", "--setmonitor", "left", "400/100x600/150+0+0", "screen");
        server.run("xrandr", "--setmonitor", "right", "400/100x600/150+400+0", "none");
        try (X11Source source = source(server, SpaceKind.MONITORS)) {
            source.open();
            SpaceId left = new SpaceId("x11-" + server.number() + "-left");
            source.takeDamage(left, new BitSet());
            server.run("xrandr", "--output", "screen", "--mode", "small");
            ByteBuffer rows = source.readRows(left, 0, 96);
            assertThat(rows.remaining()).isGreaterThanOrEqualTo(400 * 96 * Integer.BYTES);
            assertThat(rows.getInt(0)).isZero();
            assertThat(source.confirm(left)).isFalse();
            assertThat(source.isDamaged(left)).isTrue();
        }
    }

    @Test
    void aSpaceThatGoesAwayWhileItIsReadIsNotConfirmedAndNoError() {
        XServer server = server();
        Process openbox = server.openbox(NAMES);
        try (X11Source source = source(server, SpaceKind.DESKTOPS)) {
            source.open();
            Eventually.until("the desktops are known", () -> {
                source.await(Duration.ofMillis(10));
                return source.spaces().size() == 4;
            });
            SpaceId first = desktops(server).get(0);
            source.takeDamage(first, new BitSet());
            server.kill(openbox);
            Eventually.until("it is not confirmed", () -> {
                source.readRows(first, 0, 16);
                return !source.confirm(first);
            });
            source.readRows(first, 16, 16);
            assertThat(source.confirm(first)).isFalse();
            assertThat(source.spaces()).extracting(Space::id).containsExactly(display(server));
        }
    }

    // ffmpeg cannot look at a server without MIT-SHM, so the screen to compare with is that of a twin.
    @ParameterizedTest
    @ValueSource(strings = {"DAMAGE", "MIT-SHM"})
    void aServerThatLacksAnExtensionIsStillShown(String extension) {
        XServer server = server("-extension", extension);
        XServer twin = server();
        watch(Quality.FULL, server);
        untilShown(twin, display(server));
        server.xterm("60x20+40+30", "-bg", "red");
        twin.xterm("60x20+40+30", "-bg", "red");
        untilShown(twin, display(server));
        assertThat(spaces()).extracting(Space::state).containsExactly(SpaceState.LIVE);
    }

    @Test
    void aDeadDisplayIsALostSpaceAndSaysWhy() {
        XServer server = server();
        server.kill();
        try (X11Source source = source(server, SpaceKind.DESKTOPS)) {
            assertThatExceptionOfType(SourceLostException.class)
                    .isThrownBy(source::open)
                    .withMessage("cannot open display " + server.display()
                            + ": no X server answers there, or it takes no more clients");
        }
        watch(Quality.FULL, server);
        untilSpaces(1);
        assertThat(spaces()).extracting(Space::id).containsExactly(display(server));
        assertThat(spaces()).extracting(Space::state).containsExactly(SpaceState.LOST);
    }

    @Test
    void whatIsNoDisplayIsALostSpaceToo() {
        try (X11Source source = new X11Source("no display", X11Options.defaults(), System::nanoTime)) {
            assertThatExceptionOfType(SourceLostException.class)
                    .isThrownBy(source::open)
                    .withMessage("cannot open display no display: that is not the name of a display");
            assertThat(source.spaces()).extracting(Space::id).containsExactly(new SpaceId("x11-no_display"));
        }
    }

    @Test
    void aDepthThatCannotBeReadSaysSo() {
        XServer server = XServer.startDepth(WIDTH, HEIGHT, 16);
        servers.add(server);
        try (X11Source source = source(server, SpaceKind.DESKTOPS)) {
            assertThatExceptionOfType(SourceLostException.class)
                    .isThrownBy(source::open)
                    .withMessageContaining("display " + server.display() + " has pixels that cannot be read: depth 16")
                    .withMessageContaining("needed is depth 24");
        }
    }

    @Test
    void aNewSizeOfTheScreenMakesFramesOfThatSize() {
        XServer server = XServer.start(1024, 768, "+extension", "RANDR");
        servers.add(server);
        server.xterm("60x20+40+30", "-bg", "red");
        watch(Quality.FULL, server);
        Eventually.until("a frame", () -> !frames.isEmpty());

        server.run("xrandr", "--newmode", "small", "38.25", "800", "832", "912", "1024", "600", "603", "607", "624");
        server.run("xrandr", "--addmode", "screen", "small");
        server.run("xrandr", "--output", "screen", "--mode", "small");
        Eventually.until("the new size", () -> spaces().get(0).width() == WIDTH);
        untilShown(server, display(server));
        assertThat(newest(display(server)).info().height()).isEqualTo(HEIGHT);

        server.run("xrandr", "--output", "screen", "--mode", "1024x768");
        Eventually.until("the old size", () -> {
            Pixels now = server.pixels(1024, 768);
            return newest(display(server)).info().width() == 1024 && shows(newest(display(server)), now);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"shared", "sent", "file"})
    void aDisplayThatNobodyWatchesHasNoMemoryForPixels(String way, @TempDir Path folder) throws IOException {
        XServer server = switch (way) {
            case "sent" -> server("-extension", "MIT-SHM");
            case "file" -> server("-fbdir", folder.toString());
            default -> server();
        };
        XServer twin = server();
        SpaceId space = display(server);
        Sinks.Many<CaptureSchedule> schedules = Sinks.many().replay().latest();
        follow(SpaceKind.DISPLAYS, schedules.asFlux(), server);
        Eventually.until(
                "the display is live", () -> spaces().stream().anyMatch(there -> there.state() == SpaceState.LIVE));
        untilNothingIsKept(server);

        long revision = 0;
        for (int round = 1; round <= 3; round++) {
            // In the second round nothing was drawn meanwhile.
            if (round != 2) {
                for (XServer each : List.of(server, twin)) {
                    each.xterm("30x10+" + 60 * round + "+" + 40 * round, "-bg", round == 1 ? "red" : "blue");
                }
                revision++;
            }
            emit(schedules, new CaptureTarget(space, Set.of(Quality.FULL), Duration.ZERO));
            untilShown(twin, space);
            assertThat(pixelMappings()).isEqualTo(1);
            assertThat(server.mappings(PIXELS)).isEqualTo(way.equals("shared") ? 1 : 0);
            long shown = newest(space).revision();
            assertThat(shown).isGreaterThanOrEqualTo(revision);
            revision = round == 2 ? revision : shown;
            assertThat(shown).isEqualTo(revision);

            emit(schedules);
            untilNothingIsKept(server);
            frames.forEach(Frame::close);
            frames.clear();
        }
    }

    private void untilNothingIsKept(XServer server) throws IOException {
        Eventually.within(
                Duration.ofSeconds(1),
                "no memory for pixels is left",
                () -> pixelMappings() == 0 && server.mappings(PIXELS) == 0);
        assertThat(openFiles(target -> target.contains(PIXELS) || target.contains("Xvfb_screen")))
                .isEmpty();
    }

    private static void emit(Sinks.Many<CaptureSchedule> schedules, CaptureTarget... targets) {
        schedules.emitNext(new CaptureSchedule(List.of(targets), 0), Sinks.EmitFailureHandler.FAIL_FAST);
    }

    @Test
    void aClosedEngineLeavesNothingBehind() throws IOException {
        XServer server = server();
        watch(Quality.FULL, server);
        untilShown(server, display(server));
        assertThat(pixelMappings()).isPositive();
        engine.close();
        assertThat(pixelMappings()).isZero();
        List<String> before = openSocketsAndEvents();

        watch(Quality.FULL, server);
        untilShown(server, display(server));
        assertThat(openSocketsAndEvents().size()).isGreaterThan(before.size());
        server.kill();
        Eventually.until("the space is lost", () -> spaces().get(0).state() == SpaceState.LOST);
        server.restart();
        Eventually.until("the space is live", () -> spaces().get(0).state() == SpaceState.LIVE);
        assertThat(pixelMappings()).isEqualTo(1);
        engine.close();
        assertThat(pixelMappings()).isZero();
        assertThat(openSocketsAndEvents()).hasSameSizeAs(before);
    }

    private long pixelsReadForNews() {
        CaptureStats stats = engine.stats();
        return stats.pixelsRead() - stats.pixelsVerified();
    }

    private XServer server(String... moreArguments) {
        XServer server = XServer.start(WIDTH, HEIGHT, moreArguments);
        servers.add(server);
        return server;
    }

    private static X11Source source(XServer server, SpaceKind spaces) {
        return new X11Source(server.display(), X11Options.defaults().withSpaces(spaces), System::nanoTime);
    }

    private void watch(Quality quality, XServer... watched) {
        List<SpaceId> wanted = Stream.of(watched)
                .flatMap(server -> Stream.concat(Stream.of(display(server)), desktops(server).stream()))
                .toList();
        watch(SpaceKind.DESKTOPS, quality, wanted, watched);
    }

    private void watch(SpaceKind kind, Quality quality, List<SpaceId> wanted, XServer... watched) {
        List<CaptureTarget> targets = wanted.stream()
                .map(space -> new CaptureTarget(space, Set.of(quality), Duration.ZERO))
                .toList();
        follow(kind, Flux.just(new CaptureSchedule(targets, 0)), watched);
    }

    private void follow(SpaceKind kind, Flux<CaptureSchedule> schedules, XServer... watched) {
        List<ScreenSource> sources = new ArrayList<>();
        for (XServer server : watched) {
            sources.add(source(server, kind));
        }
        List<List<Space>> told = new CopyOnWriteArrayList<>();
        lists = told;
        engine = CaptureEngine.start(
                sources, FrameMemory.onHeap(1 << 28), CaptureSettings.defaults(), Clock.systemUTC());
        engine.spaces().subscribe(told::add);
        engine.frames(schedules).subscribe(frames::add);
    }

    private static SpaceId display(XServer server) {
        return new SpaceId("x11-" + server.number());
    }

    private static List<SpaceId> desktops(XServer server) {
        return Stream.of(1, 2, 3, 4)
                .map(number -> new SpaceId("x11-" + server.number() + "-" + number))
                .toList();
    }

    private void switchTo(XServer server, int desktop) {
        server.run("xdotool", "set_desktop", Integer.toString(desktop));
        Eventually.until(
                "the desktop in front is " + desktop,
                () -> spaces().get(desktop).active());
    }

    private void untilSpaces(int count) {
        Eventually.until(count + " spaces", () -> spaces().size() == count);
    }

    private List<Space> spaces() {
        return lists.isEmpty() ? List.of() : lists.get(lists.size() - 1);
    }

    private Frame newest(SpaceId space) {
        return frames.stream()
                .filter(frame -> frame.space().equals(space))
                .reduce((older, newer) -> newer)
                .orElseThrow();
    }

    private void untilShown(XServer server, SpaceId space) {
        Eventually.until("the newest frame of " + space + " shows the screen", () -> {
            Pixels now = server.pixels(WIDTH, HEIGHT);
            return frames.stream().anyMatch(frame -> frame.space().equals(space)) && shows(newest(space), now);
        });
    }

    private void untilShows(XServer server, SpaceId space, Area area) {
        Eventually.until("the newest frame of " + space + " shows " + area, () -> {
            Pixels now = server.pixels(WIDTH, HEIGHT).part(area);
            return frames.stream().anyMatch(frame -> frame.space().equals(space)) && shows(newest(space), now);
        });
    }

    private static boolean shows(Frame frame, Pixels pixels) {
        Pixels seen = Jpegs.decode(frame.toByteArray());
        return seen.width() == pixels.width() && seen.height() == pixels.height() && seen.meanDifference(pixels) < NEAR;
    }

    private static int newStripes(Frame frame, Frame older) {
        int made = 0;
        for (int index = 0; index < frame.stripeCount(); index++) {
            made += frame.sharesStripe(older, index) ? 0 : 1;
        }
        return made;
    }

    private static long pixelMappings() {
        return XServer.mappings(Path.of("/proc/self"), PIXELS);
    }

    private static boolean isOpen(Path file) throws IOException {
        for (String number : descriptors()) {
            Path link = Path.of("/proc/self/fd", number);
            if (Files.isSymbolicLink(link) && Files.readSymbolicLink(link).equals(file)) {
                return true;
            }
        }
        return false;
    }

    private static List<String> openSocketsAndEvents() throws IOException {
        return openFiles(
                target -> target.startsWith("socket:") || target.contains("eventfd") || target.contains("memfd:"));
    }

    private static List<String> openFiles(Predicate<String> targets) throws IOException {
        List<String> found = new ArrayList<>();
        for (String number : descriptors()) {
            Path link = Path.of("/proc/self/fd", number);
            if (Files.isSymbolicLink(link)) {
                String target = Files.readSymbolicLink(link).toString();
                if (targets.test(target)) {
                    found.add(target);
                }
            }
        }
        return found;
    }

    private static List<String> descriptors() {
        return Arrays.asList(Path.of("/proc/self/fd").toFile().list());
    }
}
