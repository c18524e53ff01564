package dev.oriel.gateway;

import dev.oriel.optimizer.LevelPlan;
import dev.oriel.pressure.PressureDecision;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * A change of the level, and how it has been answered so far.
 *
 * @param number counts from 1
 * @param plan the one in force
 * @param budgetBytes what the cache was given, which may be less than the plan says
 * @param steps what was given back, in order
 * @param rssAtBytes what the process had resident so many milliseconds after the decision
 */
record Transition(
        long number,
        PressureDecision decision,
        LevelPlan plan,
        long budgetBytes,
        List<Step> steps,
        Map<Long, Long> rssAtBytes) {

    /**
     * One way to give memory back, gone.
     *
     * @param bytes how much less there was afterwards
     * @param micros how long it took
     */
    record Step(String name, long bytes, long micros) {}

    /** One that was not answered yet. */
    static Transition of(long number, PressureDecision decision, LevelPlan plan, long budgetBytes) {
        return new Transition(number, decision, plan, budgetBytes, List.of(), Map.of());
    }

    long releasedBytes() {
        return steps.stream().mapToLong(Step::bytes).sum();
    }

    Transition withPlan(LevelPlan newPlan, long newBudgetBytes) {
        return new Transition(number, decision, newPlan, newBudgetBytes, steps, rssAtBytes);
    }

    Transition with(Step step) {
        List<Step> more = new ArrayList<>(steps);
        more.add(step);
        return new Transition(number, decision, plan, budgetBytes, List.copyOf(more), rssAtBytes);
    }

    /** With what the process has resident now; nothing changes where the system does not tell. */
    Transition withResident(Duration after, OptionalLong bytes) {
        Map<Long, Long> more = new TreeMap<>(rssAtBytes);
        bytes.ifPresent(known -> more.put(after.toMillis(), known));
        return new Transition(number, decision, plan, budgetBytes, steps, Collections.unmodifiableMap(more));
    }
}
