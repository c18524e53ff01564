package dev.oriel.cache;

import dev.oriel.capture.FrameMemory.ExhaustedException;
import java.nio.ByteBuffer;

/** Where pages of memory come from. Safe for many threads. */
interface PageSource {

    /** What {@link #mapHuge} maps. */
    int HUGE_PAGE_BYTES = 2 * 1024 * 1024;

    /** The size of usual pages: a power of two. */
    int pageSize();

    /**
     * Takes usual pages from the operating system.
     *
     * @param bytes a multiple of the page size
     * @throws ExhaustedException if there are none
     */
    Mapping map(int bytes);

    /**
     * Takes one huge page from the operating system if it has one, else as many usual ones; they are written and unmapped
     * many times faster.
     *
     * @throws ExhaustedException if there are none
     */
    Mapping mapHuge();

    /** Pages that lie one behind the other. */
    interface Mapping {

        /** The grain of what is resident and of {@link #giveBack}: a power of two. */
        int pageSize();

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

        /**
         * Gives back everything. Called once.
         *
         * @return false if the operating system keeps the pages
         */
        boolean unmap();
    }
}
