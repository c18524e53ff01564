package dev.oriel.gateway;

import dev.oriel.capture.Space;
import dev.oriel.optimizer.LevelPlan;
import dev.oriel.pressure.PressureStatus;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/*
 * A change of the level comes when there is least time, and each subscriber would describe the same to themselves.
 */
/** What the feed tells all subscribers alike, put into words once for all of them. Safe for many threads. */
final class FeedTexts {

    private final Oriel oriel;
    private final Clock clock;
    private final Text spaces = new Text();
    private final Text pressure = new Text();
    private final Text transition = new Text();

    FeedTexts(Oriel oriel, Clock clock) {
        this.oriel = oriel;
        this.clock = clock;
    }

    /** What one who comes is told. */
    String hello() {
        return Json.text(new FeedMessage.Hello(views(), pressureView()));
    }

    /** The spaces as they were when the list or the plan last changed. */
    String spaces() {
        List<Space> list = oriel.spaces();
        LevelPlan plan = oriel.plan();
        return spaces.of(list, plan, () -> new FeedMessage.Spaces(views()));
    }

    String pressure() {
        Optional<PressureStatus> status = oriel.pressure();
        LevelPlan plan = oriel.plan();
        return pressure.of(status.orElse(null), plan, () -> new FeedMessage.Pressure(PressureView.of(status, plan)));
    }

    String transition(Transition newest) {
        return transition.of(newest, newest, () -> new FeedMessage.Change(TransitionView.of(newest)));
    }

    private List<SpaceView> views() {
        return oriel.spaces().stream()
                .map(space -> SpaceView.of(space, oriel, clock))
                .toList();
    }

    private PressureView pressureView() {
        return PressureView.of(oriel.pressure(), oriel.plan());
    }

    /** The words for the newest of what can be told in them. */
    private static final class Text {

        private @Nullable Object toldOf;
        private @Nullable Object toldWith;
        private String words = "";

        /** Two of the same objects are told in the same words. */
        @SuppressWarnings("ReferenceEquality")
        synchronized String of(@Nullable Object thing, Object with, Supplier<FeedMessage> message) {
            if (toldOf != thing || toldWith != with || words.isEmpty()) {
                words = Json.text(message.get());
                toldOf = thing;
                toldWith = with;
            }
            return words;
        }
    }
}
