package dev.oriel.benchmarks.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.benchmarks.simulator.Trace.Event;
import dev.oriel.capture.Quality;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bound beside the true optimum, which is found by trying everything on traces that are small enough. */
class UpperBoundTest {

    private static final int PICTURES = 7;
    private static final int REQUESTS = 8;

    private static Trace random(long seed) {
        Random random = new Random(seed);
        TinyTrace tiny = new TinyTrace();
        int shared = tiny.content(1 + random.nextInt(5000));
        List<String> names = new ArrayList<>();
        for (int step = 0; step < PICTURES + REQUESTS; step++) {
            boolean put = names.isEmpty() || step < 2 * PICTURES && step % 2 == 0;
            if (put) {
                String name = "picture " + step;
                int own = tiny.content(1 + random.nextInt(5000));
                if (random.nextBoolean()) {
                    tiny.put(name, 0, Quality.OPTIMIZED, shared, own);
                } else {
                    tiny.put(name, 0, Quality.OPTIMIZED, own);
                }
                names.add(name);
            } else {
                tiny.lookBack(names.get(random.nextInt(names.size())));
            }
        }
        return tiny.trace();
    }

    /** Tries, for each picture that comes or is found, both to keep it until its next use and to drop it. */
    private static long optimum(Trace trace, long budget, Store store, NextUses uses, int index) {
        if (index == trace.events().size()) {
            return 0;
        }
        Event event = trace.events().get(index);
        Picture picture = event.picture();
        boolean held = store.holds(picture);
        long hit = event.isRequest() && held ? 1 : 0;
        long best = 0;
        if (held) {
            store.remove(picture);
        }
        if (held || !event.isRequest()) {
            if (uses.after(index) != NextUses.NEVER) {
                store.add(picture);
                if (store.heldBytes() <= budget) {
                    best = optimum(trace, budget, store, uses, index + 1);
                }
                store.remove(picture);
            }
        }
        best = Math.max(best, optimum(trace, budget, store, uses, index + 1));
        if (held) {
            store.add(picture);
        }
        return hit + best;
    }

    private static long optimum(Trace trace, long budget, Function<Trace, Store> store) {
        return optimum(trace, budget, store.apply(trace), new NextUses(trace), 0);
    }

    private static long farthest(Trace trace, long budget, Function<Trace, Store> store) {
        return Policy.hits(trace, new FarthestPolicy(store.apply(trace), budget, new NextUses(trace)));
    }

    @ParameterizedTest
    @ValueSource(longs = {4000, 8000, 12_000, 20_000})
    void theOptimumLiesBetweenWhatCanBeHadAndTheBound(long budget) {
        for (long seed = 0; seed < 200; seed++) {
            Trace trace = random(seed);
            assertThat(optimum(trace, budget, Store::ofWholePictures))
                    .as("whole pictures, seed %d", seed)
                    .isBetween(
                            farthest(trace, budget, Store::ofWholePictures),
                            UpperBound.hitsOfWholePictures(trace, budget));
            assertThat(optimum(trace, budget, Store::ofSharedStripes))
                    .as("shared stripes, seed %d", seed)
                    .isBetween(
                            farthest(trace, budget, Store::ofSharedStripes),
                            UpperBound.hitsOfSharedStripes(trace, budget));
        }
    }
}
