package dev.oriel.cache;

import org.jspecify.annotations.Nullable;

/**
 * Regions by the hash of their content. The chains run through the regions themselves, so that one more region costs one
 * more reference. Not safe for many threads.
 */
final class RegionIndex {

    private static final int FIRST_BUCKETS = 1024;

    private @Nullable SegmentRegion[] buckets = new SegmentRegion[FIRST_BUCKETS];
    private int size;

    /** A region that may have the same content: the hash and the length are the same. */
    @Nullable
    SegmentRegion find(int hash, int length) {
        SegmentRegion region = buckets[bucket(hash)];
        while (region != null && (region.hash() != hash || region.sizeBytes() != length)) {
            region = region.nextWithHash;
        }
        return region;
    }

    void add(SegmentRegion region) {
        if (size == buckets.length) {
            grow();
        }
        link(region);
        size++;
    }

    void remove(SegmentRegion region) {
        int bucket = bucket(region.hash());
        SegmentRegion at = buckets[bucket];
        if (at == region) {
            buckets[bucket] = region.nextWithHash;
        } else {
            while (at != null && at.nextWithHash != region) {
                at = at.nextWithHash;
            }
            if (at == null) {
                throw new IllegalStateException("the region is not in the index");
            }
            at.nextWithHash = region.nextWithHash;
        }
        size--;
    }

    private void grow() {
        @Nullable SegmentRegion[] old = buckets;
        buckets = new SegmentRegion[2 * old.length];
        for (SegmentRegion chain : old) {
            SegmentRegion region = chain;
            while (region != null) {
                SegmentRegion next = region.nextWithHash;
                link(region);
                region = next;
            }
        }
    }

    private void link(SegmentRegion region) {
        int bucket = bucket(region.hash());
        region.nextWithHash = buckets[bucket];
        buckets[bucket] = region;
    }

    private int bucket(int hash) {
        return hash & buckets.length - 1;
    }
}
