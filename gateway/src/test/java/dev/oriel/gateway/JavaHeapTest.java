package dev.oriel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
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

    private void setRoom(String least, String most) {
        options.setVMOption("MinHeapFreeRatio", "0");
        options.setVMOption("MaxHeapFreeRatio", most);
        options.setVMOption("MinHeapFreeRatio", least);
    }

    @BeforeEach
    void begin() {
        setRoom("40", "70");
    }

    @AfterEach
    void restore() {
        setRoom(before.get(0), before.get(1));
    }

    @Test
    void hasNextToNoRoomWhileMemoryIsShort() {
        heap.leaveRoom(true);
        heap.leaveRoom(true);
        assertThat(room()).containsExactly("5", "10");

        heap.leaveRoom(false);
        assertThat(room()).containsExactly("40", "70");
    }

    @Test
    void hasNoMoreThanItWasGiven() {
        setRoom("2", "4");

        heap.leaveRoom(true);
        assertThat(room()).containsExactly("2", "4");

        heap.leaveRoom(false);
        assertThat(room()).containsExactly("2", "4");
    }
}
