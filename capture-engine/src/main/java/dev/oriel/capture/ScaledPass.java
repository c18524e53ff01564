package dev.oriel.capture;

import java.nio.ByteBuffer;
import java.util.BitSet;

/** Makes a rendition that is smaller than the space, one stripe at a time as its rows come in. */
final class ScaledPass extends RenditionPass {

    private final AreaScaler scaler;
    private BitSet wantedStripes = new BitSet();

    ScaledPass(RenditionTrack track, StripeWriter writer, int bands) {
        super(track, writer, bands);
        scaler = track.scaler();
        scaler.begin();
    }

    @Override
    BitSet bandsToRead(BitSet damaged) {
        BitSet bands = (BitSet) staleBands().clone();
        bands.or(damaged);
        wantedStripes = rendition().stripesShowing(bands);
        for (int stripe = wantedStripes.nextSetBit(0); stripe >= 0; stripe = wantedStripes.nextSetBit(stripe + 1)) {
            bands.or(rendition().bandsOf(stripe));
        }
        return bands;
    }

    @Override
    void accept(ByteBuffer pixels, int firstRow, int rows, BitSet changed) {
        int pitch = rendition().sourceWidth() * Integer.BYTES;
        for (int row = firstRow; row < firstRow + rows; row++) {
            boolean read = false;
            for (int output = scaler.firstOutputRow(row); output <= scaler.lastOutputRow(row); output++) {
                int stripe = output / rendition().stripeHeight();
                if (!wantedStripes.get(stripe)) {
                    continue;
                }
                if (!read) {
                    scaler.read(pixels, (row - firstRow) * pitch);
                    read = true;
                }
                if (scaler.add(row, output)) {
                    complete(stripe, output, changed);
                }
            }
        }
    }

    private void complete(int stripe, int output, BitSet changed) {
        int rowInStripe = output - stripe * rendition().stripeHeight();
        scaler.write(rowInStripe);
        if (rowInStripe == rendition().rowsOf(stripe) - 1) {
            BitSet bands = rendition().bandsOf(stripe);
            if (bands.intersects(changed) || bands.intersects(staleBands())) {
                make(stripe, scaler.stripe(), 0);
            }
        }
    }
}
