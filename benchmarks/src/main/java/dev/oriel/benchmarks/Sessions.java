package dev.oriel.benchmarks;

import dev.oriel.benchmarks.simulator.Session;
import java.awt.Point;
import java.awt.Rectangle;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** What people and programs do on a screen of 1920x1080, each for a minute and a half, on an X server of our own. */
final class Sessions {

    private static final Duration LENGTH = Duration.ofSeconds(90);
    private static final Rectangle FILM = new Rectangle(640, 320, 640, 360);
    private static final int MILLIS_A_PICTURE = 200;
    private static final int MILLIS_A_KEY = 170;
    private static final String LINES = "for (i = 0; i < %d; i++) { for (j = 0; j < 24; j++) "
            + "printf \"%%c%%c%%d \", 97 + int(26 * rand()), 97 + int(26 * rand()), int(100000 * rand()); print \"\" } ";

    private final Workplace workplace;
    private final Random random = new Random(4);

    private Sessions(Workplace workplace) {
        this.workplace = workplace;
    }

    /** An activity, until it should end. */
    private interface Activity {

        void run(VirtualScreen screen, Recording recording) throws IOException, InterruptedException;
    }

    /** Tells how long to go on, and starts to record once the screen is laid out. */
    private static final class Recording implements AutoCloseable {

        private final String name;
        private final VirtualScreen screen;
        private @Nullable SessionRecorder recorder;
        private long end;

        Recording(String name, VirtualScreen screen) {
            this.name = name;
            this.screen = screen;
        }

        void begin() {
            recorder = new SessionRecorder(name, screen.display());
            end = System.nanoTime() + LENGTH.toNanos();
        }

        boolean goesOn() {
            return System.nanoTime() < end;
        }

        Session session() {
            if (recorder == null) {
                throw new IllegalStateException("\"" + name + "\" did not begin");
            }
            return recorder.session();
        }

        @Override
        public void close() {
            if (recorder != null) {
                recorder.close();
            }
        }
    }

    /** Records all of them, one after the other. */
    static List<Session> record(Workplace workplace) throws IOException, InterruptedException {
        Sessions sessions = new Sessions(workplace);
        List<Session> recorded = new ArrayList<>();
        recorded.add(sessions.record("typing", sessions::type));
        recorded.add(sessions.record("log", sessions::log));
        recorded.add(sessions.record("reading", sessions::read));
        recorded.add(sessions.record("windows", sessions::switchWindows));
        recorded.add(sessions.record("table", sessions::table));
        recorded.add(sessions.record("clock", sessions::clock));
        recorded.add(sessions.record("film", sessions::film));
        return recorded;
    }

    private Session record(String name, Activity activity) throws IOException, InterruptedException {
        workplace.progress().accept("recording " + name);
        try (VirtualScreen screen = VirtualScreen.start(workplace.children());
                Recording recording = new Recording(name, screen)) {
            activity.run(screen, recording);
            return recording.session();
        }
    }

    private void type(VirtualScreen screen, Recording recording) throws IOException, InterruptedException {
        String script = "awk 'BEGIN { srand(1); " + String.format(LINES, 56) + "}'; exec cat >/dev/null";
        try (Terminal terminal = Terminal.open(workplace, screen, "typing", script)) {
            terminal.fillScreen();
            recording.begin();
            for (int words = 1; recording.goesOn(); words++) {
                terminal.type(word(), MILLIS_A_KEY);
                terminal.press(words % 9 == 0 ? "Return" : "space");
                Thread.sleep(random.nextInt(words % 5 == 0 ? 2500 : 300));
            }
        }
    }

    private String word() {
        StringBuilder word = new StringBuilder();
        for (int letters = 2 + random.nextInt(9); letters > 0; letters--) {
            word.append((char) ('a' + random.nextInt(26)));
        }
        return word.toString();
    }

    private void log(VirtualScreen screen, Recording recording) throws IOException, InterruptedException {
        String script = "awk 'BEGIN { srand(2); " + String.format(LINES, 70) + "for (;;) { " + String.format(LINES, 1)
                + "fflush(); system(\"sleep \" (0.05 + 4 * rand() * rand() * rand())) } }'";
        watch(screen, recording, script);
    }

    private void table(VirtualScreen screen, Recording recording) throws IOException, InterruptedException {
        String script = "awk 'BEGIN { srand(3); " + String.format(LINES, 60)
                + "for (;;) { printf \"\\033[H\"; for (r = 0; r < 20; r++) { printf \"%6d process-%d  %5.1f %%  %d kB      "
                + "\\n\", 1000 + r, r, 100 * rand(), 100000 * rand() } fflush(); system(\"sleep 2\") } }'";
        watch(screen, recording, script);
    }

    private void clock(VirtualScreen screen, Recording recording) throws IOException, InterruptedException {
        String script = "awk 'BEGIN { srand(5); " + String.format(LINES, 60)
                + "for (;;) { printf \"\\033[H\"; fflush(); system(\"date +%T; sleep 1\") } }'";
        watch(screen, recording, script);
    }

    private void watch(VirtualScreen screen, Recording recording, String script)
            throws IOException, InterruptedException {
        try (Terminal terminal = Terminal.open(workplace, screen, "watched", script)) {
            terminal.fillScreen();
            recording.begin();
            Thread.sleep(LENGTH.toMillis());
        }
    }

    private void read(VirtualScreen screen, Recording recording) throws IOException, InterruptedException {
        String script = "awk 'BEGIN { srand(6); " + String.format(LINES, 5000) + "}' | less";
        try (Terminal terminal = Terminal.open(workplace, screen, "reading", script)) {
            terminal.fillScreen();
            recording.begin();
            while (recording.goesOn()) {
                terminal.press(random.nextInt(3) == 0 ? "space" : "Down");
                Thread.sleep(500 + random.nextInt(4000));
            }
        }
    }

    private void switchWindows(VirtualScreen screen, Recording recording) throws IOException, InterruptedException {
        List<Terminal> windows = new ArrayList<>();
        for (int number = 0; number < 4; number++) {
            String script = "awk 'BEGIN { srand(" + (10 + number) + "); " + String.format(LINES, 60)
                    + "}'; exec cat >/dev/null";
            Terminal window = Terminal.open(workplace, screen, "window" + number, script);
            window.place(60 + 180 * number, 40 + 90 * number, 1100, 640);
            windows.add(window);
        }
        recording.begin();
        while (recording.goesOn()) {
            windows.get(random.nextInt(windows.size())).raise();
            Thread.sleep(1000 + random.nextInt(5000));
            windows.get(windows.size() - 1).type(word(), MILLIS_A_KEY);
        }
        windows.forEach(Terminal::close);
    }

    private void film(VirtualScreen screen, Recording recording) throws InterruptedException {
        try (Painter painter = new Painter(screen.display())) {
            painter.show(painter.keep(Pictures.desktop(7)));
            int film = painter.keep(Wall.photograph());
            recording.begin();
            for (int picture = 0; recording.goesOn(); picture++) {
                painter.show(
                        film, new Point(Math.floorMod(picture * 61, 1500), Math.floorMod(picture * 97, 900)), FILM);
                Thread.sleep(MILLIS_A_PICTURE);
            }
        }
    }

    /** Where the sessions lie in the source tree. */
    static Path file(Workplace workplace) {
        return workplace.root().resolve("benchmarks/src/main/resources/dev/oriel/benchmarks/simulator/sessions.gz");
    }
}
