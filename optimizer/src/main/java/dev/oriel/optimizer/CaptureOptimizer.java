package dev.oriel.optimizer;

import dev.oriel.capture.CaptureSchedule;
import dev.oriel.capture.Space;
import dev.oriel.capture.SpaceId;
import dev.oriel.pressure.PressureLevel;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/**
 * Runs the two policies over streams: levels become plans, and plans, spaces and demand become schedules and budgets.
 *
 * <p>Holds no state of its own: each subscription has its own.
 */
public final class CaptureOptimizer {

    private record Planned(LevelPlan plan, List<Space> spaces) {}

    private record Situation(Planned planned, Demand demand, Visits visits) {

        Optional<SpaceId> active() {
            return SchedulePolicy.active(planned.spaces(), demand).map(Space::id);
        }
    }

    private final PressurePolicy pressurePolicy;
    private final SchedulePolicy schedulePolicy;

    /**
     * Makes an optimizer.
     *
     * @param pressureSettings what the levels mean
     * @param monitored the indexes or ids of the spaces that may ever be captured; empty for all
     */
    public CaptureOptimizer(PressureSettings pressureSettings, Set<String> monitored) {
        this.pressurePolicy = new PressurePolicy(pressureSettings);
        this.schedulePolicy = new SchedulePolicy(monitored);
    }

    /**
     * The plan in force, first that for an unknown level.
     *
     * <ul>
     *   <li>Temperature: as {@code levels}; each subscriber first gets the plan for an unknown level.
     *   <li>Demand: a slow subscriber skips plans and gets the newest.
     *   <li>Threads: those of {@code levels}.
     *   <li>Ends: with {@code levels}.
     * </ul>
     *
     * @param levels of memory pressure; empty while it is unknown
     * @return plans that differ from the one before
     */
    public Flux<LevelPlan> plans(Publisher<Optional<PressureLevel>> levels) {
        return Flux.from(levels)
                .startWith(Optional.<PressureLevel>empty())
                .map(pressurePolicy::planFor)
                .onBackpressureLatest()
                .distinctUntilChanged();
    }

    /**
     * The bytes that the cache may hold.
     *
     * <ul>
     *   <li>Temperature, Demand, Threads, Ends: as {@code plans}; a slow subscriber gets the newest.
     * </ul>
     *
     * @param plans in force
     * @return budgets that differ from the one before
     */
    public Flux<Long> budgets(Publisher<LevelPlan> plans) {
        return Flux.from(plans)
                .map(LevelPlan::budgetBytes)
                .onBackpressureLatest()
                .distinctUntilChanged();
    }

    /**
     * What to capture, anew whenever the plan, the spaces or the demand change.
     *
     * <ul>
     *   <li>Temperature: as the three inputs; the first schedule comes when each has given a value.
     *   <li>Demand: a slow subscriber skips schedules and gets the newest.
     *   <li>Threads: that of whichever input changed.
     *   <li>Ends: when all three end; fails when one of them fails.
     * </ul>
     *
     * @param plans in force
     * @param spaces all there are
     * @param demands what somebody wants
     * @return schedules that differ from the one before
     */
    public Flux<CaptureSchedule> schedules(
            Publisher<LevelPlan> plans, Publisher<List<Space>> spaces, Publisher<Demand> demands) {
        Flux<Planned> planned = Flux.combineLatest(plans, spaces, Planned::new);
        return Flux.combineLatest(planned, demands, (now, demand) -> new Situation(now, demand, Visits.NONE))
                .scan(CaptureOptimizer::remember)
                .map(now -> schedulePolicy.schedule(
                        now.planned().plan(),
                        now.planned().spaces(),
                        now.demand(),
                        now.visits().likelyNext()))
                .onBackpressureLatest()
                .distinctUntilChanged();
    }

    private static Situation remember(Situation before, Situation now) {
        Visits visits = before.visits().then(before.active()).then(now.active());
        return new Situation(now.planned(), now.demand(), visits);
    }
}
