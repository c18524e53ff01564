package dev.oriel.capture;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/*
 * Two checksums with different polynomials side by side make 64 bits. Both are machine instructions on current
 * processors and read a direct buffer where it lies, in compiled and interpreted code alike.
 */
/** Tells whether the pixels of a band are those of last time, without keeping them. Belongs to one thread. */
final class BandHash {

    private final CRC32 low = new CRC32();
    private final CRC32C high = new CRC32C();

    long of(ByteBuffer pixels, int offset, int length) {
        ByteBuffer band = pixels.duplicate().limit(offset + length).position(offset);
        low.reset();
        low.update(band);
        band.position(offset);
        high.reset();
        high.update(band);
        return high.getValue() << 32 | low.getValue();
    }
}
