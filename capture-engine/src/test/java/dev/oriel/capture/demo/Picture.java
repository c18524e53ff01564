package dev.oriel.capture.demo;

import dev.oriel.capture.ScreenSource;
import dev.oriel.capture.SpaceId;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;

/** All pixels of a space at one moment. */
record Picture(byte[] bytes) {

    private static final int ROW_BYTES = Scene.WIDTH * 4;

    /** Reads the rows in portions of some height. */
    static Picture read(ScreenSource source, SpaceId space, int rowsAtOnce) {
        ByteBuffer all = ByteBuffer.allocate(Scene.HEIGHT * ROW_BYTES);
        for (int y = 0; y < Scene.HEIGHT; y += rowsAtOnce) {
            all.put(source.readRows(space, y, Math.min(rowsAtOnce, Scene.HEIGHT - y)));
        }
        return new Picture(all.array());
    }

    /** The colour of a pixel as 0xRRGGBB. */
    int color(int x, int y) {
        int at = y * ROW_BYTES + x * 4;
        return (bytes[at + 2] & 0xff) << 16 | (bytes[at + 1] & 0xff) << 8 | (bytes[at] & 0xff);
    }

    BitSet bandsThatDiffer(Picture other) {
        int bandBytes = ScreenSource.BAND_HEIGHT * ROW_BYTES;
        BitSet bands = new BitSet();
        for (int at = 0; at < bytes.length; at += bandBytes) {
            int end = Math.min(at + bandBytes, bytes.length);
            bands.set(at / bandBytes, !Arrays.equals(bytes, at, end, other.bytes, at, end));
        }
        return bands;
    }
}
