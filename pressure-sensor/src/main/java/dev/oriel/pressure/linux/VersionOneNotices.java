package dev.oriel.pressure.linux;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.oriel.pressure.HeadroomThresholds;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Has the version 1 controller ring one bell: when the usage of a limited group crosses a line where the level changes,
 * either way, and when the kernel takes pages away from a group.
 */
final class VersionOneNotices {
    private final Kernel kernel;
    private final ByteBuffer scratch;
    private final HeadroomThresholds thresholds;
    private final List<String> missing;
    private final List<String> armed = new ArrayList<>();

    VersionOneNotices(Kernel kernel, ByteBuffer scratch, HeadroomThresholds thresholds, List<String> missing) {
        this.kernel = kernel;
        this.scratch = scratch;
        this.thresholds = thresholds;
        this.missing = missing;
    }

    /**
     * Hangs up the bell.
     *
     * @param own the group of this process
     * @return the bell; empty if nothing would ring it
     */
    Optional<Notice> arm(MemoryGroup own, List<LimitedGroup> limits) {
        int bell = kernel.eventfd();
        if (bell < 0) {
            missing.add("cgroup v1: " + kernel.words(bell));
            return Optional.empty();
        }
        for (LimitedGroup limit : limits) {
            lines(limit.limitBytes()).forEach(usage -> armUsage(bell, limit.group(), usage));
            armReclaim(bell, limit.group());
        }
        if (limits.stream().noneMatch(limit -> limit.group().equals(own))) {
            armReclaim(bell, own);
        }
        if (armed.isEmpty()) {
            kernel.close(bell);
            return Optional.empty();
        }
        return Optional.of(new Doorbell(bell, "cgroup v1: " + String.join(", ", armed)));
    }

    private void armUsage(int bell, MemoryGroup group, long bytes) {
        arm(bell, group, "memory.usage_in_bytes", Long.toString(bytes), "usage at " + Wording.bytes(bytes));
    }

    /* From the first pages on that are taken away: where a group is full of cached files, nothing else tells that
     * somebody displaces them. What happens below a group counts, too, for its limit is shared. */
    private void armReclaim(int bell, MemoryGroup group) {
        arm(bell, group, "memory.pressure_level", "low,hierarchy", "reclaim");
    }

    private void arm(int bell, MemoryGroup group, String file, String when, String words) {
        try {
            register(bell, group, file, when);
            armed.add(words + " in " + group.path());
        } catch (RefusedException refused) {
            missing.add(refused.getMessage());
        }
    }

    /** The usages up to which the level is GREEN and YELLOW. */
    private LongStream lines(long limitBytes) {
        return LongStream.of(
                limitBytes - Math.min((long) (limitBytes * thresholds.yellowShare()), thresholds.yellowAtMostBytes()),
                limitBytes - Math.min((long) (limitBytes * thresholds.redShare()), thresholds.redAtMostBytes()));
    }

    /* The kernel needs both files for as long as it takes to register only. */
    private void register(int bell, MemoryGroup group, String file, String when) throws RefusedException {
        int watched = Arming.open(kernel, group.directory().resolve(file), Kernel.READ, "cgroup v1");
        try {
            int control =
                    Arming.open(kernel, group.directory().resolve("cgroup.event_control"), Kernel.WRITE, "cgroup v1");
            try {
                byte[] text = (bell + " " + watched + " " + when).getBytes(US_ASCII);
                Arming.granted(
                        kernel,
                        Arming.write(kernel, control, scratch, text),
                        "cgroup v1: " + file + " of " + group.path());
            } finally {
                kernel.close(control);
            }
        } finally {
            kernel.close(watched);
        }
    }
}
