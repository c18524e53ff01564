package dev.oriel.cache;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What a {@link FrameCache} holds now and what it did from its start. Evicted is not yet released: the kinds of bytes
 * differ, and each is counted by itself.
 *
 * @param budgetBytes the budget in force
 * @param chargedBytes what counts against the budget: compressed bytes, open reservations and bookkeeping
 * @param logicalBytes what would be charged if equal stripes were not kept once
 * @param newestBytes the part of the logical bytes that is left when every space has its newest picture and nothing else
 * @param liveBytes compressed bytes in the memory
 * @param residentBytes of the operating system's pages that hold, or held just now, compressed bytes
 * @param pinnedBytes the part of the logical bytes that the cache cannot give up, because readers or reservations hold it
 * @param returnedBytes given back to the operating system, in total
 * @param movedBytes moved together out of sparse segments, in total
 * @param frames held by the cache
 * @param hits pictures that were asked for and given
 * @param misses pictures that were asked for and not given, by cause; every cause is there
 * @param evictions frames dropped, by cause; every cause is there
 * @param refusals reservations and frames turned away because there was no room
 * @param segments memory mappings that exist now
 */
public record CacheStats(
        long budgetBytes,
        long chargedBytes,
        long logicalBytes,
        long newestBytes,
        long liveBytes,
        long residentBytes,
        long pinnedBytes,
        long returnedBytes,
        long movedBytes,
        int frames,
        long hits,
        Map<CacheMiss, Long> misses,
        Map<CacheEviction, Long> evictions,
        long refusals,
        int segments) {

    /** Takes the maps as they are now. */
    public CacheStats {
        misses = Collections.unmodifiableMap(new EnumMap<>(misses));
        evictions = Collections.unmodifiableMap(new EnumMap<>(evictions));
    }
}
