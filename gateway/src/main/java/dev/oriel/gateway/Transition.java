package dev.oriel.gateway;

import dev.oriel.optimizer.LevelPlan;
import dev.oriel.pressure.LevelState;
import dev.oriel.pressure.LevelStep;
import dev.oriel.pressure.PressureDecision;
import dev.oriel.pressure.PressureLevel;
import dev.oriel.pressure.PressureReading;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * A change of the level: what it rests on, what was given back for it, and what that did to the process.
 *
 * @param number counts from 1
 * @param evidence what the level was decided by, to be decided again
 * @param budgetBytes what the cache was given, which may be less than the plan says
 * @param steps what was given back, in order; grows while the answer goes on
 * @param releasedBytes the sum of the steps
 * @param rssAtBytes what the process had resident so many milliseconds after the decision; grows for a minute
 */
record Transition(
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
        List<Step> steps,
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

    /**
     * One way to give memory back, gone.
     *
     * @param bytes how much less there was afterwards
     * @param micros how long it took
     */
    record Step(String name, long bytes, long micros) {}

    static Transition of(long number, PressureDecision decision, LevelPlan plan, long budgetBytes) {
        Optional<PressureReading> reading = decision.reading();
        return new Transition(
                number,
                decision.at(),
                name(decision.from()),
                name(decision.to()),
                decision.reason(),
                reading.map(PressureReading::sources).orElse(List.of()).stream()
                        .map(PressureView.SourceView::of)
                        .toList(),
                reading.map(PressureReading::absent).orElse(List.of()),
                Evidence.of(decision),
                PressureView.PlanView.of(plan),
                budgetBytes,
                List.of(),
                0,
                Map.of());
    }

    /** The name of a level, or that it is not known. */
    static String name(Optional<PressureLevel> level) {
        return level.map(Enum::name).orElse("UNKNOWN");
    }

    Transition withPlan(LevelPlan newPlan, long newBudgetBytes) {
        return new Transition(
                number,
                at,
                from,
                to,
                reason,
                sources,
                absent,
                evidence,
                PressureView.PlanView.of(newPlan),
                newBudgetBytes,
                steps,
                releasedBytes,
                rssAtBytes);
    }

    Transition with(Step step) {
        List<Step> more = new ArrayList<>(steps);
        more.add(step);
        return new Transition(
                number,
                at,
                from,
                to,
                reason,
                sources,
                absent,
                evidence,
                plan,
                budgetBytes,
                List.copyOf(more),
                releasedBytes + step.bytes(),
                rssAtBytes);
    }

    /** With what the process has resident now; nothing changes where the system does not tell. */
    Transition withResident(Duration after, OptionalLong bytes) {
        Map<Long, Long> more = new TreeMap<>(rssAtBytes);
        bytes.ifPresent(known -> more.put(after.toMillis(), known));
        return new Transition(
                number,
                at,
                from,
                to,
                reason,
                sources,
                absent,
                evidence,
                plan,
                budgetBytes,
                steps,
                releasedBytes,
                Collections.unmodifiableMap(more));
    }
}
