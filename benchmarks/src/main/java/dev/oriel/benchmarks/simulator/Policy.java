package dev.oriel.benchmarks.simulator;

import dev.oriel.benchmarks.simulator.Trace.Event;

/** A cache of some kind that a trace is played through. Used by one thread. */
interface Policy extends AutoCloseable {

    /** What follows belongs to this event of the trace. */
    default void begin(int event) {}

    /** Whether the request is answered from the cache. */
    boolean get(Event request);

    /** A picture came, or was taken again because it was wanted and not there. */
    void put(Event event);

    /** Frees what is held outside of Java. */
    @Override
    default void close() {}

    /** How many of the requests are answered. */
    static long hits(Trace trace, Policy policy) {
        long hits = 0;
        for (int index = 0; index < trace.events().size(); index++) {
            Event event = trace.events().get(index);
            policy.begin(index);
            boolean found = event.isRequest() && policy.get(event);
            if (found) {
                hits++;
            } else if (event.kind() != Trace.Kind.LOOK_BACK) {
                policy.put(event);
            }
        }
        return hits;
    }
}
