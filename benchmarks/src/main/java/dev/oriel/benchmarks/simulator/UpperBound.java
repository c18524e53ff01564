package dev.oriel.benchmarks.simulator;

import dev.oriel.benchmarks.simulator.Trace.Event;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/*
 * A request is answered only if its picture was held since it came, or since the request before: that takes its bytes times
 * that while. All answered requests together cannot take more than the budget times the length of the trace. Those that take
 * least are answered first; whatever the order of eviction, no more can be. (This is the bound called PFOO-U; it lets bytes
 * of one moment pay for another.) Of a stripe that several pictures share each pays an equal part: one in so many as ever
 * need it at one moment, so that together they never pay more than it takes.
 */
/** How many requests can be answered at most, whatever is kept: a proven bound that no policy passes. */
final class UpperBound {

    private final Trace trace;
    private final NextUses uses;

    /** A picture that is held from one event to the next request for it. */
    private record Interval(Picture picture, int from, int to) {}

    private UpperBound(Trace trace) {
        this.trace = trace;
        this.uses = new NextUses(trace);
    }

    /** For a store of whole pictures. */
    static long hitsOfWholePictures(Trace trace, long budgetBytes) {
        UpperBound bound = new UpperBound(trace);
        return bound.hits(
                budgetBytes,
                bound.intervals().stream()
                        .mapToDouble(interval ->
                                bound.millis(interval) * Store.wholeBytes(interval.picture(), trace.contentBytes()))
                        .toArray());
    }

    /** For a store that has each stripe once. */
    static long hitsOfSharedStripes(Trace trace, long budgetBytes) {
        UpperBound bound = new UpperBound(trace);
        List<Interval> intervals = bound.intervals();
        int[] sharers = bound.mostSharersAtOnce(intervals);
        return bound.hits(
                budgetBytes,
                intervals.stream()
                        .mapToDouble(
                                interval -> bound.millis(interval) * bound.sharedBytes(interval.picture(), sharers))
                        .toArray());
    }

    private long hits(long budgetBytes, double[] costs) {
        List<Event> events = trace.events();
        double millis = events.get(events.size() - 1).millis() - events.get(0).millis();
        double left = millis * budgetBytes;
        Arrays.sort(costs);
        int hits = 0;
        while (hits < costs.length && left > 0) {
            left -= costs[hits++];
        }
        return hits;
    }

    private List<Interval> intervals() {
        List<Interval> intervals = new ArrayList<>();
        for (int index = 0; index < trace.events().size(); index++) {
            if (uses.after(index) != NextUses.NEVER) {
                intervals.add(new Interval(trace.events().get(index).picture(), index, uses.after(index)));
            }
        }
        return intervals;
    }

    private double millis(Interval interval) {
        return trace.events().get(interval.to()).millis()
                - trace.events().get(interval.from()).millis();
    }

    private double sharedBytes(Picture picture, int[] sharers) {
        double bytes = Store.SharedStripes.bookkeepingBytes(picture);
        for (int stripe = 0; stripe < picture.stripes(); stripe++) {
            int content = picture.content(stripe);
            bytes += (trace.contentBytes()[content] + Store.REGION_BYTES) / (double) sharers[content];
        }
        return bytes;
    }

    /** Of each content, how many pictures that have it are to be held at one moment, at most. */
    private int[] mostSharersAtOnce(List<Interval> intervals) {
        int[] now = new int[trace.contentBytes().length];
        int[] most = new int[now.length];
        Map<Integer, Picture> ending = new HashMap<>();
        intervals.forEach(interval -> ending.put(interval.to(), interval.picture()));
        Map<Integer, Picture> beginning = new HashMap<>();
        intervals.forEach(interval -> beginning.put(interval.from(), interval.picture()));
        for (int index = 0; index < trace.events().size(); index++) {
            count(ending.get(index), now, most, -1);
            count(beginning.get(index), now, most, 1);
        }
        return most;
    }

    private static void count(@Nullable Picture picture, int[] now, int[] most, int change) {
        if (picture == null) {
            return;
        }
        for (int stripe = 0; stripe < picture.stripes(); stripe++) {
            int content = picture.content(stripe);
            now[content] += change;
            most[content] = Math.max(most[content], now[content]);
        }
    }
}
