package dev.oriel.pressure;

import org.jspecify.annotations.Nullable;

/**
 * How one operating system is asked. One thread asks, waits and closes; only {@link #wake} may come from any other.
 *
 * <p>What is asked for after a look is about that look.
 */
public interface PressureProbe extends AutoCloseable {

    /** How thoroughly to look. */
    enum Depth {
        /** Only at what moves fast and costs little to read; the other sources keep their last answer. */
        QUICK,
        /** At everything. */
        FULL
    }

    /**
     * Looks. Allocates nothing once it has run for a while, as long as nothing is missing or changes place. Two looks
     * may bear the same time: a quick one, and a full one that follows because of what it saw.
     *
     * @param depth at what
     * @param nowNanos a monotonic count of nanoseconds with any origin
     */
    void look(Depth depth, long nowNanos);

    /**
     * The worst level of all sources.
     *
     * @return the level, or null if no source answered
     */
    @Nullable
    PressureLevel level();

    /**
     * The worst level if memory goes on falling for a while as it did lately.
     *
     * @param aheadNanos for how long; zero or more
     * @return the level, never better than {@link #level()}; null if and only if that is null
     */
    @Nullable
    PressureLevel outlook(long aheadNanos);

    /**
     * How much memory can fill up until some source turns worse.
     *
     * @return bytes; {@link Long#MAX_VALUE} if no source measures bytes
     */
    long marginBytes();

    /**
     * How much memory can fill up until it could be scarce enough for anything to stand still for want of it. As long as
     * that takes, nothing need be looked for.
     *
     * @return bytes; zero if that is so now, or if nobody knows
     */
    long easeBytes();

    /**
     * Tells whether something moved that calls for looking as often as may be: a total of stalled time grew, or pages
     * came back that were given up too early.
     *
     * @return true if something did
     */
    boolean isStirring();

    /**
     * What every source said the last time it was looked at.
     *
     * @return the answers, in words and numbers
     */
    PressureReading reading();

    /**
     * Waits for a notice of the kernel, for {@link #wake} or for the time to pass; may return early.
     *
     * @param nanos how long at most; zero or more
     * @return true if a notice came
     */
    boolean await(long nanos);

    /** Ends {@link #await}, at once or the next time it is called. Not called once the probe is closed. */
    void wake();

    /** Gives up what the probe holds. */
    @Override
    void close();
}
