package dev.oriel.gateway;

import dev.oriel.capture.FrameMemory;
import dev.oriel.capture.FrameMemory.Region;
import dev.oriel.capture.FrameMemory.Reservation;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Memory that is taken for its own sake. Every page is written with random bytes, so that the kernel can neither merge nor
 * compress it.
 */
final class Ballast implements AutoCloseable {

    static final int MEGABYTE = 1024 * 1024;

    /** What a megabyte takes of a budget: its bytes, and the Java objects behind them. */
    static final long MOST_CHARGED_BYTES = MEGABYTE + 1024;

    private final FrameMemory memory;
    private final SplittableRandom random;
    private final ByteBuffer noise = ByteBuffer.allocateDirect(MEGABYTE);
    private final List<Region> pieces = new ArrayList<>();

    /**
     * Takes nothing yet.
     *
     * @param memory where it is taken from
     * @param seed of the bytes that are written
     */
    Ballast(FrameMemory memory, long seed) {
        this.memory = memory;
        this.random = new SplittableRandom(seed);
    }

    /**
     * Takes one more megabyte.
     *
     * @throws FrameMemory.ExhaustedException if there is no more
     */
    void grow() {
        while (noise.hasRemaining()) {
            noise.putLong(random.nextLong());
        }
        noise.flip();
        try (Reservation room = memory.reserve(MEGABYTE)
                .orElseThrow(() -> new FrameMemory.ExhaustedException("the budget is used up"))) {
            pieces.add(room.fill(noise));
        }
        noise.clear();
    }

    /** What is held now. */
    int megabytes() {
        return pieces.size();
    }

    /** Gives everything back. */
    @Override
    public void close() {
        pieces.forEach(Region::free);
        pieces.clear();
    }
}
