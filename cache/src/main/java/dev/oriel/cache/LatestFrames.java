package dev.oriel.cache;

import dev.oriel.capture.Frame;
import dev.oriel.capture.Quality;
import dev.oriel.capture.SpaceId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The newest frame of every rendition, for readers who wait for nobody. Written by one thread at a time, read by many; a
 * reader allocates its hold and nothing else that lasts.
 */
final class LatestFrames {

    private final Map<SpaceId, AtomicReferenceArray<@Nullable Kept>> spaces = new ConcurrentHashMap<>();

    /** To be called before the frame that was there is closed; null if there is none now. */
    void set(Rendition rendition, @Nullable Kept kept) {
        spaces.computeIfAbsent(rendition.space(), space -> new AtomicReferenceArray<>(Quality.values().length))
                .set(rendition.quality().ordinal(), kept);
    }

    /** To be called when there is none of a space any more. */
    void forget(SpaceId space) {
        spaces.remove(space);
    }

    /** With a hold of the caller's. */
    Optional<Frame> hold(SpaceId space, Quality quality) {
        AtomicReferenceArray<@Nullable Kept> frames = spaces.get(space);
        Kept latest = frames == null ? null : frames.get(quality.ordinal());
        while (frames != null && latest != null) {
            Optional<Frame> held = latest.frame().tryRetain();
            if (held.isPresent()) {
                latest.ask();
                return held;
            }
            // It was closed after it was found here, so there is another by now, or none.
            Thread.onSpinWait();
            latest = frames.get(quality.ordinal());
        }
        return Optional.empty();
    }
}
