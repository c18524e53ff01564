package dev.oriel.gateway;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;

/**
 * The pressure, and how it came to be.
 *
 * @param budgetBytes what the cache has been given, which is less than the plan says where the ceiling of the process
 *     leaves less
 * @param transitions the newest changes of the level, the oldest first
 */
record PressureReport(@JsonUnwrapped PressureView pressure, long budgetBytes, List<Transition> transitions) {

    static PressureReport of(Oriel oriel) {
        return new PressureReport(
                PressureView.of(oriel.pressure(), oriel.plan()),
                oriel.cacheStats().budgetBytes(),
                oriel.transitions().newest());
    }
}
