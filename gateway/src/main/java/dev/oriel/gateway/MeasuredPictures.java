package dev.oriel.gateway;

import dev.oriel.cache.FrameCache;
import dev.oriel.capture.CaptureEngine;
import dev.oriel.capture.Frame;
import dev.oriel.capture.FrameInfo;
import dev.oriel.capture.PictureAnswer;
import dev.oriel.capture.PictureRequest;
import dev.oriel.capture.PictureView;
import dev.oriel.capture.Quality;
import dev.oriel.capture.Space;
import dev.oriel.capture.SpaceState;
import dev.oriel.optimizer.LevelPlan;
import java.util.EnumSet;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/**
 * Pictures made to measure: read from the screen where the plan lets it be read, made of the last picture seen where not.
 * Safe for many threads.
 */
final class MeasuredPictures {

    private final CaptureEngine engine;
    private final FrameCache cache;
    private final Pictures pictures;
    private final Supplier<LevelPlan> plan;

    MeasuredPictures(CaptureEngine engine, FrameCache cache, Pictures pictures, Supplier<LevelPlan> plan) {
        this.engine = engine;
        this.cache = cache;
        this.pictures = pictures;
        this.plan = plan;
    }

    /**
     * A picture made to measure.
     *
     * @param answer with a hold that goes along
     * @param version names it among all pictures of its space: equal versions are equal pictures
     */
    record Measured(PictureAnswer answer, SpaceState state, String version) {}

    /**
     * A picture of a space as it is now; for a space that cannot be captured now, of the last one seen.
     *
     * @param known the versions that whoever asks has; they are not made again, and come without a frame
     * @return with a hold of the subscriber's; empty if there is none, or none came in time
     */
    Mono<Measured> picture(Space space, PictureView view, Quality asked, Predicate<String> known) {
        PictureRequest request = request(space, view, asked);
        return fresh(space, request, known).switchIfEmpty(Mono.defer(() -> ofHeld(space, request, known)));
    }

    /**
     * A picture made of one that is held.
     *
     * @param held its hold passes to the answer, which is subscribed to once
     * @param state how far that one can be believed
     * @param known the versions that whoever asks has; they are not made again, and come without a frame
     * @return with a hold of the subscriber's; empty if it was not made in time
     */
    Mono<Measured> pictureOf(
            Frame held, SpaceState state, Space space, PictureView view, Quality asked, Predicate<String> known) {
        return ofHeld(held, state, space, request(space, view, asked), known);
    }

    private PictureRequest request(Space space, PictureView view, Quality asked) {
        LevelPlan now = plan.get();
        return new PictureRequest(space.id(), view, asked, now.ceiling(), now.jpegReduction());
    }

    private Mono<Measured> fresh(Space space, PictureRequest request, Predicate<String> known) {
        if (pictures.state(space) != SpaceState.LIVE) {
            return Mono.empty();
        }
        return engine.picture(
                        request, revision -> known.test(version(request, revision)), Pictures.LONGEST_WAIT_FOR_PICTURE)
                .map(answer -> new Measured(
                        answer, SpaceState.LIVE, version(request, answer.info().revision())));
    }

    private Mono<Measured> ofHeld(Space space, PictureRequest request, Predicate<String> known) {
        return held(space)
                .map(frame -> ofHeld(frame, pictures.state(space, frame.info()), space, request, known))
                .orElse(Mono.empty());
    }

    private Mono<Measured> ofHeld(
            Frame held, SpaceState state, Space space, PictureRequest request, Predicate<String> known) {
        return Mono.using(() -> held, frame -> made(frame, state, space, request, known), Frame::close);
    }

    private Mono<Measured> made(
            Frame held, SpaceState state, Space space, PictureRequest request, Predicate<String> known) {
        FrameInfo info = held.info();
        String version =
                version(request, info.revision()) + "-of-" + info.quality().label() + info.jpegPercent();
        return engine.pictureOf(
                        held, space, request, revision -> known.test(version), Pictures.LONGEST_WAIT_FOR_PICTURE)
                .map(answer -> new Measured(answer, state, version));
    }

    /** The newest one of native size, or if there is none, the newest of all. */
    private Optional<Frame> held(Space space) {
        return cache.newest(space.id(), EnumSet.of(Quality.FULL, Quality.OPTIMIZED))
                .or(() -> cache.newest(space.id()));
    }

    private static String version(PictureRequest request, long revision) {
        return revision + "-" + request.view() + "-" + request.quality().label() + "-"
                + request.ceiling().label() + "-" + request.jpegReduction();
    }
}
