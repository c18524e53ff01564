package dev.oriel.pressure.linux;

import dev.oriel.pressure.HeadroomThresholds;
import dev.oriel.pressure.PressureLevel;
import dev.oriel.pressure.PressureProbe.Depth;
import dev.oriel.pressure.SourceReading;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;

/**
 * The limit of one group and how near the group is to it. What counts is the working set: all that is charged to the
 * group but for cached files nobody uses.
 *
 * <p>How much those are stands in {@code memory.stat}, which is ten times as dear to read as all else. It is read
 * wherever usage as it stands, without any deduction, would be short of the limit or soon would be; where even that is
 * plenty, what was deducted before may be out of date and hides nothing.
 */
final class GroupLimit implements Closeable {
    /* Version 1 writes "unlimited" as the largest number, rounded down to whole pages of whatever size. */
    private static final long UNLIMITED_FROM_BYTES = 1L << 60;

    private final MemoryGroup group;
    private final HeadroomThresholds thresholds;
    private final long forecastNanos;
    private final KernelText text;
    private final List<KernelFile> limitFiles;
    private final KernelFile usageFile;
    private final KernelFile statFile;
    private final LimitHits hits;
    private final Headroom headroom;

    private boolean limited;
    private long usageBytes;
    private long inactiveBytes;
    private long workingSetBytes;
    private boolean exact;
    /* Grows as the working set does, where it is known at two looks in a row, else as usage does: the trend has no
     * steps where the one takes over from the other. */
    private long filledBytes;

    GroupLimit(MemoryGroup group, HeadroomThresholds thresholds, long forecastNanos, KernelText text) {
        this.group = group;
        this.thresholds = thresholds;
        this.forecastNanos = forecastNanos;
        this.text = text;
        limitFiles = group.version().limitFiles().stream().map(group::file).toList();
        usageFile = group.file(group.version().usageFile());
        statFile = group.file("memory.stat");
        hits = new LimitHits(group);
        headroom = new Headroom(thresholds);
    }

    /** Looks once; false if the group has no limit, or one above all that the machine has. */
    boolean look(long machineBytes, Depth depth, long nowNanos) throws IOException {
        long limit = limitBytes(depth);
        boolean wasLimited = limited;
        limited = limit < UNLIMITED_FROM_BYTES && (machineBytes == 0 || limit <= machineBytes);
        if (limited) {
            look(limit, depth, !wasLimited || limit != headroom.wholeBytes(), nowNanos);
        }
        return limited;
    }

    private void look(long limit, Depth depth, boolean isNew, long nowNanos) throws IOException {
        long usageBefore = usageBytes;
        long workingSetBefore = workingSetBytes;
        boolean exactBefore = exact;
        usageBytes = usageFile.read(text).number();
        long left = limit - usageBytes;
        hits.look(text, left, limit, depth, nowNanos);
        exact = depth == Depth.FULL || isNew || headroom.levelIfLeft(left, forecastNanos) != PressureLevel.GREEN;
        if (exact) {
            inactiveBytes = statFile.read(text).number(group.version().inactiveFileKey());
        }
        workingSetBytes = Math.max(0, usageBytes - inactiveBytes);
        filledBytes += exact && exactBefore ? workingSetBytes - workingSetBefore : usageBytes - usageBefore;
        headroom.take(limit - workingSetBytes, limit, -filledBytes, nowNanos);
    }

    /* The lower of the group's limits. A file that was missing is looked for again by full looks only. */
    private long limitBytes(Depth depth) throws IOException {
        long lowest = Long.MAX_VALUE;
        for (int i = 0; i < limitFiles.size(); i++) {
            KernelFile file = limitFiles.get(i);
            if (depth == Depth.FULL || file.isOpen()) {
                lowest = Math.min(lowest, limitBytes(file));
            }
        }
        return lowest;
    }

    private long limitBytes(KernelFile file) throws IOException {
        try {
            file.read(text);
        } catch (NoSuchFileException rootGroupOrNoController) {
            return Long.MAX_VALUE;
        }
        return text.is("max") ? Long.MAX_VALUE : text.number();
    }

    boolean isLimited() {
        return limited;
    }

    /** What is limited to what; only if something is. */
    LimitedGroup limitedGroup() {
        return new LimitedGroup(group, headroom.wholeBytes());
    }

    /** The limit at the last look; {@link Long#MAX_VALUE} if there was none. */
    long limitBytes() {
        return limited ? headroom.wholeBytes() : Long.MAX_VALUE;
    }

    PressureLevel level() {
        return worse(headroom.level(), hits.level());
    }

    PressureLevel outlook(long aheadNanos) {
        return worse(headroom.outlook(aheadNanos), hits.level());
    }

    private static PressureLevel worse(PressureLevel one, PressureLevel other) {
        return one.isAtLeast(other) ? one : other;
    }

    /* Where the deduction may be out of date there is no less margin than without it. */
    long marginBytes() {
        return exact
                ? headroom.marginBytes()
                : thresholds.marginBytes(headroom.wholeBytes() - usageBytes, headroom.wholeBytes());
    }

    /* Cached files count: a group that is full of them stalls though it could do without. */
    long easeBytes() {
        return wasHit() ? 0 : Math.max(0, headroom.wholeBytes() / 2 - usageBytes);
    }

    boolean wasHit() {
        return hits.level() != PressureLevel.GREEN;
    }

    SourceReading reading(String name) {
        long limit = headroom.wholeBytes();
        Map<String, Long> numbers = headroom.numbers("limitBytes");
        numbers.put("usageBytes", workingSetBytes);
        numbers.put("chargedBytes", usageBytes);
        numbers.put("limitHitCount", hits.count());
        return new SourceReading(
                name,
                level(),
                Wording.share(headroom.leftBytes(), limit) + " left of " + Wording.bytes(limit) + " in " + group.path()
                        + (wasHit() ? ", and hit of late" : ""),
                headroom.margin(),
                numbers);
    }

    @Override
    public void close() throws IOException {
        for (KernelFile file : limitFiles) {
            file.close();
        }
        usageFile.close();
        statFile.close();
        hits.close();
    }
}
