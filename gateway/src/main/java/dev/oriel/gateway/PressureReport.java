package dev.oriel.gateway;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The pressure, and how it came to be.
 *
 * @param budgetBytes what the cache has been given, which is less than the plan says where the ceiling of the process
 *     leaves less
 * @param transitions the newest changes of the level, the oldest first
 */
record PressureReport(
        String level,
        @Nullable Instant since,
        List<PressureView.SourceView> sources,
        List<String> absent,
        PressureView.PlanView plan,
        long budgetBytes,
        List<TransitionView> transitions) {

    static PressureReport of(Oriel oriel) {
        PressureView now = PressureView.of(oriel.pressure(), oriel.plan());
        return new PressureReport(
                now.level(),
                now.since(),
                now.sources(),
                now.absent(),
                now.plan(),
                oriel.cacheStats().budgetBytes(),
                oriel.transitions().newest().stream().map(TransitionView::of).toList());
    }
}
