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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The newest frame of every rendition, for readers who wait for nobody. Written by one thread at a time, read by many; a
 * reader allocates its hold and nothing else that lasts.
 */
final class LatestFrames {

    private static final List<Quality> QUALITIES = List.of(Quality.values());

    /** Of one space: the newest of each quality, and how often one of them changed. */
    private static final class Newest {

        final AtomicReferenceArray<@Nullable Kept> frames = new AtomicReferenceArray<>(QUALITIES.size());
        final AtomicInteger changes = new AtomicInteger();
    }

    private final Map<SpaceId, Newest> spaces = new ConcurrentHashMap<>();

    /** To be called before the first {@link #set} of a space. */
    void expect(SpaceId space) {
        spaces.computeIfAbsent(space, expected -> new Newest());
    }

    /** To be called before the frame that was there is closed; null if there is none now. */
    void set(Rendition rendition, @Nullable Kept kept) {
        Newest newest = Objects.requireNonNull(spaces.get(rendition.space()));
        newest.frames.set(rendition.quality().ordinal(), kept);
        newest.changes.incrementAndGet();
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
        Newest ofSpace = spaces.get(space);
        Kept latest = ofSpace == null ? null : ofSpace.frames.get(quality.ordinal());
        while (ofSpace != null && latest != null) {
            Optional<Frame> held = latest.frame().tryRetain();
            if (held.isPresent()) {
                if (isAsked) {
                    latest.ask();
                }
                return held;
            }
            // It was closed after it was found here, so there is another by now, or none.
            Thread.onSpinWait();
            latest = ofSpace.frames.get(quality.ordinal());
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
        Newest ofSpace = spaces.get(space);
        if (ofSpace == null) {
            return Optional.empty();
        }
        // Looked at one after the other; what one quality lost meanwhile, one that was looked at before may have got.
        int seen;
        Frame newest;
        do {
            seen = ofSpace.changes.get();
            newest = newest(ofSpace, among);
        } while (seen != ofSpace.changes.get());
        return Optional.ofNullable(newest);
    }

    private static @Nullable Frame newest(Newest ofSpace, Set<Quality> among) {
        Frame newest = null;
        for (Quality quality : QUALITIES) {
            Kept latest = among.contains(quality) ? ofSpace.frames.get(quality.ordinal()) : null;
            if (latest != null && (newest == null || latest.frame().revision() > newest.revision())) {
                newest = latest.frame();
            }
        }
        return newest;
    }
}
