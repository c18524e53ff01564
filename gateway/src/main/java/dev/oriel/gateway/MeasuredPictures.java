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
        LevelPlan now = plan.get();
        PictureRequest request = new PictureRequest(space.id(), view, asked, now.ceiling(), now.jpegReduction());
        return fresh(space, request, known).switchIfEmpty(Mono.defer(() -> ofHeld(space, request, known)));
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
                .map(frame -> Mono.using(() -> frame, held -> ofHeld(held, space, request, known), Frame::close))
                .orElse(Mono.empty());
    }

    private Mono<Measured> ofHeld(Frame held, Space space, PictureRequest request, Predicate<String> known) {
        FrameInfo info = held.info();
        String version =
                version(request, info.revision()) + "-of-" + info.quality().label() + info.jpegPercent();
        return engine.pictureOf(
                        held, space, request, revision -> known.test(version), Pictures.LONGEST_WAIT_FOR_PICTURE)
                .map(answer -> new Measured(answer, pictures.state(space, info), version));
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
