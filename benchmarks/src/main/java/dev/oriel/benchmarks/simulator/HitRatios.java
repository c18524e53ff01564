package dev.oriel.benchmarks.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** How many requests of each trace each policy answers, by the size of the cache. */
public final class HitRatios {

    /** Sizes of the cache, in MB as in the settings. */
    public static final List<Integer> MEGABYTES = List.of(50, 200, 500);

    private static final long MEGABYTE = 1024 * 1024;
    private static final long TTL_MILLIS = 30_000;

    /** What is compared, in the order in which it is shown. */
    public enum Kind {
        /** Filled on demand, one picture for each space and quality, for 30 s; its stale answers count here. */
        REPLACED("system replaced, as meant"),
        /** The same without those of its answers that show another moment. */
        REPLACED_TRUE("the same, true answers"),
        /** Whole pictures. */
        LRU_TTL("LRU, TTL 30 s"),
        /** Whole pictures. */
        LRU("LRU"),
        /** Whole pictures. */
        CAFFEINE("Caffeine"),
        /** Another order of history. */
        ORDER("order by age, whole pictures"),
        /** The order of the cache that is shipped, for whole pictures. */
        SHARES("order by shares, whole pictures"),
        /** Knows the future. */
        FARTHEST("farthest use, whole pictures"),
        /** No policy passes it. */
        BOUND("bound, whole pictures"),
        /** With stripes stored once. */
        LRU_SHARED("LRU, shared stripes"),
        /** Another order of history. */
        ORDER_SHARED("order by age, shared stripes"),
        /** The order of the cache that is shipped. */
        SHARES_SHARED("order by shares, shared stripes"),
        /** The cache that is shipped. */
        OURS("ours, as shipped"),
        /** With stripes stored once; knows the future. */
        FARTHEST_SHARED("farthest use, shared stripes"),
        /** With stripes stored once; no policy passes it. */
        BOUND_SHARED("bound, shared stripes");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        /**
         * For people.
         *
         * @return a few words
         */
        public String label() {
            return label;
        }
    }

    /**
     * What was measured of one trace.
     *
     * @param requests how many there are
     * @param lookBacks those of them for a picture that is no longer the newest
     * @param gigabytes all pictures whole, in GiB
     * @param sharedGigabytes all pictures with each stripe once, in GiB
     * @param ratios by policy and size: from 0 to 1
     */
    public record Result(
            String trace,
            long requests,
            long lookBacks,
            double gigabytes,
            double sharedGigabytes,
            Map<Kind, Map<Integer, Double>> ratios) {

        /**
         * One of the ratios.
         *
         * @param kind which policy
         * @param megabytes one of {@link #MEGABYTES}
         * @return from 0 to 1
         */
        public double ratio(Kind kind, int megabytes) {
            return ratios.getOrDefault(kind, Map.of()).getOrDefault(megabytes, Double.NaN);
        }
    }

    private final Trace trace;
    private final NextUses uses;
    private final Map<Kind, Map<Integer, Double>> ratios = new TreeMap<>();

    private HitRatios(Trace trace) {
        this.trace = trace;
        this.uses = new NextUses(trace);
    }

    /**
     * Plays all traces.
     *
     * @param sessions what the spaces show
     * @param progress is told what goes on
     * @return one for each trace
     */
    public static List<Result> measure(List<Session> sessions, Consumer<String> progress) {
        List<Result> results = new ArrayList<>();
        for (Trace trace : Workloads.all(sessions)) {
            progress.accept("hit ratios, " + trace.name());
            results.add(new HitRatios(trace).measure());
        }
        return results;
    }

    private Result measure() {
        for (int megabytes : MEGABYTES) {
            measure(megabytes);
        }
        long lookBacks = trace.events().stream()
                .filter(event -> event.kind() == Trace.Kind.LOOK_BACK)
                .count();
        return new Result(
                trace.name(),
                trace.requests(),
                lookBacks,
                gigabytes(Store.ofWholePictures(trace)),
                gigabytes(Store.ofSharedStripes(trace)),
                ratios);
    }

    private double gigabytes(Store store) {
        trace.events().stream().filter(event -> !event.isRequest()).forEach(event -> store.add(event.picture()));
        return store.heldBytes() / 1024.0 / MEGABYTE;
    }

    private void measure(int megabytes) {
        long budget = megabytes * MEGABYTE;
        int[] bytes = trace.contentBytes();
        ReplacedSystem.Result replaced = ReplacedSystem.play(trace, budget);
        note(Kind.REPLACED, megabytes, replaced.hits());
        note(Kind.REPLACED_TRUE, megabytes, replaced.hits() - replaced.stale());
        play(Kind.LRU_TTL, megabytes, new LruPolicy(whole(), budget, TTL_MILLIS));
        play(Kind.LRU, megabytes, new LruPolicy(whole(), budget, LruPolicy.NO_TTL));
        play(Kind.CAFFEINE, megabytes, new CaffeinePolicy(bytes, budget));
        play(Kind.ORDER, megabytes, new NewestFirstPolicy(whole(), budget));
        play(Kind.SHARES, megabytes, new SharesPolicy(whole(), budget));
        play(Kind.FARTHEST, megabytes, new FarthestPolicy(whole(), budget, uses));
        note(Kind.BOUND, megabytes, UpperBound.hitsOfWholePictures(trace, budget));
        play(Kind.LRU_SHARED, megabytes, new LruPolicy(shared(), budget, LruPolicy.NO_TTL));
        play(Kind.ORDER_SHARED, megabytes, new NewestFirstPolicy(shared(), budget));
        play(Kind.SHARES_SHARED, megabytes, new SharesPolicy(shared(), budget));
        play(Kind.OURS, megabytes, new FrameCachePolicy(bytes, budget));
        play(Kind.FARTHEST_SHARED, megabytes, new FarthestPolicy(shared(), budget, uses));
        note(Kind.BOUND_SHARED, megabytes, UpperBound.hitsOfSharedStripes(trace, budget));
    }

    private Store whole() {
        return Store.ofWholePictures(trace);
    }

    private Store shared() {
        return Store.ofSharedStripes(trace);
    }

    private void play(Kind kind, int megabytes, Policy policy) {
        try (policy) {
            note(kind, megabytes, Policy.hits(trace, policy));
        }
    }

    private void note(Kind kind, int megabytes, long hits) {
        ratios.computeIfAbsent(kind, unseen -> new TreeMap<>()).put(megabytes, (double) hits / trace.requests());
    }
}
