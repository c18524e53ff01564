package dev.oriel.gateway;

import dev.oriel.capture.SpaceState;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the feed says besides frames. */
sealed interface FeedMessage {

    /** The name of the format, which is the WebSocket subprotocol too. */
    String FEED = "oriel.feed.v1";

    /** The first message. */
    record Hello(String type, String feed, int version, List<SpaceView> spaces, PressureView pressure)
            implements FeedMessage {

        Hello(List<SpaceView> spaces, PressureView pressure) {
            this("hello", FEED, 1, spaces, pressure);
        }
    }

    /** The spaces changed. */
    record Spaces(String type, List<SpaceView> spaces) implements FeedMessage {

        Spaces(List<SpaceView> spaces) {
            this("spaces", spaces);
        }
    }

    /** The level or the plan changed. */
    record Pressure(
            String type,
            String level,
            @Nullable Instant since,
            List<PressureView.SourceView> sources,
            List<String> absent,
            PressureView.PlanView plan)
            implements FeedMessage {

        Pressure(PressureView view) {
            this("pressure", view.level(), view.since(), view.sources(), view.absent(), view.plan());
        }
    }

    /** The level changed, and how it was answered so far: told again when the process is measured after it. */
    record Change(String type, TransitionView transition) implements FeedMessage {

        Change(TransitionView transition) {
            this("transition", transition);
        }
    }

    /** A space became live, stale, lost or denied, and why. */
    record State(String type, String space, String state, String reason) implements FeedMessage {

        static State of(String space, SpaceState state, String reason) {
            return new State("state", space, state.name().toLowerCase(Locale.ROOT), reason);
        }
    }

    /** What was last sent of a space, and was not live any more or not yet, is what the screen shows. */
    record Unchanged(String type, String space, long revision) implements FeedMessage {

        Unchanged(String space, long revision) {
            this("unchanged", space, revision);
        }
    }

    /** A message was not understood; nothing else changed. */
    record Error(String type, String code, String message) implements FeedMessage {

        Error(String code, String message) {
            this("error", code, message);
        }
    }
}
