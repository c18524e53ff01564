package dev.oriel.pressure;

import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * How much of the Java heap is free after a collection. What the heap holds between two collections is mostly garbage
 * and says nothing.
 */
public final class HeapSource implements MemorySource {
    /* The management beans would tell exactly, and cost 2.2 MiB of resident memory. A weakly held object tells for
     * nothing that a collection has been; what is in use at the next look is then what the collection left, and what
     * was made since. The least of a few collections comes close to what they leave: where they are so frequent that
     * much is made between one and the next look, there are soon enough of them. */
    private static final int COLLECTIONS = 8;

    private final HeadroomThresholds thresholds;
    private final LongSupplier usedNow;
    private final long maxBytes;
    private final long[] leftOver = new long[COLLECTIONS];
    private WeakReference<Object> canary = new WeakReference<>(new Object());
    private long collections;
    private long usedBytes;

    private HeapSource(HeadroomThresholds thresholds, LongSupplier usedNow, long maxBytes) {
        this.thresholds = thresholds;
        this.usedNow = usedNow;
        this.maxBytes = maxBytes;
        Arrays.fill(leftOver, Long.MAX_VALUE);
    }

    /**
     * Watches the heap of this process.
     *
     * @param thresholds how much of it must be free
     * @return the source
     */
    public static HeapSource ofThisProcess(HeadroomThresholds thresholds) {
        Runtime runtime = Runtime.getRuntime();
        return new HeapSource(thresholds, () -> runtime.totalMemory() - runtime.freeMemory(), runtime.maxMemory());
    }

    static HeapSource of(HeadroomThresholds thresholds, LongSupplier usedNow, long maxBytes) {
        return new HeapSource(thresholds, usedNow, maxBytes);
    }

    @Override
    public String name() {
        return "heap";
    }

    @Override
    public void look(PressureProbe.Depth depth, long nowNanos) {
        if (canary.get() == null) {
            canary = new WeakReference<>(new Object());
            collected();
        }
    }

    /** Takes in that a collection has been. */
    void collected() {
        leftOver[(int) (collections++ % COLLECTIONS)] = usedNow.getAsLong();
        usedBytes = Long.MAX_VALUE;
        for (long used : leftOver) {
            usedBytes = Math.min(usedBytes, used);
        }
    }

    @Override
    public PressureLevel level() {
        return collections == 0 ? PressureLevel.GREEN : thresholds.levelOf(maxBytes - usedBytes, maxBytes);
    }

    /* No outlook and no margin: what is left is known at a collection only, and nobody else can fill it. */
    @Override
    public SourceReading reading() {
        Map<String, Long> numbers = new LinkedHashMap<>();
        numbers.put("maxBytes", maxBytes);
        if (collections > 0) {
            numbers.put("usedBytes", usedBytes);
        }
        return new SourceReading(name(), level(), words(), OptionalLong.empty(), numbers);
    }

    private String words() {
        String whole = (maxBytes >> 20) + " MiB";
        return collections == 0
                ? "not collected yet, at most " + whole
                : 100 * (maxBytes - usedBytes) / maxBytes + " % free of " + whole + " after collections";
    }
}
