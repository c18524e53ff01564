package dev.oriel.cache;

import dev.oriel.capture.FrameMemory.ExhaustedException;
import java.nio.ByteBuffer;

/** Where pages of memory come from. Safe for many threads. */
interface PageSource {

    /** The grain of {@link Mapping#giveBack}: a power of two. */
    int pageSize();

    /**
     * Takes pages from the operating system.
     *
     * @param bytes a multiple of the page size
     * @throws ExhaustedException if there are none
     */
    Mapping map(int bytes);

    /** Pages that lie one behind the other. */
    interface Mapping {

        /** All of it. Nobody may touch the buffer or a view of it after {@link #unmap}. */
        ByteBuffer bytes();

        /**
         * Gives back some of the pages; what was in them is lost.
         *
         * @param offset a multiple of the page size
         * @param length a multiple of the page size
         * @return false if the operating system keeps them
         */
        boolean giveBack(int offset, int length);

        /** Gives back everything. Called once. */
        void unmap();
    }
}
