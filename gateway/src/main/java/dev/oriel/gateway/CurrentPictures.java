package dev.oriel.gateway;

import dev.oriel.capture.CaptureSchedule;
import dev.oriel.capture.CaptureTarget;
import dev.oriel.capture.FrameInfo;
import dev.oriel.capture.Quality;
import dev.oriel.capture.SpaceId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which pictures in the cache are what the screen shows: those that are captured, and have come at least once since that
 * began and since their space could be read. Safe for many threads.
 */
final class CurrentPictures {

    private record Key(SpaceId space, Quality quality) {}

    private final Map<Key, Duration> scheduled = new HashMap<>();
    /** The revision that came last. */
    private final Map<Key, Long> current = new HashMap<>();

    synchronized void follow(CaptureSchedule schedule) {
        scheduled.clear();
        for (CaptureTarget target : schedule.targets()) {
            target.qualities().forEach(quality -> scheduled.put(new Key(target.space(), quality), target.interval()));
        }
        current.keySet().retainAll(scheduled.keySet());
    }

    /** Only spaces that can be read have pictures that are current. */
    synchronized void keepOnly(Set<SpaceId> live) {
        current.keySet().removeIf(key -> !live.contains(key.space()));
    }

    /** To be called before others can find the frame: until they do, the one before is no longer of now. */
    synchronized void came(FrameInfo frame) {
        Key key = new Key(frame.space(), frame.quality());
        if (scheduled.containsKey(key)) {
            current.put(key, frame.revision());
        }
    }

    synchronized boolean include(SpaceId space, Quality quality) {
        return current.containsKey(new Key(space, quality));
    }

    /** Whether just this picture is what the screen shows. */
    synchronized boolean include(FrameInfo picture) {
        Long revision = current.get(new Key(picture.space(), picture.quality()));
        return revision != null && picture.revision() >= revision;
    }

    /** How long after a change the picture may still be the one before; empty if it is not current at all. */
    synchronized Optional<Duration> interval(SpaceId space, Quality quality) {
        Key key = new Key(space, quality);
        return current.containsKey(key) ? Optional.ofNullable(scheduled.get(key)) : Optional.empty();
    }
}
