package dev.oriel.benchmarks.simulator;

import dev.oriel.benchmarks.simulator.Session.Change;
import dev.oriel.capture.Quality;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/*
 * A session that comes again is another one: its stripes are not shared with those of the last time, nor with those of
 * another space that plays the same session. Otherwise the contents would repeat more than they do in life.
 */
/** Spaces that play recorded sessions, and all pictures that the engine makes of them. */
final class Screens {

    private static final int LONGEST_CAPTURE_MILLIS = 50;
    private static final int MILLIS_BETWEEN_SESSIONS = 1000;
    private static final int NEVER = Integer.MIN_VALUE / 2;

    private final List<Screen> screens = new ArrayList<>();
    private int[] contentBytes = new int[1024];
    private int contents;

    /** Adds a space that plays a session, from somewhere in it. */
    void add(Session session, int startMillis) {
        screens.add(new Screen(screens.size(), session, startMillis));
    }

    int count() {
        return screens.size();
    }

    /** Lets the session of a space go on; before and after that its screen stands still. */
    void play(int space, long fromMillis, long toMillis) {
        screens.get(space).play(fromMillis, toMillis);
    }

    /** The picture that a space showed at some moment, the first one if there was none yet. */
    Picture at(int space, Quality quality, long millis) {
        NavigableMap<Long, Picture> timeline = screens.get(space).timeline(quality);
        Map.Entry<Long, Picture> shown = timeline.floorEntry(millis);
        return (shown == null ? timeline.firstEntry() : shown).getValue();
    }

    Stream<Picture> pictures() {
        return screens.stream().flatMap(Screen::pictures);
    }

    int[] contentBytes() {
        return Arrays.copyOf(contentBytes, contents);
    }

    private int addContents(int[] bytes) {
        int first = contents;
        contents += bytes.length;
        if (contents > contentBytes.length) {
            contentBytes = Arrays.copyOf(contentBytes, Math.max(contents, 2 * contentBytes.length));
        }
        System.arraycopy(bytes, 0, contentBytes, first, bytes.length);
        return first;
    }

    private final class Screen {

        private final int space;
        private final Session session;
        private final Map<Quality, NavigableMap<Long, Picture>> timelines = new EnumMap<>(Quality.class);
        private final Map<Quality, Change> skipped = new EnumMap<>(Quality.class);
        private int firstContent;
        private int next;
        private long sessionMillis;
        private long revision;
        private int lastChangeMillis = NEVER;

        Screen(int space, Session session, int startMillis) {
            this.space = space;
            this.session = session;
            this.firstContent = addContents(session.bytes());
            long qualities =
                    session.changes().stream().map(Change::quality).distinct().count();
            while (skipped.size() < qualities || session.changes().get(next).millis() < startMillis) {
                Change change = session.changes().get(next++);
                skipped.put(change.quality(), change);
            }
            this.sessionMillis = session.changes().get(next).millis();
        }

        NavigableMap<Long, Picture> timeline(Quality quality) {
            return timelines.computeIfAbsent(quality, unseen -> new TreeMap<>());
        }

        Stream<Picture> pictures() {
            return timelines.values().stream().flatMap(timeline -> timeline.values().stream());
        }

        void play(long fromMillis, long toMillis) {
            if (!skipped.isEmpty()) {
                revision++;
                skipped.values().forEach(change -> show(change, fromMillis));
                skipped.clear();
            }
            long offset = fromMillis - sessionMillis;
            while (session.changes().get(next).millis() + offset < toMillis) {
                Change change = session.changes().get(next++);
                if (change.millis() - lastChangeMillis > LONGEST_CAPTURE_MILLIS) {
                    revision++;
                }
                lastChangeMillis = change.millis();
                show(change, Math.max(fromMillis, change.millis() + offset));
                if (next == session.changes().size()) {
                    next = 0;
                    lastChangeMillis = NEVER;
                    firstContent = addContents(session.bytes());
                    offset += session.millis() + MILLIS_BETWEEN_SESSIONS;
                }
            }
            sessionMillis = toMillis - offset;
        }

        private void show(Change change, long millis) {
            int[] contents = change.contents().clone();
            for (int index = 0; index < contents.length; index++) {
                contents[index] += firstContent;
            }
            timeline(change.quality()).put(millis, new Picture(space, change.quality(), revision, millis, contents));
        }
    }
}
