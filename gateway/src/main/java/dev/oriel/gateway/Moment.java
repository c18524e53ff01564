package dev.oriel.gateway;

import dev.oriel.cache.FrameCache;
import dev.oriel.capture.Frame;
import dev.oriel.capture.Quality;
import dev.oriel.capture.SpaceId;
import java.time.Instant;
import java.util.Optional;

/** Which picture of the past somebody wants. */
sealed interface Moment {

    /**
     * The picture, if it is still held.
     *
     * @param best a better quality comes only if there is none in this or a worse one
     * @return with a hold of the caller's
     */
    Optional<Frame> find(FrameCache cache, SpaceId space, Quality best);

    /** The one with this number. */
    record Revision(long number) implements Moment {

        @Override
        public Optional<Frame> find(FrameCache cache, SpaceId space, Quality best) {
            return cache.revision(space, best, number);
        }

        @Override
        public String toString() {
            return "revision " + number;
        }
    }

    /** The newest one captured by then. */
    record Time(Instant instant) implements Moment {

        @Override
        public Optional<Frame> find(FrameCache cache, SpaceId space, Quality best) {
            return cache.at(space, best, instant);
        }

        @Override
        public String toString() {
            return "a picture captured by " + instant;
        }
    }
}
