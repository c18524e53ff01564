package dev.oriel.pressure.linux;

import java.io.Closeable;
import java.io.IOException;

/** NVIDIA's management library, as far as it tells of memory. */
interface Nvml extends Closeable {

    int deviceCount() throws IOException;

    /** The library's handle of a device, from index 0. */
    long device(int index) throws IOException;

    /** Writes the total and the used bytes of a device into the first two places of an array. */
    void memory(long device, long[] totalAndUsedBytes) throws IOException;
}
