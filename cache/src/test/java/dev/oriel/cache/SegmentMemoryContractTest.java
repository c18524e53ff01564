package dev.oriel.cache;

import dev.oriel.capture.FrameMemory;
import dev.oriel.capture.FrameMemoryContract;
import org.junit.jupiter.api.AfterEach;

/** On real pages. */
class SegmentMemoryContractTest extends FrameMemoryContract {

    private Budget budget = new Budget(1);
    private SegmentMemory memory = new SegmentMemory(PosixPages.open(), budget, budget::tryCharge, true);

    @Override
    protected FrameMemory memory(int budgetBytes) {
        budget = new Budget(budgetBytes);
        memory = new SegmentMemory(PosixPages.open(), budget, budget::tryCharge, true);
        return memory;
    }

    @Override
    protected long chargedBytes() {
        return budget.read().chargedBytes();
    }

    @AfterEach
    void closeTheMemory() {
        memory.close();
    }
}
