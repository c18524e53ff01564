package dev.oriel.pressure.linux;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.oriel.pressure.PressureLevel;
import dev.oriel.pressure.PressureProbe.Depth;
import dev.oriel.pressure.SourceAbsentException;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GpuSourceTest {
    private static final long GIB = 1L << 30;

    private FakeKernel kernel;
    private int opened;
    private boolean broken;
    private GpuSource source;

    @BeforeEach
    void create(@TempDir Path root) {
        kernel = new FakeKernel(root);
        source = new GpuSource(root, new KernelText(), this::open);
    }

    private Nvml open() throws IOException {
        opened++;
        if (broken) {
            throw new IOException("nvmlInit_v2 answered 9");
        }
        return new TwoCards();
    }

    @Test
    void withoutACardNothingIsLoaded() {
        assertThatExceptionOfType(SourceAbsentException.class)
                .isThrownBy(() -> source.look(Depth.FULL, 0))
                .withMessage("no graphics card tells of its memory");
        assertThat(opened).isZero();
    }

    @Test
    void readsTheFilesOfAmdgpu() throws Exception {
        kernel.file("sys/class/drm/card0/device/mem_info_vram_total", "17163091968\n")
                .file("sys/class/drm/card0/device/mem_info_vram_used", "4290772992\n")
                .file("sys/class/drm/card0-DP-1/device/mem_info_vram_total", "17163091968\n")
                .file("sys/class/drm/card1/device/vendor", "0x8086\n");
        source.look(Depth.FULL, 0);
        assertThat(source.level()).isEqualTo(PressureLevel.GREEN);
        assertThat(source.reading().evidence()).isEqualTo("25.0 % used of 16.0 GiB in card0");
        assertThat(source.reading().numbers())
                .containsExactly(entry("card0UsedBytes", 4_290_772_992L), entry("card0TotalBytes", 17_163_091_968L));
        source.close();
    }

    @Test
    void asksTheLibraryOfNvidiaWhereItsDriverIs() throws Exception {
        kernel.file("proc/driver/nvidia/version", "NVRM version\n");
        source.look(Depth.FULL, 0);
        source.look(Depth.QUICK, 1);
        source.look(Depth.FULL, 2);
        assertThat(opened).isEqualTo(1);
        assertThat(source.reading().evidence())
                .isEqualTo("50.0 % used of 80.0 GiB in nvidia0; 0.0 % used of 80.0 GiB in nvidia1");
        source.close();
        source.close();
    }

    @Test
    void aLibraryThatDoesNotStartIsTriedOnce() {
        broken = true;
        kernel.file("dev/nvidiactl", "");
        for (Depth depth : new Depth[] {Depth.FULL, Depth.QUICK, Depth.FULL}) {
            assertThatExceptionOfType(SourceAbsentException.class)
                    .isThrownBy(() -> source.look(depth, 0))
                    .withMessage("there is an NVIDIA driver, but nvmlInit_v2 answered 9");
        }
        assertThat(opened).isEqualTo(1);
    }

    /** A library with a half full and an empty card, which its handles tell apart. */
    private static final class TwoCards implements Nvml {
        private boolean closed;

        @Override
        public int deviceCount() {
            return 2;
        }

        @Override
        public long device(int index) {
            return 0x1000 + index;
        }

        @Override
        public void memory(long device, long[] totalAndUsedBytes) {
            totalAndUsedBytes[0] = 80 * GIB;
            totalAndUsedBytes[1] = device == 0x1000 ? 40 * GIB : 0;
        }

        @Override
        public void close() {
            assertThat(closed).isFalse();
            closed = true;
        }
    }
}
