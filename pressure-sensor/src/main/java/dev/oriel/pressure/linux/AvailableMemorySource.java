package dev.oriel.pressure.linux;

import dev.oriel.pressure.HeadroomThresholds;
import dev.oriel.pressure.SourceReading;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** How much of the machine's memory is available. */
final class AvailableMemorySource implements MemorySource {
    private final HeadroomThresholds thresholds;
    private final Path root;
    private final KernelText text;

    AvailableMemorySource(HeadroomThresholds thresholds, Path root, KernelText text) {
        this.thresholds = thresholds;
        this.root = root;
        this.text = text;
    }

    @Override
    public String name() {
        return "memavailable";
    }

    @Override
    public SourceReading read() throws IOException, SourceAbsentException {
        MemoryTotals totals = totals();
        long total = totals.totalBytes();
        long available = totals.availableBytes()
                .orElseThrow(() -> new SourceAbsentException("the kernel does not tell MemAvailable, it is too old"));
        Map<String, Long> numbers = new LinkedHashMap<>();
        numbers.put("availableBytes", available);
        numbers.put("totalBytes", total);
        return new SourceReading(
                name(),
                thresholds.levelOf(available, total),
                Wording.share(available, total) + " available of " + Wording.bytes(total),
                thresholds.marginBytes(available, total),
                numbers);
    }

    private MemoryTotals totals() throws IOException, SourceAbsentException {
        try {
            return MemoryTotals.read(text, root);
        } catch (NoSuchFileException missing) {
            throw new SourceAbsentException("there is no " + missing.getFile());
        }
    }
}
