package dev.oriel.capture;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Where compressed bytes live. They are paid for before they are made: the engine reserves the most that a stripe can
 * take, encodes it, and keeps what it took.
 *
 * <p>Implementations are safe for many threads.
 */
public interface FrameMemory {

    /**
     * Sets room aside.
     *
     * @param maxBytes the most that will be filled in, above 0
     * @return empty if the memory cannot give so much now; the engine then leaves the picture as it was and tries again
     *     later
     */
    Optional<Reservation> reserve(int maxBytes);

    /**
     * Memory on the Java heap under a fixed bound, for those who embed the engine without a cache.
     *
     * @param budgetBytes the most that all regions together may take, above 0
     * @return a new, empty memory
     * @throws IllegalArgumentException if the budget is not positive
     */
    static FrameMemory onHeap(long budgetBytes) {
        return new HeapFrameMemory(budgetBytes);
    }

    /** The system gives no memory, although the budget allows it. */
    class ExhaustedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        /**
         * Says why.
         *
         * @param message one line
         */
        public ExhaustedException(String message) {
            super(message);
        }
    }

    /** Room that was set aside and is not filled yet. Used by one thread; closed in every case. */
    interface Reservation extends AutoCloseable {

        /**
         * Copies bytes into the room and gives back what is left over. The reservation is used up.
         *
         * @param bytes from position to limit, both left as they were; at most as many as were reserved
         * @return the region that now holds them; the caller owns it
         * @throws IllegalArgumentException if there are more bytes than were reserved
         * @throws IllegalStateException if the reservation was used up or closed before
         * @throws ExhaustedException if the system has no memory after all; the reservation stays open
         */
        Region fill(ByteBuffer bytes);

        /** Gives the room back, if it was not filled. */
        @Override
        void close();
    }

    /** Immutable bytes in memory, which may move while nobody reads them. Safe for many threads. */
    interface Region {

        /**
         * How many bytes there are.
         *
         * @return never changes
         */
        int sizeBytes();

        /** Begins to read: until {@link #unpin} the bytes stay where they are. Only before {@link #free}. */
        void pin();

        /**
         * The bytes.
         *
         * @return a new read-only view from position 0, valid while pinned
         */
        ByteBuffer bytes();

        /** Ends what one {@link #pin} began. */
        void unpin();

        /**
         * Gives the memory back. Called once, by the owner, when nobody reads.
         *
         * @throws IllegalStateException if it was freed before
         */
        void free();
    }
}
