package dev.oriel.benchmarks.simulator;

import dev.oriel.benchmarks.simulator.Trace.Event;
import dev.oriel.benchmarks.simulator.Trace.Kind;
import dev.oriel.capture.Quality;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;

/*
 * What is asked comes from models, since nobody's requests could be recorded; every number of theirs stands here and in
 * docs/performance.md. What the screens do is recorded.
 */
/** Fifteen minutes in which nine spaces play recorded sessions and somebody asks for pictures of them. */
final class Workloads {

    static final int SPACES = 9;

    private static final int AGENTS = 5;
    private static final int MILLIS_TO_CHOOSE = 500;
    private static final long SEED = 20;
    private static final int MINUTE = 60_000;
    private static final long END = 15 * MINUTE;
    private static final List<String> PLAYED =
            List.of("typing", "log", "reading", "windows", "table", "clock", "film", "typing", "log");

    private final Map<String, Session> sessions;
    private final Random random = new Random(SEED);
    private final Screens screens = new Screens();
    private final List<Event> requests = new ArrayList<>();

    private Workloads(List<Session> sessions) {
        this.sessions = sessions.stream().collect(Collectors.toMap(Session::name, Function.identity()));
        for (String name : PLAYED) {
            Session session = session(name);
            screens.add(session, random.nextInt(session.millis()));
        }
    }

    /** All four. */
    static List<Trace> all(List<Session> sessions) {
        return List.of(
                new Workloads(sessions).agents(),
                new Workloads(sessions).scrubbing(),
                new Workloads(sessions).wall(),
                new Workloads(sessions).switching());
    }

    private Session session(String name) {
        Session session = sessions.get(name);
        if (session == null) {
            throw new IllegalArgumentException("no session \"" + name + "\" was recorded");
        }
        return session;
    }

    private void playAll() {
        for (int space = 0; space < SPACES; space++) {
            screens.play(space, 0, END);
        }
    }

    private void latest(long millis, int space, Quality quality) {
        requests.add(new Event(millis, Kind.LATEST, screens.at(space, quality, millis)));
    }

    private void latestThumbnails(long millis) {
        for (int space = 0; space < SPACES; space++) {
            latest(millis, space, Quality.THUMBNAIL);
        }
    }

    /* The newest is asked for as the newest by whoever wants the picture of a moment, too. */
    private void lookBack(long millis, Picture picture) {
        boolean newest = screens.at(picture.space(), picture.quality(), millis) == picture;
        requests.add(new Event(millis, newest ? Kind.LATEST : Kind.LOOK_BACK, picture));
    }

    private boolean happens(double probability) {
        return random.nextDouble() < probability;
    }

    private int between(int low, int high) {
        return low + random.nextInt(high - low);
    }

    private int otherThan(int space) {
        return (space + between(1, SPACES)) % SPACES;
    }

    private Trace trace(String name) {
        return Trace.of(name, screens, requests);
    }

    /**
     * Five agents. Each looks at a space every 2 to 6 seconds, thinks, and acts. It stays on a space with 0.85, goes back to the one
     * before with half of the rest, to any with the other half. It asks once more about the picture it has just seen with
     * 0.35, compares with one of the last five it saw of this space with 0.25, wants to know what happened 10 s to 5
     * minutes ago with 0.05, and glances at the thumbnails of all spaces with 0.1.
     */
    private Trace agents() {
        playAll();
        for (int agent = 0; agent < AGENTS; agent++) {
            agent(agent);
        }
        return trace("agent");
    }

    private void agent(int firstSpace) {
        List<Deque<Picture>> seen = new ArrayList<>();
        for (int space = 0; space < SPACES; space++) {
            seen.add(new ArrayDeque<>());
        }
        int space = firstSpace;
        int before = otherThan(space);
        for (long now = between(2000, 6000); now < END; now += between(2000, 6000)) {
            if (happens(0.15)) {
                int next = happens(0.5) ? before : otherThan(space);
                before = next == space ? before : space;
                space = next;
            }
            agentAsks(now, space, seen.get(space));
        }
    }

