package dev.oriel.pressure.linux;

import dev.oriel.pressure.HeadroomThresholds;
import dev.oriel.pressure.SourceReading;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The tightest limit on the process's group or any of its ancestors. Each limit is compared with the usage of the very
 * group it is set on: an ancestor's limit is shared by all its descendants.
 */
final class CgroupSource implements MemorySource {
    private static final Comparator<SourceReading> TIGHTER = Comparator.comparing(SourceReading::level)
            .thenComparing(Comparator.comparingLong(
                            (SourceReading reading) -> reading.marginBytes().orElse(0))
                    .reversed());

    private final HeadroomThresholds thresholds;
    private final Path root;
    private final CgroupPlacement placement;
    private final KernelText text;

    CgroupSource(HeadroomThresholds thresholds, Path root, CgroupPlacement placement, KernelText text) {
        this.thresholds = thresholds;
        this.root = root;
        this.placement = placement;
        this.text = text;
    }

    @Override
    public String name() {
        return "cgroup";
    }

    @Override
    public SourceReading read() throws IOException, SourceAbsentException {
        SourceReading tightest = null;
        for (MemoryGroup group : placement.groups(text).counted()) {
            SourceReading reading = readIfLimited(group);
            if (reading != null && (tightest == null || TIGHTER.compare(reading, tightest) > 0)) {
                tightest = reading;
            }
        }
        if (tightest == null) {
            throw new SourceAbsentException("neither this process's group nor an ancestor of it has a limit");
        }
        return tightest;
    }

    private @Nullable SourceReading readIfLimited(MemoryGroup group) throws IOException {
        OptionalLong limit = group.limitBytes(text);
        // More than the machine has is no limit.
        if (limit.isEmpty() || limit.getAsLong() > MemoryTotals.read(text, root).totalBytes()) {
            return null;
        }
        return reading(group, limit.getAsLong(), group.workingSetBytes(text));
    }

    private SourceReading reading(MemoryGroup group, long limitBytes, long usageBytes) {
        long left = Math.max(0, limitBytes - usageBytes);
        Map<String, Long> numbers = new LinkedHashMap<>();
        numbers.put("availableBytes", left);
        numbers.put("limitBytes", limitBytes);
        numbers.put("usageBytes", usageBytes);
        return new SourceReading(
                name(),
                thresholds.levelOf(left, limitBytes),
                Wording.share(left, limitBytes) + " left of " + Wording.bytes(limitBytes) + " in " + group.path(),
                thresholds.marginBytes(left, limitBytes),
                numbers);
    }
}
