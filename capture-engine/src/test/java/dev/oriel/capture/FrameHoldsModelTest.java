package dev.oriel.capture;

import dev.oriel.capture.FrameMemory.Region;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/**
 * Two threads and every way in which they can take turns, up to a bound: who holds a frame reads it, who does not is told so,
 * and its bytes are freed once, when nobody has it.
 */
public class FrameHoldsModelTest {

    private final Bytes bytes = new Bytes();
    private final Frame frame = new Frame(new FrameContent(
            new FrameInfo(new SpaceId("a"), 1, Instant.EPOCH, 8, 8, Quality.FAST, 70, 8),
            new byte[0],
            new Stripe[] {new Stripe(bytes)},
            null));

    @Test
    void everyInterleavingIsLikeOneThingAfterTheOther() {
        new ModelCheckingOptions()
                .threads(2)
                .actorsPerThread(2)
                .actorsBefore(0)
                .actorsAfter(1)
                .iterations(6)
                .invocationsPerIteration(200)
                .check(FrameHoldsModelTest.class);
    }

    /** Closes the frame; closing it twice is refused. */
    @Operation
    public boolean close() {
        try {
            frame.close();
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    /** Reads the frame. */
    @Operation
    public boolean read() {
        try (FrameReading reading = frame.read()) {
            return isLive(reading);
        } catch (IllegalStateException e) {
            return false;
        }
    }

    /** Takes a hold and reads with it, whatever happens to the frame meanwhile. */
    @Operation
    public boolean readWithAHoldOfItsOwn() {
        Optional<Frame> hold = frame.tryRetain();
        if (hold.isEmpty()) {
            return false;
        }
        try (Frame own = hold.get();
                FrameReading reading = own.read()) {
            return isLive(reading);
        }
    }

    /** Passes the hold on, and ends it there. */
    @Operation
    public boolean handOver() {
        try {
            frame.handOver().close();
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    /** What has to be when nobody does anything. */
    @Validate
    public void bytesAreFreedOnceAndNotBeforeTheLastHoldEnds() {
        boolean isClosed = frame.tryRetain()
                .map(hold -> {
                    hold.close();
                    return false;
                })
                .orElse(true);
        if (bytes.freed != (isClosed ? 1 : 0) || bytes.pins != 0 || bytes.wasFreedWhilePinned) {
            throw new IllegalStateException("closed: " + isClosed + ", freed: " + bytes.freed + ", pins: " + bytes.pins
                    + ", freed while pinned: " + bytes.wasFreedWhilePinned);
        }
    }

    private static boolean isLive(FrameReading reading) {
        if (reading.stripe(0).get(0) != 1) {
            throw new AssertionError("freed bytes were read");
        }
        return true;
    }

    /** Bytes that are 1 until they are freed. */
    private static final class Bytes implements Region {

        private volatile int freed;
        private volatile int pins;
        private volatile boolean wasFreedWhilePinned;

        @Override
        public int sizeBytes() {
            return 3;
        }

        @Override
        public synchronized void pin() {
            pins++;
        }

        @Override
        public ByteBuffer bytes() {
            return ByteBuffer.wrap(new byte[] {(byte) (freed == 0 ? 1 : 0), 0, 0});
        }

        @Override
        public synchronized void unpin() {
            pins--;
        }

        @Override
        public synchronized void free() {
            freed++;
            wasFreedWhilePinned |= pins > 0;
        }
    }
}
