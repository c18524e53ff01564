package dev.oriel.capture;

import java.nio.ByteBuffer;
import java.util.BitSet;

/** Makes a rendition of the size of the space straight from the rows read. */
final class NativePass extends RenditionPass {

    NativePass(RenditionTrack track, StripeWriter writer, int bands) {
        super(track, writer, bands);
    }

    @Override
    BitSet bandsToRead(BitSet damaged) {
        BitSet bands = (BitSet) staleBands().clone();
        bands.or(damaged);
        return bands;
    }

    @Override
    void accept(ByteBuffer pixels, int firstRow, int rows, BitSet changed) {
        int stripeHeight = rendition().stripeHeight();
        int pitch = rendition().width() * Integer.BYTES;
        for (int row = firstRow; row < firstRow + rows; row += stripeHeight) {
            int band = row / ScreenSource.BAND_HEIGHT;
            if (changed.get(band) || staleBands().get(band)) {
                make(row / stripeHeight, pixels, (row - firstRow) * pitch);
            }
        }
    }
}
