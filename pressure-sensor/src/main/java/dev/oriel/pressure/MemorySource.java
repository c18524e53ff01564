package dev.oriel.pressure;

import java.io.IOException;

/**
 * One place that tells how memory stands. What it saw at a look that did not fail is asked for afterwards; only
 * {@link #reading} allocates. Used by one thread at a time.
 */
public interface MemorySource extends AutoCloseable {

    /**
     * The name that readings bear.
     *
     * @return the name, such as {@code memavailable}
     */
    String name();

    /**
     * Looks once.
     *
     * @param depth whether to look at what is dear to read as well
     * @param nowNanos a monotonic count of nanoseconds
     * @throws SourceAbsentException if this machine does not have the source
     * @throws IOException if it has, but the answer cannot be read or understood
     */
    void look(PressureProbe.Depth depth, long nowNanos) throws IOException, SourceAbsentException;

    /**
     * The level that this source alone would give.
     *
     * @return the level
     */
    PressureLevel level();

    /**
     * The level if memory goes on falling for so long as it did lately; the present one where nothing falls that could
     * be foreseen.
     *
     * @param aheadNanos how far ahead; zero or more
     * @return the level, never better than {@link #level()}
     */
    default PressureLevel outlook(long aheadNanos) {
        return level();
    }

    /**
     * How many bytes others can fill up until this source turns worse.
     *
     * @return the bytes; {@link Long#MAX_VALUE} if it is at its worst or nobody else fills it up
     */
    default long marginBytes() {
        return Long.MAX_VALUE;
    }

    /**
     * Tells whether something moved that calls for looking as often as possible.
     *
     * @return true if so
     */
    default boolean isStirring() {
        return false;
    }

    /**
     * What was seen, in words and numbers.
     *
     * @return the reading
     */
    SourceReading reading();

    /**
     * Gives back what is held. A second call does nothing.
     *
     * @throws IOException if something of it cannot be given back
     */
    @Override
    default void close() throws IOException {}
}
