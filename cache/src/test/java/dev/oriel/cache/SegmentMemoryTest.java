package dev.oriel.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.oriel.capture.FrameMemory.ExhaustedException;
import dev.oriel.capture.FrameMemory.Region;
import dev.oriel.capture.FrameMemory.Reservation;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SegmentMemoryTest {

    private static final int BUDGET_BYTES = 64 * 1024 * 1024;
    private static final int PAGE = ScriptedPages.PAGE;
    private static final int SEGMENT_PAGES = SegmentMemory.SEGMENT_BYTES / PAGE;
    private static final int OBJECT = SegmentMemory.REGION_OBJECT_BYTES;

    private final ScriptedPages pages = new ScriptedPages();
    private final Budget budget = new Budget(BUDGET_BYTES);
    private final SegmentMemory memory = new SegmentMemory(pages, budget, budget::tryCharge, true);

    @AfterEach
    void nothingIsLeft() {
        memory.close();
        assertThat(budget.read().chargedBytes()).isZero();
        assertThat(memory.usage().residentBytes()).isZero();
        assertThat(memory.usage().segments()).isZero();
        assertThat(pages.calls.stream().filter(call -> call.startsWith("map")))
                .hasSameSizeAs(pages.calls.stream()
                        .filter(call -> call.startsWith("unmap"))
                        .toList());
    }

    @Test
    void chargesTheReservationFirstAndThenWhatWasFilledIn() {
        Reservation reservation = memory.reserve(1000).orElseThrow();
        assertThat(budget.read().chargedBytes()).isEqualTo(1000 + OBJECT);

        Region region = reservation.fill(bytes(10, 1));
        reservation.close();
        assertThat(budget.read().chargedBytes()).isEqualTo(10 + OBJECT);

        region.free();
    }

    @Test
    void aClosedReservationGivesItsRoomBackOnce() {
        Reservation reservation = memory.reserve(1000).orElseThrow();
        reservation.close();
        reservation.close();

        assertThat(budget.read().chargedBytes()).isZero();
        assertThatIllegalStateException().isThrownBy(() -> reservation.fill(bytes(1, 1)));
    }

    @Test
    void aReservationIsFilledOnce() {
        Reservation reservation = memory.reserve(10).orElseThrow();
        Region region = reservation.fill(bytes(10, 1));

        assertThatIllegalStateException().isThrownBy(() -> reservation.fill(bytes(1, 1)));
        region.free();
    }

    @Test
    void refusesMoreThanWasReservedAndStaysUsable() {
        try (Reservation reservation = memory.reserve(10).orElseThrow()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> reservation.fill(bytes(11, 1)))
                    .withMessage("10 bytes were reserved, not 11");
            reservation.fill(bytes(10, 1)).free();
        }
        assertThatIllegalArgumentException().isThrownBy(() -> memory.reserve(0));
    }

    @Test
    void refusesWhatTheBudgetDoesNotCover() {
        assertThat(memory.reserve(BUDGET_BYTES)).isEmpty();
        assertThat(budget.read().chargedBytes()).isZero();
    }

    @Test
    void viewsAreReadOnlyCopiesOfWhatWasFilledIn() {
        ByteBuffer source = bytes(5, 7).position(2);
        Region first = store(bytes(100, 1));
        Region second = memory.reserve(100).orElseThrow().fill(source);

        assertThat(source.position()).isEqualTo(2);
        assertThat(second.bytes()).isEqualTo(bytes(3, 7)).isNotSameAs(second.bytes());
        assertThat(first.bytes()).isEqualTo(bytes(100, 1));
        assertThatExceptionOfType(ReadOnlyBufferException.class)
                .isThrownBy(() -> first.bytes().put((byte) 0));
        first.free();
        second.free();
    }

    @Test
    void equalBytesAreKeptOnceUntilTheLastOwnerFreesThem() {
        Region first = store(bytes(100, 1));
        Region second = store(bytes(100, 1));
        Region other = store(bytes(100, 2));

        assertThat(memory.usage().liveBytes()).isEqualTo(200);
        assertThat(budget.read().chargedBytes()).isEqualTo(2 * (100 + OBJECT) + SegmentMemory.OWNER_OBJECT_BYTES);
        assertThat(memory.usage().savedBytes()).isEqualTo(100 + OBJECT - SegmentMemory.OWNER_OBJECT_BYTES);

        first.free();
        assertThat(budget.read().chargedBytes()).isEqualTo(2 * (100 + OBJECT));
        assertThat(memory.usage().savedBytes()).isZero();
        assertThat(second.bytes()).isEqualTo(bytes(100, 1));
        second.free();
        other.free();

        Region again = store(bytes(100, 1));
        assertThat(again.bytes()).isEqualTo(bytes(100, 1));
        again.free();
    }

    @Test
    void bytesWithTheSameHashButAnotherContentAreKeptApart() {
        // Found by trying: the CRC-32C of both is the same.
        ByteBuffer one = ByteBuffer.wrap("jofsdkozio".getBytes(StandardCharsets.US_ASCII));
        ByteBuffer two = ByteBuffer.wrap("yipaolackd".getBytes(StandardCharsets.US_ASCII));
        Region first = store(one);
        Region second = store(two);

        assertThat(first.bytes()).isEqualTo(one);
        assertThat(second.bytes()).isEqualTo(two);
        first.free();
        second.free();
    }

    @Test
    void whatIsLeftInSparseSegmentsIsMovedTogetherAndStaysAsItWas() {
        List<Region> longLived = sparseRegions();
        long before = memory.usage().residentBytes();

        memory.compact();

        SegmentMemory.Usage usage = memory.usage();
        assertThat(usage.residentBytes()).isLessThan(before * 2 / 3);
        assertThat(usage.residentBytes() - usage.liveBytes() * 1.15).isLessThan(4 << 20);
        assertThat(usage.movedBytes()).isPositive();
        for (int index = 0; index < longLived.size(); index++) {
            assertThat(longLived.get(index).bytes()).isEqualTo(noise(5000, index));
        }
        longLived.forEach(Region::free);
    }

    @Test
    void whatSomebodyReadsStaysWhereItIsUntilItIsRead() {
        List<Region> longLived = sparseRegions();
        longLived.forEach(Region::pin);
        List<ByteBuffer> views = longLived.stream().map(Region::bytes).toList();

        memory.compact();

        assertThat(memory.usage().movedBytes()).isZero();
        for (int index = 0; index < views.size(); index++) {
            assertThat(views.get(index)).isEqualTo(noise(5000, index));
        }
        longLived.forEach(Region::unpin);

        memory.compact();

        assertThat(memory.usage().movedBytes())
                .as("though nothing more was freed")
                .isPositive();
        longLived.forEach(Region::free);
    }

    @Test
    void aLargeBudgetFillsHugePagesUntilItBecomesSmall() {
        budget.resize(SegmentMemory.HUGE_PAGES_FROM_BYTES);
        Region inHugePage = store(noise(1000, 1));
        Region dying = store(noise(SegmentMemory.SEGMENT_BYTES - 1000, 2));
        Region inNext = store(noise(SegmentMemory.SEGMENT_BYTES / 2, 3));
        assertThat(pages.calls).containsExactly("map huge", "map huge");
        assertThat(memory.usage().residentBytes()).isEqualTo(2L * SegmentMemory.SEGMENT_BYTES);

        budget.resize(BUDGET_BYTES);
        dying.free();
        memory.compact();
        Region after = store(noise(1000, 4));

        assertThat(pages.calls).last().isEqualTo("map " + SEGMENT_PAGES);
        List.of(inHugePage, inNext, after).forEach(Region::free);
    }

    @Test
    void deadBytesArePoisoned() {
        Region dead = store(bytes(100, 1));
        Region living = store(bytes(100, 2));
        ByteBuffer view = dead.bytes();
        dead.free();

        assertThat(view.get(0)).isEqualTo((byte) 0xDB);
        assertThat(view.get(99)).isEqualTo((byte) 0xDB);
        assertThat(living.bytes()).isEqualTo(bytes(100, 2));
        living.free();
    }

    /** Regions of 5000 bytes, each between dead ones: the pages that they touch are twice as large as they are. */
    private List<Region> sparseRegions() {
        List<Region> longLived = new ArrayList<>();
        List<Region> shortLived = new ArrayList<>();
        for (int index = 0; index < 800; index++) {
            longLived.add(store(noise(5000, index)));
            shortLived.add(store(noise(3 * PAGE, -1 - index)));
        }
        memory.freeTogether(() -> shortLived.forEach(Region::free));
        return longLived;
    }

    private static ByteBuffer noise(int length, int seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return ByteBuffer.wrap(bytes);
    }

    @Test
    void aRegionIsFreedOnce() {
        Region region = store(bytes(10, 1));
        region.free();

        assertThatIllegalStateException().isThrownBy(region::free).withMessage("the region was freed before");
        assertThat(budget.read().chargedBytes()).isZero();
    }

    @Test
    void packsRegionsAndCountsThePagesTheyTouch() {
        Region first = store(bytes(PAGE - 100, 1));
        Region second = store(bytes(200, 2));

        assertThat(pages.calls).containsExactly("map " + SEGMENT_PAGES);
        assertThat(memory.usage().residentBytes()).isEqualTo(2L * PAGE);
        first.free();
        second.free();
    }

    @Test
    void givesBackDeadPagesWhileTheirNeighboursLive() {
        Region first = store(bytes(2 * PAGE + 100, 1));
        Region second = store(bytes(PAGE, 2));
        first.free();

        assertThat(pages.calls).last().isEqualTo("give back 0+2");
        assertThat(memory.usage().residentBytes()).isEqualTo(2L * PAGE);
        assertThat(memory.usage().returnedBytes()).isEqualTo(2L * PAGE);
        assertThat(second.bytes()).isEqualTo(bytes(PAGE, 2));

        second.free();
        assertThat(pages.calls).last().isEqualTo("give back 2+1");
    }

    @Test
    void keepsThePageThatIsStillBeingFilled() {
        store(bytes(100, 1)).free();

        assertThat(memory.usage().residentBytes()).isEqualTo(PAGE);
        Region next = store(bytes(100, 2));
        assertThat(memory.usage().residentBytes()).isEqualTo(PAGE);
        next.free();
    }

    @Test
    void unmapsASegmentThatIsFullAndDead() {
        Region first = store(bytes(SegmentMemory.SEGMENT_BYTES - 10, 1));
        Region second = store(bytes(20, 2));
        assertThat(memory.usage().segments()).isEqualTo(2);

        first.free();
        assertThat(pages.calls).last().isEqualTo("unmap " + SEGMENT_PAGES);
        assertThat(memory.usage().segments()).isEqualTo(1);
        second.free();
    }

    @Test
    void unmapsASegmentThatDiedBeforeItWasFull() {
        store(bytes(SegmentMemory.SEGMENT_BYTES - 10, 1)).free();
        Region second = store(bytes(20, 2));

        assertThat(pages.calls).contains("unmap " + SEGMENT_PAGES);
        second.free();
    }

    @Test
    void aLargeRegionGetsASegmentOfItsOwn() {
        Region small = store(bytes(10, 1));
        Region large = store(bytes(SegmentMemory.SEGMENT_BYTES + 1, 2));
        Region behindSmall = store(bytes(10, 3));

        assertThat(pages.calls).containsExactly("map " + SEGMENT_PAGES, "map " + (SEGMENT_PAGES + 1));
        large.free();
        assertThat(pages.calls).last().isEqualTo("unmap " + (SEGMENT_PAGES + 1));
        small.free();
        behindSmall.free();
    }

    @Test
    void settlesOnceForAllThatIsFreedTogether() {
        Region first = store(bytes(PAGE, 1));
        Region second = store(bytes(PAGE, 2));
        Region third = store(bytes(PAGE, 3));

        memory.freeTogether(() -> {
            first.free();
            second.free();
        });

        assertThat(pages.calls).containsExactly("map " + SEGMENT_PAGES, "give back 0+2");
        third.free();
    }

    @Test
    void aMappingThatFailsCostsNothing() {
        pages.exhausted = true;
        try (Reservation reservation = memory.reserve(10).orElseThrow()) {
            assertThatExceptionOfType(ExhaustedException.class)
                    .isThrownBy(() -> reservation.fill(bytes(10, 1)))
                    .withMessageContaining("errno 12");

            pages.exhausted = false;
            reservation.fill(bytes(10, 1)).free();
        }
    }

    @Test
    void aMappingThatFailsLeavesTheOpenSegmentInUse() {
        Region first = store(bytes(SegmentMemory.SEGMENT_BYTES - 10, 1));
        pages.exhausted = true;
        try (Reservation reservation = memory.reserve(20).orElseThrow()) {
            assertThatExceptionOfType(ExhaustedException.class).isThrownBy(() -> reservation.fill(bytes(20, 2)));
        }
        Region stillFits = store(bytes(10, 3));

        assertThat(stillFits.bytes()).isEqualTo(bytes(10, 3));
        first.free();
        stillFits.free();
    }

    @Test
    void whatIsHeldWhenTheMemoryClosesGoesWithItsLastOwner() {
        Region held = store(bytes(10, 1));
        Reservation open = memory.reserve(10).orElseThrow();
        memory.close();

        assertThat(memory.reserve(1)).isEmpty();
        Region late = open.fill(bytes(10, 2));
        assertThat(held.bytes()).isEqualTo(bytes(10, 1));
        held.free();
        assertThat(memory.usage().segments()).isEqualTo(1);
        late.free();
        assertThat(memory.usage().segments()).isZero();
    }

    private Region store(ByteBuffer bytes) {
        return memory.reserve(bytes.remaining()).orElseThrow().fill(bytes);
    }

    private static ByteBuffer bytes(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return ByteBuffer.wrap(bytes);
    }
}
