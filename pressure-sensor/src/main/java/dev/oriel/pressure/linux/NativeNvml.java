package dev.oriel.pressure.linux;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.io.IOException;

/** The library itself. Its struct of memory holds three 64-bit numbers: total, free and used bytes. */
final class NativeNvml implements Nvml {
    private static final String LIBRARY = "libnvidia-ml.so.1";
    private static final int USED_OFFSET = 16;

    private final Memory result = new Memory(24);
    private final long address = Pointer.nativeValue(result);

    private NativeNvml() {}

    /**
     * Loads and starts the library.
     *
     * @throws IOException if there is none or it does not start
     */
    static Nvml open() throws IOException {
        try {
            Native.register(NativeNvml.class, NativeLibrary.getInstance(LIBRARY));
            check("nvmlInit_v2", nvmlInit_v2());
            return new NativeNvml();
        } catch (LinkageError missing) {
            throw new IOException(LIBRARY + " cannot be loaded: " + missing.getMessage(), missing);
        }
    }

    @Override
    public int deviceCount() throws IOException {
        check("nvmlDeviceGetCount_v2", nvmlDeviceGetCount_v2(address));
        return result.getInt(0);
    }

    @Override
    public long device(int index) throws IOException {
        check("nvmlDeviceGetHandleByIndex_v2", nvmlDeviceGetHandleByIndex_v2(index, address));
        return result.getLong(0);
    }

    @Override
    public void memory(long device, long[] totalAndUsedBytes) throws IOException {
        check("nvmlDeviceGetMemoryInfo", nvmlDeviceGetMemoryInfo(device, address));
        totalAndUsedBytes[0] = result.getLong(0);
        totalAndUsedBytes[1] = result.getLong(USED_OFFSET);
    }

    @Override
    public void close() throws IOException {
        check("nvmlShutdown", nvmlShutdown());
    }

    private static void check(String function, int status) throws IOException {
        if (status != 0) {
            throw new IOException(function + " answered " + status);
        }
    }

    /* Pointers are passed as the 64-bit numbers that they are: an object for each would be garbage at each look. */
    private static native int nvmlInit_v2();

    private static native int nvmlShutdown();

    private static native int nvmlDeviceGetCount_v2(long count);

    private static native int nvmlDeviceGetHandleByIndex_v2(int index, long device);

    private static native int nvmlDeviceGetMemoryInfo(long device, long memory);
}
