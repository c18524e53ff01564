package dev.oriel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JavaHeapTest {

    private final HotSpotDiagnosticMXBean options = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    private final List<String> before = room();
    private final JavaHeap heap = new JavaHeap();

    private List<String> room() {
        return List.of(
                options.getVMOption("MinHeapFreeRatio").getValue(),
                options.getVMOption("MaxHeapFreeRatio").getValue());
    }

    @AfterEach
    void takeBack() {
        heap.takeBack();
    }

    @Test
    void hasNextToNoRoomFromTheCollectionOn() {
        WeakReference<Object> garbage = new WeakReference<>(new Object());

        heap.giveBack();

        assertThat(garbage.get()).isNull();
        assertThat(room()).containsExactly("5", "10");
    }

    @Test
    void hasAsMuchRoomAsBeforeAfterwardsHoweverOftenItWasCollected() {
        heap.giveBack();
        heap.giveBack();
        heap.takeBack();

        assertThat(room()).isEqualTo(before);
    }
}
