package dev.oriel.gateway;

import dev.oriel.capture.FrameInfo;
import dev.oriel.optimizer.LevelPlan;
import dev.oriel.pressure.PressureStatus;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/*
 * A change of the level comes when there is least time, and each subscriber would describe the same to themselves.
 */
/** What the feed tells all subscribers alike, as JSON that is made once for all of them. Safe for many threads. */
final class FeedTexts {

    /** The most that are kept: spaces come and go. */
    private static final int MOST_OF_SPACES = 256;

    private final Oriel oriel;
    private final Clock clock;
    private final Text spaces = new Text();
    private final Text pressure = new Text();
    private final Text transition = new Text();
    private final Map<FeedMessage, byte[]> ofSpaces = new ConcurrentHashMap<>();

    FeedTexts(Oriel oriel, Clock clock) {
        this.oriel = oriel;
        this.clock = clock;
    }

    /** What one who comes is told. */
    byte[] hello() {
        return Json.bytes(new FeedMessage.Hello(views(), pressureView()));
    }

    /** The spaces as they were when the list, the plan or the demand last changed. */
    byte[] spaces() {
        return spaces.of(() -> new FeedMessage.Spaces(views()), oriel.spaces(), oriel.plan(), oriel.demanded());
    }

    byte[] pressure() {
        Optional<PressureStatus> status = oriel.pressure();
        LevelPlan plan = oriel.plan();
        return pressure.of(() -> new FeedMessage.Pressure(PressureView.of(status, plan)), status.orElse(null), plan);
    }

    byte[] transition(Transition newest) {
        return transition.of(() -> new FeedMessage.Change(TransitionView.of(newest)), newest);
    }

    /** How a space stands; under pressure that is news to all at once. */
    byte[] state(FeedMessage.State state) {
        return ofSpace(state);
    }

    /** That a picture is what its space shows; when memory is no longer short that is news to all at once, too. */
    byte[] unchanged(FrameInfo picture) {
        return ofSpace(new FeedMessage.Unchanged(picture.space().value(), picture.revision()));
    }

    private byte[] ofSpace(FeedMessage message) {
        if (ofSpaces.size() >= MOST_OF_SPACES) {
            ofSpaces.clear();
        }
        return ofSpaces.computeIfAbsent(message, Json::bytes);
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

        private @Nullable Object[] about = {};
        private byte[] words = {};

        /** What is told of the same objects is told in the same words. */
        synchronized byte[] of(Supplier<FeedMessage> message, @Nullable Object... newAbout) {
            if (words.length == 0 || !isSame(newAbout)) {
                words = Json.bytes(message.get());
                about = newAbout;
            }
            return words;
        }

        @SuppressWarnings("ReferenceEquality")
        private boolean isSame(@Nullable Object[] newAbout) {
            boolean same = about.length == newAbout.length;
            for (int index = 0; same && index < about.length; index++) {
                same = about[index] == newAbout[index];
            }
            return same;
        }
    }
}
