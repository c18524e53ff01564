package dev.oriel.gateway;

import dev.oriel.cache.CacheStats;
import dev.oriel.capture.CaptureStats;
import org.jspecify.annotations.Nullable;

/** Counters of everything, as clients see them. {@code residentBytes} is null where the system does not tell. */
record StatsView(
        CaptureStats capture,
        CacheStats cache,
        int subscribers,
        @Nullable Long processResidentBytes,
        long uptimeSeconds) {}
