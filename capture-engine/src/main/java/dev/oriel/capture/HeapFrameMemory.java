package dev.oriel.capture;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** Regions as byte arrays, counted against a fixed budget. */
final class HeapFrameMemory implements FrameMemory {

    private final long budgetBytes;
    private final AtomicLong chargedBytes = new AtomicLong();

    HeapFrameMemory(long budgetBytes) {
        if (budgetBytes <= 0) {
            throw new IllegalArgumentException("budgetBytes must be positive, was " + budgetBytes);
        }
        this.budgetBytes = budgetBytes;
    }

    long chargedBytes() {
        return chargedBytes.get();
    }

    @Override
    public Optional<Reservation> reserve(int maxBytes) {
        if (maxBytes <= 0) {
            throw new IllegalArgumentException("maxBytes must be positive, was " + maxBytes);
        }
        Optional<Reservation> room = Optional.of(new HeapReservation(maxBytes));
        long before;
        do {
            before = chargedBytes.get();
            if (maxBytes > budgetBytes - before) {
                return Optional.empty();
            }
        } while (!chargedBytes.compareAndSet(before, before + maxBytes));
        return room;
    }

    private final class HeapReservation implements Reservation {

        private final int maxBytes;
        private boolean open = true;

        HeapReservation(int maxBytes) {
            this.maxBytes = maxBytes;
        }

        @Override
        public Region fill(ByteBuffer bytes) {
            if (!open) {
                throw new IllegalStateException("the reservation was used up or closed before");
            }
            int length = bytes.remaining();
            if (length > maxBytes) {
                throw new IllegalArgumentException(maxBytes + " bytes were reserved, not " + length);
            }
            // First what a full heap could refuse: the reservation stays open then.
            byte[] copy = new byte[length];
            bytes.duplicate().get(copy);
            Region region = new HeapRegion(copy);
            open = false;
            chargedBytes.addAndGet(length - maxBytes);
            return region;
        }

        @Override
        public void close() {
            if (open) {
                open = false;
                chargedBytes.addAndGet(-maxBytes);
            }
        }
    }

    private final class HeapRegion implements Region {

        private final byte[] bytes;
        private final AtomicBoolean freed = new AtomicBoolean();

        HeapRegion(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public int sizeBytes() {
            return bytes.length;
        }

        /** An array never moves for its readers. */
        @Override
        public void pin() {}

        @Override
        public void unpin() {}

        @Override
        public ByteBuffer bytes() {
            return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
        }

        @Override
        public void free() {
            if (!freed.compareAndSet(false, true)) {
                throw new IllegalStateException("the region was freed before");
            }
            chargedBytes.addAndGet(-bytes.length);
        }
    }
}
