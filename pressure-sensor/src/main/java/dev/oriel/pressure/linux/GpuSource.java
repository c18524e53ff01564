package dev.oriel.pressure.linux;

import dev.oriel.pressure.MemorySource;
import dev.oriel.pressure.PressureLevel;
import dev.oriel.pressure.PressureProbe.Depth;
import dev.oriel.pressure.SourceAbsentException;
import dev.oriel.pressure.SourceReading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The memory of graphics cards. It tells and does not decide: the level is always GREEN, for nothing here would give
 * such memory back. Cards are looked for once, by the first full look.
 */
final class GpuSource implements MemorySource {
    /* Where one of these is there may be a card of NVIDIA's. Elsewhere nothing native is loaded. */
    private static final List<String> NVIDIA_TRACES = List.of("proc/driver/nvidia/version", "dev/nvidiactl", "dev/dxg");

    /** Opens NVIDIA's library. */
    interface NvmlOpener {
        Nvml open() throws IOException;
    }

    private final Path root;
    private final KernelText text;
    private final NvmlOpener opener;
    private SourceAbsentException absence = new SourceAbsentException("none has told of its memory yet");
    private boolean searched;
    private boolean told;
    private List<Gpu> gpus = List.of();
    private @Nullable Nvml nvml;

    GpuSource(Path root, KernelText text, NvmlOpener opener) {
        this.root = root;
        this.text = text;
        this.opener = opener;
    }

    @Override
    public String name() {
        return "gpu";
    }

    @Override
    public void look(Depth depth, long nowNanos) throws IOException, SourceAbsentException {
        if (depth == Depth.FULL) {
            told = false;
            look();
            told = true;
        } else if (!told) {
            throw absence;
        }
    }

    private void look() throws IOException, SourceAbsentException {
        if (!searched) {
            searched = true;
            search();
        }
        if (gpus.isEmpty()) {
            throw absence;
        }
        for (int i = 0; i < gpus.size(); i++) {
            gpus.get(i).look();
        }
    }

    private void search() throws IOException {
        gpus = AmdGpu.find(root, text);
        if (gpus.isEmpty()) {
            absence = new SourceAbsentException("no graphics card tells of its memory");
            if (NVIDIA_TRACES.stream().anyMatch(trace -> Files.exists(root.resolve(trace)))) {
                searchNvidia();
            }
        }
    }

    private void searchNvidia() {
        try {
            Nvml opened = opener.open();
            nvml = opened;
            gpus = NvidiaGpu.find(opened);
        } catch (IOException silent) {
            absence = new SourceAbsentException("there is an NVIDIA driver, but " + silent.getMessage());
        }
    }

    @Override
    public PressureLevel level() {
        return PressureLevel.GREEN;
    }

    @Override
    public SourceReading reading() {
        Map<String, Long> numbers = new LinkedHashMap<>();
        StringBuilder words = new StringBuilder();
        for (Gpu gpu : gpus) {
            numbers.put(gpu.name() + "UsedBytes", gpu.usedBytes());
            numbers.put(gpu.name() + "TotalBytes", gpu.totalBytes());
            words.append(words.isEmpty() ? "" : "; ")
                    .append(Wording.share(gpu.usedBytes(), gpu.totalBytes()))
                    .append(" used of ")
                    .append(Wording.bytes(gpu.totalBytes()))
                    .append(" in ")
                    .append(gpu.name());
        }
        return new SourceReading(name(), level(), words.toString(), OptionalLong.empty(), numbers);
    }

    @Override
    public void close() throws IOException {
        for (Gpu gpu : gpus) {
            gpu.close();
        }
        if (nvml != null) {
            nvml.close();
            nvml = null;
        }
        gpus = List.of();
    }
}
