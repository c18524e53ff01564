package dev.oriel.gateway;

import dev.oriel.capture.CaptureSchedule;
import dev.oriel.capture.FrameInfo;
import dev.oriel.capture.Quality;
import dev.oriel.capture.SpaceId;
import java.util.HashSet;
import java.util.Set;

/**
 * Which pictures in the cache are what the screen shows: those that are captured, and have come at least once since that
 * began. Safe for many threads.
 */
final class CurrentPictures {

    private record Key(SpaceId space, Quality quality) {}

    private final Set<Key> scheduled = new HashSet<>();
    private final Set<Key> current = new HashSet<>();

    synchronized void follow(CaptureSchedule schedule) {
        scheduled.clear();
        schedule.targets()
                .forEach(target ->
                        target.qualities().forEach(quality -> scheduled.add(new Key(target.space(), quality))));
        current.retainAll(scheduled);
    }

    synchronized void came(FrameInfo frame) {
        Key key = new Key(frame.space(), frame.quality());
        if (scheduled.contains(key)) {
            current.add(key);
        }
    }

    synchronized boolean include(SpaceId space, Quality quality) {
        return current.contains(new Key(space, quality));
    }
}
