package dev.oriel.capture.jpeg;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Decodes by libjpeg-turbo. */
final class TurboStripeDecoder implements StripeDecoder {

    private final long handle;
    private Memory input = new Memory(16 * 1024);
    private Memory pixels = new Memory(64 * 1024);
    private boolean open = true;

    TurboStripeDecoder() {
        handle = TurboJpeg.tjInitDecompress();
        if (handle == 0) {
            throw new IllegalStateException("libjpeg-turbo cannot start: " + TurboJpeg.tjGetErrorStr2(0));
        }
    }

    @Override
    public ByteBuffer decode(byte[] jpeg, int width, int rows) {
        if (!open) {
            throw new IllegalStateException("the decoder was closed");
        }
        input = TurboJpeg.atLeast(jpeg.length, input);
        input.write(0, jpeg, 0, jpeg.length);
        int bytes = width * rows * Integer.BYTES;
        pixels = TurboJpeg.atLeast(bytes, pixels);
        int failed = TurboJpeg.tjDecompress2(
                handle,
                Pointer.nativeValue(input),
                jpeg.length,
                Pointer.nativeValue(pixels),
                width,
                width * Integer.BYTES,
                rows,
                TurboJpeg.PIXEL_FORMAT_BGRX,
                TurboJpeg.FLAG_ACCURATE_DCT);
        if (failed != 0) {
            throw new IllegalStateException("libjpeg-turbo cannot decode " + width + "x" + rows + " pixels: "
                    + TurboJpeg.tjGetErrorStr2(handle));
        }
        return pixels.getByteBuffer(0, bytes).order(ByteOrder.nativeOrder());
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            TurboJpeg.tjDestroy(handle);
            input.close();
            pixels.close();
        }
    }
}
