package dev.oriel.capture;

/**
 * Counters of an engine, from its start.
 *
 * @param captures readings of a space in which something may have changed
 * @param sweeps readings of a part of a space in which nothing was said to have changed
 * @param pixelsRead pixels taken from sources
 * @param pixelsVerified of these, the ones that nothing was said to have changed in
 * @param bandsCompared bands of 16 rows whose pixels were hashed
 * @param bandsHealed bands found changed although their source had not said so
 * @param sweepMicros microseconds spent on sweeps
 * @param stripesEncoded stripes that went through the JPEG encoder
 * @param stripesShared stripes of new frames that were taken over from the frame before
 * @param frames frames made
 * @param refusals captures put off because the memory gave no room
 */
public record CaptureStats(
        long captures,
        long sweeps,
        long pixelsRead,
        long pixelsVerified,
        long bandsCompared,
        long bandsHealed,
        long sweepMicros,
        long stripesEncoded,
        long stripesShared,
        long frames,
        long refusals) {}
