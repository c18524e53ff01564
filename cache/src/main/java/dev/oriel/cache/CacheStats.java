package dev.oriel.cache;

/**
 * What a {@link FrameCache} holds now and what it did from its start. Evicted is not yet released: the four kinds of
 * bytes differ, and each is counted by itself.
 *
 * @param budgetBytes the budget in force
 * @param chargedBytes what counts against the budget: compressed bytes, open reservations and bookkeeping
 * @param residentBytes of the operating system's pages that hold, or held just now, compressed bytes
 * @param pinnedBytes the part of the charged bytes that the cache cannot give up, because readers or reservations hold it
 * @param returnedBytes given back to the operating system, in total
 * @param frames held by the cache
 * @param hits pictures found by {@link FrameCache#latest}
 * @param misses pictures that {@link FrameCache#latest} was asked for and did not give, the expired ones included
 * @param expired the misses where there was a picture, but older than the TTL
 * @param evictions frames dropped to keep the budget
 * @param refusals reservations and frames turned away because there was no room
 * @param segments memory mappings that exist now
 */
public record CacheStats(
        long budgetBytes,
        long chargedBytes,
        long residentBytes,
        long pinnedBytes,
        long returnedBytes,
        int frames,
        long hits,
        long misses,
        long expired,
        long evictions,
        long refusals,
        int segments) {}
