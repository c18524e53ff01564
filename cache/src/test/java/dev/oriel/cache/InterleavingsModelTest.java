package dev.oriel.cache;

import dev.oriel.capture.Frame;
import dev.oriel.capture.FrameInfo;
import dev.oriel.capture.FrameMemory;
import dev.oriel.capture.Quality;
import dev.oriel.capture.SpaceId;
import dev.oriel.capture.TaggedFrames;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/** Two threads and every way in which they can take turns, up to a bound, on the parts where a wrong turn would tear bytes. */
class InterleavingsModelTest {

    @Test
    void chargesAreOneStepAndNeverOverTheLimit() {
        options(2, 8, 150).check(Charges.class);
    }

    @Test
    void bytesStayWhatTheyAreWhileTheyAreReadAndMoved() {
        options(2, 6, 300).check(Moves.class);
    }

    @Test
    void theNewestPictureIsFoundWhileItChangesAndGoes() {
        options(1, 6, 150).check(Newest.class);
    }

    private static ModelCheckingOptions options(int actors, int iterations, int invocations) {
        return new ModelCheckingOptions()
                .threads(2)
                .actorsPerThread(actors)
                .actorsBefore(1)
                .actorsAfter(1)
                .iterations(iterations)
                .invocationsPerIteration(invocations);
    }

    /** A budget of three. */
    @Param(name = "bytes", gen = IntGen.class, conf = "1:3")
    public static final class Charges {

        private final Budget budget = new Budget(3);

        @Operation
        public boolean charge(@Param(name = "bytes") int bytes) {
            return budget.tryCharge(bytes);
        }

        @Operation
        public boolean release(@Param(name = "bytes") int bytes) {
            try {
                budget.release(bytes);
                return true;
            } catch (IllegalStateException e) {
                return false;
            }
        }

        @Operation
        public void resize(@Param(name = "bytes") int bytes) {
            budget.resize(bytes);
        }

        @Operation
        public long charged() {
            return budget.read().chargedBytes();
        }

        @Validate
        public void neverMoreThanTheLargestLimit() {
            long charged = budget.read().chargedBytes();
            if (charged < 0 || charged > 3) {
                throw new IllegalStateException(charged + " bytes are charged");
            }
        }
    }

    /** One region that is read and moved. */
    public static final class Moves {

        private static final int BYTES = 8;
        private static final long VALUE = 42;

        private final ReusedPages pages = new ReusedPages();
        private final Segment one = new Segment(pages.map(SegmentMemory.SEGMENT_BYTES));
        private final Segment other = new Segment(pages.map(SegmentMemory.SEGMENT_BYTES));
        private final SegmentMemory memory = new SegmentMemory(pages, new Budget(1), bytes -> false, true);
        private final SegmentRegion region = new SegmentRegion(memory, one, one.allocate(BYTES), BYTES, 0);
        private volatile int turns;

        public Moves() {
            region.write(ByteBuffer.allocate(BYTES).putLong(0, VALUE));
            one.add(region);
            region.unpin();
        }

        /** Reads as readers do. Here another thread may have its turn between finding the bytes and looking at them. */
        @Operation
        public boolean read() {
            region.pin();
            ByteBuffer bytes = region.bytes();
            turns++;
            boolean isIntact = bytes.getLong(0) == VALUE;
            region.unpin();
            return isIntact;
        }

        /** Moves as the memory does, under its lock. */
        @Operation
        public synchronized void move() {
            Segment from = region.segment();
            Segment target = from == one ? other : one;
            int offset = region.offset();
            if (region.moveTo(target)) {
                from.remove(region, offset);
                from.poison(offset, BYTES);
                target.add(region);
            }
        }

        @Validate
        public void theBytesAreThereAndLieInOneSegment() {
            if (!read() || one.liveBytes() + other.liveBytes() != BYTES || one.isEmpty() == other.isEmpty()) {
                throw new IllegalStateException(
                        one.liveBytes() + " bytes in one, " + other.liveBytes() + " in the other");
            }
        }
    }

    /** The newest frame of one rendition; frames are exchanged under a lock and closed under none, as the cache does. */
    @Param(name = "revision", gen = IntGen.class, conf = "1:3")
    public static final class Newest {

        private static final Rendition RENDITION = new Rendition(new SpaceId("a"), Quality.FAST);
        private static final int STRIPE_BYTES = 20;

        private final FrameMemory memory = FrameMemory.onHeap(10_000);
        private final LatestFrames latest = new LatestFrames();
        private Optional<Frame> held = Optional.empty();

        @Operation
        public void put(@Param(name = "revision") int revision) {
            FrameInfo info =
                    new FrameInfo(RENDITION.space(), revision, Instant.EPOCH, 8, 8, RENDITION.quality(), 70, 8);
            exchange(TaggedFrames.fresh(memory, info, 1, STRIPE_BYTES, revision));
        }

        @Operation
        public void evict() {
            exchange(Optional.empty());
        }

        /** Returns the revision, or 0. */
        @Operation
        public long latest() {
            Optional<Frame> found = latest.hold(RENDITION.space(), RENDITION.quality(), true);
            if (found.isEmpty()) {
                return 0;
            }
            try (Frame frame = found.get()) {
                return frame.revision();
            }
        }

        private void exchange(Optional<Frame> frame) {
            Optional<Frame> before;
            synchronized (this) {
                before = held;
                held = frame;
                latest.expect(RENDITION.space());
                latest.set(RENDITION, frame.map(Kept::new).orElse(null));
            }
            before.ifPresent(Frame::close);
        }
    }

    /** Pages that are made once, as making some for each of thousands of tries takes long. */
    private static final class ReusedPages implements PageSource {

        private static final ByteBuffer[] PAGES = new ByteBuffer[8];

        static {
            for (int n = 0; n < PAGES.length; n++) {
                PAGES[n] = ByteBuffer.allocateDirect(SegmentMemory.SEGMENT_BYTES);
            }
        }

        private int mapped;

        @Override
        public int pageSize() {
            return ScriptedPages.PAGE;
        }

        @Override
        public Mapping map(int bytes) {
            return new ReusedMapping(PAGES[mapped++ % PAGES.length]);
        }

        @Override
        public Mapping mapHuge() {
            return map(HUGE_PAGE_BYTES);
        }
    }

    private record ReusedMapping(ByteBuffer bytes) implements PageSource.Mapping {

        @Override
        public int pageSize() {
            return ScriptedPages.PAGE;
        }

        @Override
        public boolean giveBack(int offset, int length) {
            return true;
        }

        @Override
        public boolean unmap() {
            return true;
        }
    }
}
