package dev.oriel.gateway;

import dev.oriel.cache.FrameCache;
import dev.oriel.cache.HistoryEntry;
import dev.oriel.capture.Frame;
import dev.oriel.capture.FrameInfo;
import dev.oriel.capture.PictureView;
import dev.oriel.capture.Quality;
import dev.oriel.capture.Space;
import dev.oriel.capture.SpaceId;
import dev.oriel.capture.SpaceState;
import dev.oriel.optimizer.LevelPlan;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** The pictures of the past, as far back as the cache still holds them. Safe for many threads. */
final class PastPictures {

    private final FrameCache cache;
    private final Pictures pictures;
    private final MeasuredPictures measuredPictures;
    private final Supplier<LevelPlan> plan;

    PastPictures(FrameCache cache, Pictures pictures, MeasuredPictures measuredPictures, Supplier<LevelPlan> plan) {
        this.cache = cache;
        this.pictures = pictures;
        this.measuredPictures = measuredPictures;
        this.plan = plan;
    }

    /**
     * A picture as it was taken, under the ceiling of now where there is a choice.
     *
     * @return with a hold of the caller's; empty if it is not held
     */
    Optional<Pictures.Picture> picture(Space space, Moment moment, Quality asked) {
        return moment.find(cache, space.id(), asked.orWorse(plan.get().ceiling()))
                .map(frame -> new Pictures.Picture(frame, state(space, frame.info())));
    }

    /**
     * A view of a picture, made of the best quality held.
     *
     * @param known the versions that whoever asks has; they are not made again, and come without a frame
     * @return with a hold of the subscriber's; empty if it is not held, or was not made in time
     */
    Mono<MeasuredPictures.Measured> view(
            Space space, Moment moment, PictureView view, Quality asked, Predicate<String> known) {
        return Mono.defer(() -> moment.find(cache, space.id(), Quality.FULL)
                .map(frame -> measuredPictures.pictureOf(frame, state(space, frame.info()), space, view, asked, known))
                .orElse(Mono.empty()));
    }

    /** Only the newest picture can be that of now. */
    private SpaceState state(Space space, FrameInfo picture) {
        boolean isNewest = pictures.newestInfo(space.id())
                .filter(newest -> newest.revision() == picture.revision())
                .isPresent();
        return isNewest ? pictures.state(space, picture) : SpaceState.STALE;
    }

    /** What is held, oldest first. Takes the longer the more there is. */
    HistoryPage history(SpaceId space, HistoryQuery query) {
        return HistoryPage.of(
                cache.history(space, query.from(), query.to()), cache.oldestRevision(space), query.limit());
    }

    boolean isHeld(SpaceId space, Moment moment) {
        Optional<Frame> held = moment.find(cache, space, Quality.FULL);
        held.ifPresent(Frame::close);
        return held.isPresent();
    }

    /** Why there is no such picture, and which there are, in words. Takes the longer the more there is. */
    String whyNot(SpaceId space, Moment moment) {
        List<HistoryEntry> held = held(space);
        return held.isEmpty()
                ? "the cache holds no picture of \"" + space + "\""
                : "the cache does not hold " + moment + " of \"" + space + "\"; it holds "
                        + name(held.get(0).info()) + " to "
                        + name(held.get(held.size() - 1).info());
    }

    private static String name(FrameInfo picture) {
        return "revision " + picture.revision() + " of " + picture.capturedAt();
    }

    private List<HistoryEntry> held(SpaceId space) {
        return cache.history(space, Instant.MIN, Instant.MAX);
    }
}
