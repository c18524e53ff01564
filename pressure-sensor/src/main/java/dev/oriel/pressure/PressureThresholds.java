package dev.oriel.pressure;

import java.util.Objects;
import java.util.OptionalLong;

/**
 * From where on each source gives which level.
 *
 * @param available how much of the machine's memory must be available
 * @param limit how much must be left of a limit set on this process and those around it
 * @param stall how much of the time tasks may stand still for want of memory
 * @param pageIn how fast pages may come back that were given up too early
 * @param heap how much of the Java heap must be free after a collection
 * @param processCeilingBytes what this process should have resident at most; a twentieth more is YELLOW, a fifth more is
 *     RED; empty for no ceiling
 */
public record PressureThresholds(
        HeadroomThresholds available,
        HeadroomThresholds limit,
        StallThresholds stall,
        PageInThresholds pageIn,
        HeadroomThresholds heap,
        OptionalLong processCeilingBytes) {

    /** Checks that a ceiling is positive. */
    public PressureThresholds {
        Objects.requireNonNull(available, "available");
        Objects.requireNonNull(limit, "limit");
        Objects.requireNonNull(stall, "stall");
        Objects.requireNonNull(pageIn, "pageIn");
        Objects.requireNonNull(heap, "heap");
        if (processCeilingBytes.isPresent() && processCeilingBytes.getAsLong() <= 0) {
            throw new IllegalArgumentException(
                    "processCeilingBytes must be positive, was " + processCeilingBytes.getAsLong());
        }
    }

    /**
     * The defaults of each; of the heap 15 % and 5 % free; no ceiling for the process.
     *
     * @return the defaults
     */
    public static PressureThresholds defaults() {
        return new PressureThresholds(
                HeadroomThresholds.defaults(),
                HeadroomThresholds.defaults(),
                StallThresholds.defaults(),
                PageInThresholds.defaults(),
                new HeadroomThresholds(0.15, 0.05, Long.MAX_VALUE, Long.MAX_VALUE - 1),
                OptionalLong.empty());
    }

    /**
     * These thresholds with others for available memory.
     *
     * @param newAvailable the thresholds
     * @return the changed copy
     */
    public PressureThresholds withAvailable(HeadroomThresholds newAvailable) {
        return new PressureThresholds(newAvailable, limit, stall, pageIn, heap, processCeilingBytes);
    }

    /**
     * These thresholds with others below a limit.
     *
     * @param newLimit the thresholds
     * @return the changed copy
     */
    public PressureThresholds withLimit(HeadroomThresholds newLimit) {
        return new PressureThresholds(available, newLimit, stall, pageIn, heap, processCeilingBytes);
    }

    /**
     * These thresholds with others for stalled time.
     *
     * @param newStall the thresholds
     * @return the changed copy
     */
    public PressureThresholds withStall(StallThresholds newStall) {
        return new PressureThresholds(available, limit, newStall, pageIn, heap, processCeilingBytes);
    }

    /**
     * These thresholds with others for pages that come back.
     *
     * @param newPageIn the thresholds
     * @return the changed copy
     */
    public PressureThresholds withPageIn(PageInThresholds newPageIn) {
        return new PressureThresholds(available, limit, stall, newPageIn, heap, processCeilingBytes);
    }

    /**
     * These thresholds with others for the Java heap.
     *
     * @param newHeap the thresholds
     * @return the changed copy
     */
    public PressureThresholds withHeap(HeadroomThresholds newHeap) {
        return new PressureThresholds(available, limit, stall, pageIn, newHeap, processCeilingBytes);
    }

    /**
     * These thresholds with a ceiling for this process.
     *
     * @param bytes what it should have resident at most; positive
     * @return the changed copy
     */
    public PressureThresholds withProcessCeilingBytes(long bytes) {
        return new PressureThresholds(available, limit, stall, pageIn, heap, OptionalLong.of(bytes));
    }
}
