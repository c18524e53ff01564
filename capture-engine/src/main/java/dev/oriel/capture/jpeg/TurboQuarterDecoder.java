package dev.oriel.capture.jpeg;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.util.List;

/*
 * libjpeg-turbo decodes to a quarter of the size by transforming each block of 8x8 coefficients to 2x2 samples, which are
 * the means of its quarters. Asked for the planes, it leaves them as they are in the JPEG: no upsampling, no conversion
 * to RGB, no clipping of colours. With 4:2:0 a sample of colour then stands for 8x8 pixels, with 4:4:4 for 4x4.
 */
/** Decodes by libjpeg-turbo. */
final class TurboQuarterDecoder implements QuarterDecoder {

    private static final int PLANES = 3;

    private final long handle;
    private final Memory planePointers = new Memory((long) PLANES * Long.BYTES);
    private Memory input = new Memory(64 * 1024);
    private Memory output = new Memory(64 * 1024);
    private boolean open = true;

    TurboQuarterDecoder() {
        handle = TurboJpeg.tjInitDecompress();
        if (handle == 0) {
            throw new IllegalStateException("libjpeg-turbo cannot start: " + TurboJpeg.tjGetErrorStr2(0));
        }
    }

    @Override
    public QuarterPicture decode(List<ByteBuffer> jpeg, int width, int height, Chroma chroma) {
        if (!open) {
            throw new IllegalStateException("the decoder was closed");
        }
        long jpegBytes = join(jpeg);
        QuarterPicture picture = QuarterPicture.blank(width, height);
        int lumaWidth = picture.lumaWidth();
        int lumaHeight = picture.lumaHeight();
        /* With 4:2:0 the library rounds the sides of the plane of brightness up to even numbers. */
        boolean halfColor = chroma == Chroma.TWO_BY_TWO;
        int colorWidth = halfColor ? (lumaWidth + 1) / 2 : lumaWidth;
        int colorRows = halfColor ? (lumaHeight + 1) / 2 : lumaHeight;
        int lumaPitch = halfColor ? 2 * colorWidth : lumaWidth;
        int lumaRows = halfColor ? 2 * colorRows : lumaHeight;
        long blueAt = (long) lumaPitch * lumaRows;
        long redAt = blueAt + (long) colorWidth * colorRows;
        output = TurboJpeg.atLeast(redAt + (long) colorWidth * colorRows, output);
        long first = Pointer.nativeValue(output);
        planePointers.setLong(0, first);
        planePointers.setLong(Long.BYTES, first + blueAt);
        planePointers.setLong(2L * Long.BYTES, first + redAt);
        int failed = TurboJpeg.tjDecompressToYUVPlanes(
                handle,
                Pointer.nativeValue(input),
                jpegBytes,
                Pointer.nativeValue(planePointers),
                lumaWidth,
                0,
                lumaHeight,
                TurboJpeg.FLAG_ACCURATE_DCT);
        if (failed != 0) {
            throw new IllegalStateException("libjpeg-turbo cannot decode " + width + "x" + height + " pixels: "
                    + TurboJpeg.tjGetErrorStr2(handle));
        }
        for (int row = 0; row < lumaHeight; row++) {
            output.read((long) row * lumaPitch, picture.luma(), row * lumaWidth, lumaWidth);
        }
        color(picture, picture.blue(), blueAt, colorWidth, colorRows, halfColor ? 1 : 2);
        color(picture, picture.red(), redAt, colorWidth, colorRows, halfColor ? 1 : 2);
        return picture;
    }

    /* The mean of side x side samples of the plane; those at its edges count for what lies beyond. */
    private void color(QuarterPicture picture, byte[] samples, long plane, int pitch, int rows, int side) {
        byte[] from = new byte[pitch * rows];
        output.read(plane, from, 0, from.length);
        for (int index = 0; index < samples.length; index++) {
            int x = index % picture.chromaWidth() * side;
            int y = index / picture.chromaWidth() * side;
            int sum = 0;
            for (int below = y; below < y + side; below++) {
                for (int right = x; right < x + side; right++) {
                    sum += from[Math.min(below, rows - 1) * pitch + Math.min(right, pitch - 1)] & 0xFF;
                }
            }
            samples[index] = (byte) ((sum + side * side / 2) / (side * side));
        }
    }

    private long join(List<ByteBuffer> pieces) {
        long bytes = 0;
        for (ByteBuffer piece : pieces) {
            bytes += piece.remaining();
        }
        input = TurboJpeg.atLeast(bytes, input);
        ByteBuffer joined = input.getByteBuffer(0, bytes);
        for (ByteBuffer piece : pieces) {
            joined.put(piece.duplicate());
        }
        return bytes;
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            TurboJpeg.tjDestroy(handle);
            input.close();
            output.close();
            planePointers.close();
        }
    }
}
