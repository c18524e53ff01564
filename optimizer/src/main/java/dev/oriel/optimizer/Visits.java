package dev.oriel.optimizer;

import dev.oriel.capture.SpaceId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The spaces that were active one after the other, and so where people go from each.
 *
 * @param steps the newest last
 */
record Visits(List<SpaceId> steps) {

    /** How far back it looks. */
    static final int MOST = 200;

    /** How often somebody must have gone from here to there, of all times they left here, for it to be likely. */
    static final double LIKELY = 0.5;

    static final Visits NONE = new Visits(List.of());

    Visits {
        steps = List.copyOf(steps);
    }

    Visits then(Optional<SpaceId> active) {
        if (active.isEmpty() || (!steps.isEmpty() && steps.get(steps.size() - 1).equals(active.get()))) {
            return this;
        }
        List<SpaceId> longer = new ArrayList<>(steps);
        longer.add(active.get());
        return new Visits(longer.subList(Math.max(0, longer.size() - MOST), longer.size()));
    }

    /** Where people mostly went from the space that is active now. */
    Set<SpaceId> likelyNext() {
        if (steps.isEmpty()) {
            return Set.of();
        }
        SpaceId here = steps.get(steps.size() - 1);
        Map<SpaceId, Integer> departures = new HashMap<>();
        int left = 0;
        for (int step = 0; step + 1 < steps.size(); step++) {
            if (steps.get(step).equals(here)) {
                departures.merge(steps.get(step + 1), 1, Integer::sum);
                left++;
            }
        }
        double least = LIKELY * left;
        return departures.entrySet().stream()
                .filter(entry -> entry.getValue() >= least)
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }
}
