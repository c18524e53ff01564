package dev.oriel.pressure.linux;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A card of which NVIDIA's library tells. */
final class NvidiaGpu implements Gpu {
    private final Nvml library;
    private final String name;
    private final long device;
    private final long[] totalAndUsedBytes = new long[2];

    private NvidiaGpu(Nvml library, int index) throws IOException {
        this.library = library;
        name = "nvidia" + index;
        device = library.device(index);
    }

    /** All such cards. */
    static List<Gpu> find(Nvml library) throws IOException {
        List<Gpu> found = new ArrayList<>();
        int count = library.deviceCount();
        for (int index = 0; index < count; index++) {
            found.add(new NvidiaGpu(library, index));
        }
        return found;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void look() throws IOException {
        library.memory(device, totalAndUsedBytes);
    }

    @Override
    public long totalBytes() {
        return totalAndUsedBytes[0];
    }

    @Override
    public long usedBytes() {
        return totalAndUsedBytes[1];
    }

    /* The library is closed once, by whoever opened it. */
    @Override
    public void close() {}
}
