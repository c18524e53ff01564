package dev.oriel.benchmarks.simulator;

import dev.oriel.benchmarks.simulator.Trace.Event;
import java.util.HashMap;
import java.util.Map;

/** When each picture of a trace will be asked for again. Events are told by their index in the trace. */
final class NextUses {

    /** Never again. */
    static final int NEVER = Integer.MAX_VALUE;

    private final int[] next;

    NextUses(Trace trace) {
        next = new int[trace.events().size()];
        Map<Picture, Integer> uses = new HashMap<>();
        for (int index = next.length - 1; index >= 0; index--) {
            Event event = trace.events().get(index);
            next[index] = uses.getOrDefault(event.picture(), NEVER);
            if (event.isRequest()) {
                uses.put(event.picture(), index);
            }
        }
    }

    /** The next request for the same picture after an event, or {@link #NEVER}. */
    int after(int event) {
        return next[event];
    }
}
