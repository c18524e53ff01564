package dev.oriel.pressure.linux;

import dev.oriel.pressure.HeadroomThresholds;
import dev.oriel.pressure.MemorySource;
import dev.oriel.pressure.PressureLevel;
import dev.oriel.pressure.PressureProbe.Depth;
import dev.oriel.pressure.SourceAbsentException;
import dev.oriel.pressure.SourceReading;
import java.io.IOException;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tightest limit on the process's group or any of its ancestors. Each limit is compared with the usage of the very
 * group it is set on: an ancestor's limit is shared by all its descendants.
 */
final class CgroupSource implements MemorySource {
    private static final Logger log = LoggerFactory.getLogger(CgroupSource.class);
    private static final SourceAbsentException UNLIMITED =
            new SourceAbsentException("neither this process's group nor an ancestor of it has a limit");

    private final HeadroomThresholds thresholds;
    private final long forecastNanos;
    private final CgroupPlacement placement;
    private final LongSupplier machineBytes;
    private final KernelText text;

    private boolean toldOfBroken;
    private int movesSeen;
    private int changes;
    private List<GroupLimit> limits = List.of();
    private @Nullable GroupLimit tightest;

    CgroupSource(
            HeadroomThresholds thresholds,
            long forecastNanos,
            CgroupPlacement placement,
            LongSupplier machineBytes,
            KernelText text) {
        this.thresholds = thresholds;
        this.forecastNanos = forecastNanos;
        this.placement = placement;
        this.machineBytes = machineBytes;
        this.text = text;
    }

    @Override
    public String name() {
        return "cgroup";
    }

    @Override
    public void look(Depth depth, long nowNanos) throws IOException, SourceAbsentException {
        Depth asDeep = follow(placement.groups()) ? Depth.FULL : depth;
        GroupLimit tightestSoFar = null;
        IOException broken = null;
        for (int i = 0; i < limits.size(); i++) {
            GroupLimit limit = limits.get(i);
            long before = limit.limitBytes();
            boolean limited = false;
            try {
                limited = limit.look(machineBytes.getAsLong(), asDeep, nowNanos);
            } catch (IOException e) {
                broken = e;
            }
            changes += limit.limitBytes() == before ? 0 : 1;
            if (limited && (tightestSoFar == null || isTighter(limit, tightestSoFar))) {
                tightestSoFar = limit;
            }
        }
        tightest = tightestSoFar;
        if (tightestSoFar != null) {
            tellOnce(broken);
        } else if (broken != null) {
            throw broken;
        } else {
            throw UNLIMITED;
        }
    }

    /* One group that cannot be read takes nothing away from the others. */
    private void tellOnce(@Nullable IOException broken) {
        if (broken != null && !toldOfBroken) {
            toldOfBroken = true;
            log.warn("The limit of a group is left out; another one is not named", broken);
        }
    }

    /* True if the process is in other groups than before. */
    private boolean follow(CgroupPlacement.Groups now) throws IOException {
        if (placement.moves() == movesSeen) {
            return false;
        }
        close();
        limits = now.counted().stream()
                .map(group -> new GroupLimit(group, thresholds, forecastNanos, text))
                .toList();
        movesSeen = placement.moves();
        changes++;
        return true;
    }

    /** How often a limit was set, changed or lifted, or the groups are others: who listens to them has to listen anew. */
    int changes() {
        return changes;
    }

    /** What can be charged to any group until half of its limit is, cached files included; zero if it is. */
    long easeBytes() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < limits.size(); i++) {
            GroupLimit limit = limits.get(i);
            least = limit.isLimited() ? Math.min(least, limit.easeBytes()) : least;
        }
        return least;
    }

    /** The groups that limit memory, as seen at the last look. */
    List<LimitedGroup> limited() {
        return limits.stream()
                .filter(GroupLimit::isLimited)
                .map(GroupLimit::limitedGroup)
                .toList();
    }

    private static boolean isTighter(GroupLimit one, GroupLimit other) {
        int severity = one.level().compareTo(other.level());
        return severity > 0 || (severity == 0 && one.marginBytes() < other.marginBytes());
    }

    @Override
    public PressureLevel level() {
        return tightest().level();
    }

    @Override
    public PressureLevel outlook(long aheadNanos) {
        PressureLevel worst = level();
        for (int i = 0; i < limits.size(); i++) {
            GroupLimit limit = limits.get(i);
            PressureLevel outlook = limit.isLimited() ? limit.outlook(aheadNanos) : worst;
            worst = worst.isAtLeast(outlook) ? worst : outlook;
        }
        return worst;
    }

    @Override
    public long marginBytes() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < limits.size(); i++) {
            GroupLimit limit = limits.get(i);
            least = limit.isLimited() ? Math.min(least, limit.marginBytes()) : least;
        }
        return least;
    }

    @Override
    public boolean isStirring() {
        boolean hit = false;
        for (int i = 0; i < limits.size(); i++) {
            hit |= limits.get(i).isLimited() && limits.get(i).wasHit();
        }
        return hit;
    }

    @Override
    public SourceReading reading() {
        return tightest().reading(name());
    }

    private GroupLimit tightest() {
        if (tightest == null) {
            throw new IllegalStateException("no limit was seen");
        }
        return tightest;
    }

    @Override
    public void close() throws IOException {
        for (GroupLimit limit : limits) {
            limit.close();
        }
    }
}
