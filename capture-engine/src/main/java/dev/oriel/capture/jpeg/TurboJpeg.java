package dev.oriel.capture.jpeg;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;

/** The functions of libjpeg-turbo's version 2 interface that we call; all later versions still have them. */
final class TurboJpeg {

    static final int PIXEL_FORMAT_BGRX = 3;
    /** Do not grow the output buffer; it must then have the size that tjBufSize gives. */
    static final int FLAG_NO_REALLOC = 1024;
    /** The integer transform that {@code cjpeg -dct int} uses. */
    static final int FLAG_ACCURATE_DCT = 4096;

    static {
        Native.register(TurboJpeg.class, NativeLibrary.getInstance(libraryName()));
    }

    private TurboJpeg() {}

    private static String libraryName() {
        return System.getProperty("os.name").startsWith("Linux") ? "libturbojpeg.so.0" : "turbojpeg";
    }

    /**
     * Loads the library.
     *
     * @throws UnsatisfiedLinkError each time, if it cannot be loaded
     */
    static void load() {
        try {
            tjGetErrorCode(0);
        } catch (NoClassDefFoundError e) {
            throw new UnsatisfiedLinkError(e.getMessage());
        }
    }

    static native long tjInitCompress();

    static native int tjDestroy(long handle);

    static native long tjBufSize(int width, int height, int subsampling);

    static native int tjCompress2(
            long handle,
            long pixels,
            int width,
            int pitch,
            int height,
            int pixelFormat,
            long jpegBufferPointer,
            long jpegSizePointer,
            int subsampling,
            int quality,
            int flags);

    static native long tjInitDecompress();

    static native int tjDecompress2(
            long handle,
            long jpeg,
            long jpegSize,
            long pixels,
            int width,
            int pitch,
            int height,
            int pixelFormat,
            int flags);

    static native int tjDecompressToYUVPlanes(
            long handle, long jpeg, long jpegSize, long planePointers, int width, long strides, int height, int flags);

    static native String tjGetErrorStr2(long handle);

    static native int tjGetErrorCode(long handle);

    /** Memory of at least so many bytes: this one, or a larger one in its place. */
    static Memory atLeast(long bytes, Memory before) {
        if (before.size() >= bytes) {
            return before;
        }
        before.close();
        return new Memory(bytes);
    }
}
