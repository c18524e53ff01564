package dev.oriel.capture;

import java.nio.ByteBuffer;
import java.util.BitSet;

/** Makes a view, every stripe of it, as its rows come in. */
final class ViewPass extends RenditionPass {

    private final ViewPlan plan;
    private final AreaScaler scaler;

    ViewPass(ViewPlan plan, StripeWriter writer, ScratchStripe scratch) {
        super(new RenditionTrack(plan.rendition()), writer, 0);
        this.plan = plan;
        this.scaler = AreaScaler.keepingAspect(plan.rendition(), scratch);
    }

    @Override
    BitSet bandsToRead(BitSet damaged) {
        Area crop = plan.crop();
        BitSet bands = new BitSet();
        bands.set(crop.y() / ScreenSource.BAND_HEIGHT, (crop.y() + crop.height() - 1) / ScreenSource.BAND_HEIGHT + 1);
        return bands;
    }

    @Override
    void accept(ByteBuffer pixels, int firstRow, int rows, BitSet changed) {
        accept(pixels, firstRow, rows);
    }

    void accept(ByteBuffer pixels, int firstRow, int rows) {
        Area crop = plan.crop();
        int end = Math.min(firstRow + rows, crop.y() + crop.height());
        for (int row = Math.max(firstRow, crop.y()); row < end; row++) {
            int offset = ((row - firstRow) * plan.rowWidth() + crop.x()) * Integer.BYTES;
            if (rendition().isNativeSize()) {
                copy(pixels, offset, row - crop.y());
            } else {
                scale(pixels, offset, row - crop.y());
            }
        }
    }

    private void copy(ByteBuffer pixels, int offset, int row) {
        int pitch = rendition().width() * Integer.BYTES;
        scaler.stripe().put(row % rendition().stripeHeight() * pitch, pixels, offset, pitch);
        complete(row);
    }

    private void scale(ByteBuffer pixels, int offset, int input) {
        scaler.read(pixels, offset);
        for (int output = scaler.firstOutputRow(input); output <= scaler.lastOutputRow(input); output++) {
            if (scaler.add(input, output)) {
                scaler.write(output % rendition().stripeHeight());
                complete(output);
            }
        }
    }

    private void complete(int row) {
        int stripe = row / rendition().stripeHeight();
        if (row % rendition().stripeHeight() == rendition().rowsOf(stripe) - 1) {
            make(stripe, scaler.stripe(), 0);
        }
    }
}
