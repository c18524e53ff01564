package dev.oriel.cache;

import dev.oriel.capture.Frame;
import dev.oriel.capture.Quality;
import dev.oriel.capture.SpaceId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The newest frame of every rendition, for readers who wait for nobody. Written by one thread at a time, read by many; a
 * reader allocates its hold and nothing else that lasts.
 */
final class LatestFrames {

    private static final List<Quality> QUALITIES = List.of(Quality.values());

    private final Map<SpaceId, AtomicReferenceArray<@Nullable Kept>> spaces = new ConcurrentHashMap<>();

    /** To be called before the first {@link #set} of a space. */
    void expect(SpaceId space) {
        spaces.computeIfAbsent(space, expected -> new AtomicReferenceArray<>(QUALITIES.size()));
    }

    /** To be called before the frame that was there is closed; null if there is none now. */
    void set(Rendition rendition, @Nullable Kept kept) {
        Objects.requireNonNull(spaces.get(rendition.space()))
                .set(rendition.quality().ordinal(), kept);
    }

    /** To be called when there is none of these spaces any more. */
    void forget(Predicate<SpaceId> gone) {
        spaces.keySet().removeIf(gone);
    }

    /**
     * With a hold of the caller's.
     *
     * @param isAsked whether somebody wants just this one
     */
    Optional<Frame> hold(SpaceId space, Quality quality, boolean isAsked) {
        AtomicReferenceArray<@Nullable Kept> frames = spaces.get(space);
        Kept latest = frames == null ? null : frames.get(quality.ordinal());
        while (frames != null && latest != null) {
            Optional<Frame> held = latest.frame().tryRetain();
            if (held.isPresent()) {
                if (isAsked) {
                    latest.ask();
                }
                return held;
            }
            // It was closed after it was found here, so there is another by now, or none.
            Thread.onSpinWait();
            latest = frames.get(quality.ordinal());
        }
        return Optional.empty();
    }

    /** The one that was the newest among some qualities a moment ago, or a newer one in its quality; with a hold. */
    Optional<Frame> hold(SpaceId space, Set<Quality> among) {
        Optional<Frame> held = Optional.empty();
        Optional<Frame> newest = newest(space, among);
        while (held.isEmpty() && newest.isPresent()) {
            held = hold(space, newest.get().quality(), false);
            if (held.isEmpty()) {
                newest = newest(space, among);
            }
        }
        return held;
    }

    /** Of the highest revision the best quality; without a hold, so that only what it says of itself can be read. */
    Optional<Frame> newest(SpaceId space, Set<Quality> among) {
        AtomicReferenceArray<@Nullable Kept> frames = spaces.get(space);
        if (frames == null) {
            return Optional.empty();
        }
        Frame newest = null;
        for (Quality quality : QUALITIES) {
            Kept latest = among.contains(quality) ? frames.get(quality.ordinal()) : null;
            if (latest != null && (newest == null || latest.frame().revision() > newest.revision())) {
                newest = latest.frame();
            }
        }
        return Optional.ofNullable(newest);
    }
}
