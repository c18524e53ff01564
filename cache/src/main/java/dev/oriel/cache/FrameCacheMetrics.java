package dev.oriel.cache;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Locale;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/**
 * The figures of a {@link FrameCache} as Micrometer meters: {@code oriel.cache.bytes} by kind, {@code oriel.cache.gets} by
 * result, {@code oriel.cache.evictions} by cause, and a few more. Micrometer is needed only by those who use this class.
 *
 * <p>The registry keeps the cache reachable only weakly: its owner holds on to it. Safe for many threads.
 */
public final class FrameCacheMetrics implements MeterBinder {

    private final FrameCache cache;

    /**
     * Meters of a cache.
     *
     * @param cache still the caller's
     */
    public FrameCacheMetrics(FrameCache cache) {
        this.cache = Objects.requireNonNull(cache, "cache");
    }

    /**
     * Adds the meters.
     *
     * @param registry to which they are added; each reading of one of them asks the cache for its statistics
     */
    @Override
    public void bindTo(MeterRegistry registry) {
        bytes(registry, "budget", CacheStats::budgetBytes);
        bytes(registry, "charged", CacheStats::chargedBytes);
        bytes(registry, "logical", CacheStats::logicalBytes);
        bytes(registry, "newest", CacheStats::newestBytes);
        bytes(registry, "live", CacheStats::liveBytes);
        bytes(registry, "resident", CacheStats::residentBytes);
        bytes(registry, "pinned", CacheStats::pinnedBytes);
        total("returned", "given back to the operating system", CacheStats::returnedBytes)
                .baseUnit(BaseUnits.BYTES)
                .register(registry);
        total("moved", "moved together out of sparse segments", CacheStats::movedBytes)
                .baseUnit(BaseUnits.BYTES)
                .register(registry);
        gauge(registry, "frames", "frames held", CacheStats::frames);
        gauge(registry, "segments", "memory mappings", CacheStats::segments);
        gets(registry, "hit", CacheStats::hits);
        for (CacheMiss miss : CacheMiss.values()) {
            gets(registry, label(miss), stats -> stats.misses().getOrDefault(miss, 0L));
        }
        for (CacheEviction cause : CacheEviction.values()) {
            total("evictions", "frames dropped", stats -> stats.evictions().getOrDefault(cause, 0L))
                    .tag("cause", label(cause))
                    .register(registry);
        }
        total("refusals", "reservations and frames turned away", CacheStats::refusals)
                .register(registry);
    }

    private void bytes(MeterRegistry registry, String kind, ToDoubleFunction<CacheStats> figure) {
        Gauge.builder("oriel.cache.bytes", cache, held -> figure.applyAsDouble(held.stats()))
                .description("bytes of the frame cache")
                .baseUnit(BaseUnits.BYTES)
                .tag("kind", kind)
                .register(registry);
    }

    private void gauge(MeterRegistry registry, String name, String what, ToDoubleFunction<CacheStats> figure) {
        Gauge.builder("oriel.cache." + name, cache, held -> figure.applyAsDouble(held.stats()))
                .description(what)
                .register(registry);
    }

    private void gets(MeterRegistry registry, String result, ToDoubleFunction<CacheStats> figure) {
        total("gets", "pictures asked for", figure).tag("result", result).register(registry);
    }

    private FunctionCounter.Builder<FrameCache> total(String name, String what, ToDoubleFunction<CacheStats> figure) {
        return FunctionCounter.builder("oriel.cache." + name, cache, held -> figure.applyAsDouble(held.stats()))
                .description(what);
    }

    private static String label(Enum<?> cause) {
        return cause.name().toLowerCase(Locale.ROOT);
    }
}
