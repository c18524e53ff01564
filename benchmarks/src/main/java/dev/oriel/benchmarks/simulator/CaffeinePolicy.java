package dev.oriel.benchmarks.simulator;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.oriel.benchmarks.simulator.Trace.Event;

/** Caffeine as it comes (W-TinyLFU), bounded by the weight of whole pictures. */
final class CaffeinePolicy implements Policy {

    private final Cache<Picture, Boolean> pictures;

    CaffeinePolicy(int[] contentBytes, long budgetBytes) {
        this.pictures = Caffeine.newBuilder()
                .maximumWeight(budgetBytes)
                .weigher((Picture picture, Boolean there) -> Store.wholeBytes(picture, contentBytes))
                .executor(Runnable::run)
                .build();
    }

    @Override
    public boolean get(Event request) {
        return pictures.getIfPresent(request.picture()) != null;
    }

    @Override
    public void put(Event event) {
        pictures.put(event.picture(), Boolean.TRUE);
    }
}