    private void agentAsks(long now, int space, Deque<Picture> seen) {
        latest(now, space, Quality.OPTIMIZED);
        Picture picture = screens.at(space, Quality.OPTIMIZED, now);
        if (happens(0.35)) {
            lookBack(now + between(500, 1900), picture);
        }
        if (happens(0.25) && !seen.isEmpty()) {
            lookBack(now + 100, List.copyOf(seen).get(random.nextInt(seen.size())));
        }
        if (happens(0.05)) {
            long then = Math.max(0, now - between(10_000, 5 * MINUTE));
            lookBack(now + 200, screens.at(space, Quality.OPTIMIZED, then));
        }
        if (happens(0.1)) {
            latestThumbnails(now + 300);
        }
        seen.addLast(picture);
        if (seen.size() > 5) {
            seen.removeFirst();
        }
    }

    /**
     * A person watches a space, once a second, for 10 to 40 seconds; then drags the time line back by 20 seconds to 10
     * minutes in 20 to 60 steps of 150 ms, stays there to step to and fro 5 to 15 times within 10 seconds of it, and goes
     * on with any space.
     */
    private Trace scrubbing() {
        playAll();
        long now = 1000;
        while (now < END) {
            int space = random.nextInt(SPACES);
            for (long until = now + between(10_000, 40_000); now < until; now += 1000) {
                latest(now, space, Quality.OPTIMIZED);
            }
            now = scrub(now, space);
        }
        requests.removeIf(request -> request.millis() >= END);
        return trace("scrubbing");
    }

    private long scrub(long start, int space) {
        long back = Math.min(start, between(20_000, 10 * MINUTE));
        int steps = between(20, 60);
        long now = start;
        for (int step = 1; step <= steps; step++, now += 150) {
            lookBack(now, screens.at(space, Quality.OPTIMIZED, start - back * step / steps));
        }
        for (int step = between(5, 15); step > 0; step--, now += 700) {
            long then = Math.max(0, start - back + between(-10_000, 10_000));
            lookBack(now, screens.at(space, Quality.OPTIMIZED, Math.min(then, now)));
        }
        return now;
    }

    /**
     * A dashboard asks for the thumbnails of all spaces every two seconds and once a second for one large picture, of
     * another space every 15 to 40 seconds. Once in two of these times the person looks 10 seconds back.
     */
    private Trace wall() {
        playAll();
        long change = 0;
        int large = 0;
        for (long now = 1000; now < END; now += 1000) {
            if (now >= change) {
                if (happens(0.5)) {
                    lookBack(now, screens.at(large, Quality.OPTIMIZED, Math.max(0, now - 10_000)));
                }
                large = otherThan(large);
                change = now + between(15_000, 40_000);
            }
            latest(now, large, Quality.OPTIMIZED);
            if (now / 1000 % 2 == 0) {
                latestThumbnails(now);
            }
        }
        return trace("wall");
    }

    /**
     * Nine desktops of one display, of which only the one in front goes on. Its picture is asked for once a second for 2 to
     * 30 seconds. Then the thumbnails of all are shown, and half a second later somebody goes to the desktop before (0.5) or to any other.
     */
    private Trace switching() {
        for (int space = 0; space < SPACES; space++) {
            screens.play(space, 0, 1);
        }
        int front = 0;
        int before = 1;
        long now = 1000;
        while (now < END) {
            long until = Math.min(END, now + between(2000, 30_000));
            screens.play(front, now, until);
            for (long moment = now; moment < until; moment += 1000) {
                latest(moment, front, Quality.OPTIMIZED);
            }
            latestThumbnails(until);
            now = until + MILLIS_TO_CHOOSE;
            int next = happens(0.5) ? before : otherThan(front);
            before = next == front ? before : front;
            front = next;
        }
        return trace("switching");
    }
}
