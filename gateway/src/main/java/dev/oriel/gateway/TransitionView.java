package dev.oriel.gateway;

import dev.oriel.pressure.LevelState;
import dev.oriel.pressure.LevelStep;
import dev.oriel.pressure.PressureDecision;
import dev.oriel.pressure.PressureLevel;
import dev.oriel.pressure.PressureReading;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A change of the level as clients see it: what it rests on, what was given back for it, and what that did to the process.
 *
 * @param number counts from 1
 * @param evidence what the level was decided by, to be decided again
 * @param budgetBytes what the cache was given, which may be less than the plan says
 * @param steps what was given back, in order; grows while the answer goes on
 * @param releasedBytes the sum of the steps
 * @param rssAtBytes what the process had resident so many milliseconds after the decision; grows for a minute
 */
record TransitionView(
        long number,
        Instant at,
        String from,
        String to,
        String reason,
        List<PressureView.SourceView> sources,
        List<String> absent,
        Evidence evidence,
        PressureView.PlanView plan,
        long budgetBytes,
        List<Transition.Step> steps,
        long releasedBytes,
        Map<Long, Long> rssAtBytes) {

    /**
     * What the level was decided by: the steps, taken in from the state {@code start} on, lead to it again.
     *
     * @param dwellMillis how long an outlook must have been better until the level is
     * @param settleMillis how long after a turn for the worse a mere forecast does not bring about another
     * @param simulated the level that was simulated at that time; it counts where it is the worse one
     */
    record Evidence(
            LevelState start,
            long dwellMillis,
            long settleMillis,
            Optional<PressureLevel> simulated,
            List<LevelStep> steps) {

        static Evidence of(PressureDecision decision) {
            return new Evidence(
                    decision.start(),
                    decision.dwell().toMillis(),
                    decision.settle().toMillis(),
                    decision.simulated(),
                    decision.steps());
        }
    }

    static TransitionView of(Transition transition) {
        PressureDecision decision = transition.decision();
        Optional<PressureReading> reading = decision.reading();
        return new TransitionView(
                transition.number(),
                decision.at(),
                name(decision.from()),
                name(decision.to()),
                decision.reason(),
                reading.map(PressureReading::sources).orElse(List.of()).stream()
                        .map(PressureView.SourceView::of)
                        .toList(),
                reading.map(PressureReading::absent).orElse(List.of()),
                Evidence.of(decision),
                PressureView.PlanView.of(transition.plan()),
                transition.budgetBytes(),
                transition.steps(),
                transition.releasedBytes(),
                transition.rssAtBytes());
    }

    /** The name of a level, or that it is not known. */
    static String name(Optional<PressureLevel> level) {
        return level.map(Enum::name).orElse("UNKNOWN");
    }
}
