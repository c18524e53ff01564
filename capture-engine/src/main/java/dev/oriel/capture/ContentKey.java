package dev.oriel.capture;

/**
 * Stands for the bytes of a {@link Frame}: those of two frames are equal, beyond reasonable doubt, if their keys are. Made
 * by {@link Fingerprints#keyOf}.
 *
 * @param checksums two of 32 bits, as for bands
 * @param sizeBytes of the JPEG
 */
public record ContentKey(long checksums, int sizeBytes) {}
