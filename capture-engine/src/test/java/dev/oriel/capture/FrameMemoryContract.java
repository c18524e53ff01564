package dev.oriel.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.oriel.capture.FrameMemory.Region;
import dev.oriel.capture.FrameMemory.Reservation;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every frame memory does. Extended by the test of each. */
public abstract class FrameMemoryContract {

    private static final int BUDGET_BYTES = 100_000;

    private FrameMemory memory = FrameMemory.onHeap(1);

    /** A new, empty memory. */
    protected abstract FrameMemory memory(int budgetBytes);

    /** What is charged now. */
    protected abstract long chargedBytes();

    @BeforeEach
    void makeMemory() {
        memory = memory(BUDGET_BYTES);
    }

    @AfterEach
    void nothingIsCharged() {
        assertThat(chargedBytes()).isZero();
    }

    @Test
    void whatIsFilledInIsReadBackAndCannotBeChanged() {
        ByteBuffer source = ByteBuffer.wrap(new byte[] {0, 1, 2, 3, 4}).position(1);

        Region region = fill(10, source);

        assertThat(source.position()).isEqualTo(1);
        assertThat(region.bytes().remaining()).isEqualTo(4);
        assertThat(region.bytes().get(0)).isEqualTo((byte) 1);
        assertThat(region.bytes().get(3)).isEqualTo((byte) 4);
        assertThatExceptionOfType(ReadOnlyBufferException.class)
                .isThrownBy(() -> region.bytes().put(0, (byte) 9));
        region.free();
    }

    @Test
    void isPaidForBeforeItIsMadeAndSettledAfter() {
        try (Reservation room = memory.reserve(1000).orElseThrow()) {
            assertThat(chargedBytes()).isGreaterThanOrEqualTo(1000);
            Region region = room.fill(ByteBuffer.allocate(10));
            assertThat(chargedBytes()).isBetween(10L, 200L);
            region.free();
        }
    }

    @Test
    void refusesWhatDoesNotFitAndGivesRoomAgainWhenSomethingIsFreed() {
        Region most = fill(90_000, ByteBuffer.allocate(90_000));

        assertThat(memory.reserve(20_000)).isEmpty();
        most.free();
        memory.reserve(20_000).orElseThrow().close();
        assertThat(memory.reserve(BUDGET_BYTES + 1)).isEmpty();
    }

    @Test
    void aReservationIsUsedOnceAndClosedAsOftenAsOneLikes() {
        Reservation room = memory.reserve(10).orElseThrow();
        assertThatIllegalArgumentException().isThrownBy(() -> room.fill(ByteBuffer.allocate(11)));
        Region region = room.fill(ByteBuffer.allocate(10));
        assertThatIllegalStateException().isThrownBy(() -> room.fill(ByteBuffer.allocate(1)));
        room.close();
        room.close();
        region.free();

        Reservation unused = memory.reserve(10).orElseThrow();
        unused.close();
        assertThatIllegalStateException().isThrownBy(() -> unused.fill(ByteBuffer.allocate(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> memory.reserve(0));
    }

    @Test
    void aRegionIsFreedOnce() {
        Region region = fill(10, ByteBuffer.allocate(10));
        region.free();

        assertThatIllegalStateException().isThrownBy(region::free);
    }

    private Region fill(int reserved, ByteBuffer bytes) {
        try (Reservation room = memory.reserve(reserved).orElseThrow()) {
            return room.fill(bytes);
        }
    }
}
