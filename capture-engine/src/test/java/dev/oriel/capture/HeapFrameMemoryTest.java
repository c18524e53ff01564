package dev.oriel.capture;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class HeapFrameMemoryTest extends FrameMemoryContract {

    private HeapFrameMemory memory = new HeapFrameMemory(1);

    @Override
    protected FrameMemory memory(int budgetBytes) {
        memory = new HeapFrameMemory(budgetBytes);
        return memory;
    }

    @Override
    protected long chargedBytes() {
        return memory.chargedBytes();
    }

    @Test
    void needsABudget() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FrameMemory.onHeap(0))
                .withMessageContaining("was 0");
    }
}
