package dev.oriel.capture.jpeg;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;

/*
 * tjCompress2 with TJFLAG_NOREALLOC ignores the size it is handed and trusts that the buffer has tjBufSize bytes, so
 * the scratch buffer always has at least that.
 */
final class TurboStripeEncoder implements StripeEncoder {

    private static final int ADDRESS_BYTES = 8;

    private final long handle;
    private final Memory arguments = new Memory(2L * ADDRESS_BYTES);
    private Memory scratch = new Memory(64 * 1024);
    private ByteBuffer scratchBytes = bytesOf(scratch);
    private int maxBytes;
    private int maxBytesWidth;
    private Chroma maxBytesChroma = Chroma.TWO_BY_TWO;
    private boolean open = true;

    TurboStripeEncoder() {
        handle = TurboJpeg.tjInitCompress();
        if (handle == 0) {
            throw new IllegalStateException("libjpeg-turbo cannot start: " + TurboJpeg.tjGetErrorStr2(0));
        }
    }

    @Override
    public int maxBytes(int width, Chroma chroma) {
        if (width != maxBytesWidth || chroma != maxBytesChroma) {
            maxBytes = Math.toIntExact(TurboJpeg.tjBufSize(width, chroma.mcuSize(), chroma.turboSubsampling()));
            maxBytesWidth = width;
            maxBytesChroma = chroma;
        }
        return maxBytes;
    }

    @Override
    public ByteBuffer encode(ByteBuffer pixels, int offset, int width, int rows, int jpegPercent, Chroma chroma) {
        if (!open) {
            throw new IllegalStateException("the encoder was closed");
        }
        if (offset + width * rows * 4 > pixels.capacity()) {
            throw new IllegalArgumentException(rows + " rows of " + width + " pixels do not fit the buffer");
        }
        ensureScratch(maxBytes(width, chroma));
        arguments.setLong(0, Pointer.nativeValue(scratch));
        arguments.setLong(ADDRESS_BYTES, scratch.size());
        long first = Pointer.nativeValue(Native.getDirectBufferPointer(pixels)) + offset;
        int failed = TurboJpeg.tjCompress2(
                handle,
                first,
                width,
                width * 4,
                rows,
                TurboJpeg.PIXEL_FORMAT_BGRX,
                Pointer.nativeValue(arguments),
                Pointer.nativeValue(arguments) + ADDRESS_BYTES,
                chroma.turboSubsampling(),
                jpegPercent,
                TurboJpeg.FLAG_NO_REALLOC | TurboJpeg.FLAG_ACCURATE_DCT);
        Reference.reachabilityFence(pixels);
        if (failed != 0) {
            throw new IllegalStateException("libjpeg-turbo cannot encode " + width + "x" + rows + " pixels: "
                    + TurboJpeg.tjGetErrorStr2(handle));
        }
        return scratchBytes.limit(Math.toIntExact(arguments.getLong(ADDRESS_BYTES)));
    }

    private void ensureScratch(int bytes) {
        if (scratch.size() < bytes) {
            scratch.close();
            scratch = new Memory(bytes);
            scratchBytes = bytesOf(scratch);
        }
    }

    private static ByteBuffer bytesOf(Memory memory) {
        return memory.getByteBuffer(0, memory.size());
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            TurboJpeg.tjDestroy(handle);
            scratch.close();
            arguments.close();
        }
    }
}
