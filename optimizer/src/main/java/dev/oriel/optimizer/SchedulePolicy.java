package dev.oriel.optimizer;

import dev.oriel.capture.CaptureSchedule;
import dev.oriel.capture.CaptureTarget;
import dev.oriel.capture.Quality;
import dev.oriel.capture.Space;
import dev.oriel.capture.SpaceId;
import dev.oriel.capture.SpaceState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** From a plan, the spaces there are and what somebody wants to a schedule. A pure function of its settings. */
public final class SchedulePolicy {

    /** How often, at most, a space is captured that nobody looks at yet. */
    public static final Duration PREFETCH_INTERVAL = Duration.ofSeconds(2);

    private final Set<String> monitored;

    /**
     * Makes a policy.
     *
     * @param monitored the indexes or ids of the spaces that may ever be captured; empty for all
     */
    public SchedulePolicy(Set<String> monitored) {
        this.monitored = Set.copyOf(monitored);
    }

    /**
     * What to capture. Nobody looks: nothing.
     *
     * @param plan of the level in force
     * @param spaces all there are
     * @param demand what somebody wants
     * @param likelyNext spaces that somebody will probably look at next
     * @return targets in the order of the spaces
     */
    public CaptureSchedule schedule(LevelPlan plan, List<Space> spaces, Demand demand, Set<SpaceId> likelyNext) {
        if (demand.interests().isEmpty()) {
            return CaptureSchedule.NOTHING;
        }
        Optional<Space> active = activeOfMonitored(spaces, demand);
        List<CaptureTarget> targets = new ArrayList<>();
        for (Space space : spaces) {
            if (isCaptured(space, plan, active)) {
                target(space, demand, plan)
                        .or(() -> prefetch(space, active, plan, demand, likelyNext))
                        .ifPresent(targets::add);
            }
        }
        return new CaptureSchedule(targets, plan.jpegReduction());
    }

    /**
     * The space that counts as active.
     *
     * @param spaces all there are
     * @param demand whose focus comes first, if that space can be read
     * @return empty if there is none
     */
    public static Optional<Space> active(List<Space> spaces, Demand demand) {
        return spaces.stream()
                .filter(space -> demand.focus().equals(Optional.of(space.id())) && space.state() == SpaceState.LIVE)
                .findFirst()
                .or(() -> spaces.stream().filter(Space::active).findFirst());
    }

    /**
     * Whether a space would be captured if somebody wanted it.
     *
     * @param space one of {@code spaces}
     * @param plan of the level in force
     * @param spaces all there are
     * @param demand whose focus decides what is active
     * @return false if the plan or the settings leave it out
     */
    public boolean mayCapture(Space space, LevelPlan plan, List<Space> spaces, Demand demand) {
        return isCaptured(space, plan, activeOfMonitored(spaces, demand));
    }

    /** A focus on a space that is never captured must not take the others from everybody else. */
    private Optional<Space> activeOfMonitored(List<Space> spaces, Demand demand) {
        boolean focusCounts =
                spaces.stream().anyMatch(space -> demand.focus().equals(Optional.of(space.id())) && isMonitored(space));
        return active(spaces, focusCounts ? demand : Demand.NONE);
    }

    private boolean isCaptured(Space space, LevelPlan plan, Optional<Space> active) {
        return isMonitored(space)
                && switch (plan.selection()) {
                    case ALL -> true;
                    case ACTIVE_AND_ADJACENT -> distance(space, active) <= 1;
                    case ACTIVE_ONLY -> distance(space, active) == 0;
                };
    }

    /**
     * Whether the settings let a space be captured at all.
     *
     * @param space any
     * @return true if it is monitored, or all are
     */
    public boolean isMonitored(Space space) {
        return monitored.isEmpty()
                || monitored.contains(space.id().value())
                || monitored.contains(Integer.toString(space.index()));
    }

    private static int distance(Space space, Optional<Space> active) {
        return active.map(other -> Math.abs(space.index() - other.index())).orElse(Integer.MAX_VALUE);
    }

    private static Optional<CaptureTarget> target(Space space, Demand demand, LevelPlan plan) {
        Set<Quality> qualities = EnumSet.noneOf(Quality.class);
        Duration interval = null;
        for (Interest interest : demand.interests()) {
            if (interest.space().isEmpty() || interest.space().get().equals(space.id())) {
                qualities.add(interest.quality().orWorse(plan.ceiling()));
                interval = interval == null || interest.interval().compareTo(interval) < 0
                        ? interest.interval()
                        : interval;
            }
        }
        return interval == null ? Optional.empty() : Optional.of(new CaptureTarget(space.id(), qualities, interval));
    }

    private static Optional<CaptureTarget> prefetch(
            Space space, Optional<Space> active, LevelPlan plan, Demand demand, Set<SpaceId> likelyNext) {
        boolean somebodyLooksClosely =
                demand.focus().isPresent() && active.map(Space::id).equals(demand.focus());
        boolean mayBeNext = distance(space, active) <= 1 || likelyNext.contains(space.id());
        if (!plan.prefetch() || !somebodyLooksClosely || !mayBeNext) {
            return Optional.empty();
        }
        Set<Quality> qualities = EnumSet.noneOf(Quality.class);
        Duration interval = PREFETCH_INTERVAL;
        for (Interest interest : demand.interests()) {
            qualities.add(interest.quality().orWorse(plan.ceiling()));
            interval = interest.interval().compareTo(interval) > 0 ? interest.interval() : interval;
        }
        return Optional.of(new CaptureTarget(space.id(), qualities, interval));
    }
}
