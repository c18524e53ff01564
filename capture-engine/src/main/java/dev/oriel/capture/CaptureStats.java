package dev.oriel.capture;

/**
 * Counters of an engine, from its start.
 *
 * @param captures readings of a space
 * @param pixelsRead pixels taken from sources
 * @param bandsCompared bands of 16 rows whose pixels were hashed
 * @param stripesEncoded stripes that went through the JPEG encoder
 * @param stripesShared stripes of new frames that were taken over from the frame before
 * @param frames frames made
 * @param refusals captures put off because the memory gave no room
 */
public record CaptureStats(
        long captures,
        long pixelsRead,
        long bandsCompared,
        long stripesEncoded,
        long stripesShared,
        long frames,
        long refusals) {}
