package dev.oriel.pressure.linux;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.oriel.pressure.PressureLevel;
import dev.oriel.pressure.PressureProbe.Depth;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;

/**
 * How often a group ran into its own limits, as the kernel counts it. A burst that came and went between two looks is
 * seen here and nowhere else.
 */
final class LimitHits implements Closeable {
    /* For so long a hit counts. */
    private static final long HOLD_NANOS = SECONDS.toNanos(1);
    /* A cache of files fills a group up to its limit and stays there; the kernel takes from it whenever it hits the
     * limit, which is nothing to worry about. With less than this part of the limit left, the group is at it still. */
    private static final int AT_LIMIT_PART = 32;

    private final CgroupVersion version;
    private final KernelFile file;
    private boolean known;
    private long high;
    private long max;
    private long killers;
    private PressureLevel worst = PressureLevel.GREEN;
    private long hitAtNanos;

    /* Events of descendants are left out where the kernel can tell them apart: their limits are not this group's. */
    LimitHits(MemoryGroup group) {
        version = group.version();
        file = group.file(version == CgroupVersion.V1 ? "memory.failcnt" : "memory.events.local");
    }

    void look(KernelText text, long leftBytes, long limitBytes, Depth depth, long nowNanos) throws IOException {
        if (nowNanos - hitAtNanos >= HOLD_NANOS) {
            worst = PressureLevel.GREEN;
        }
        if (depth == Depth.QUICK && !file.isOpen()) {
            return;
        }
        try {
            file.read(text);
        } catch (NoSuchFileException notCountedHere) {
            return;
        }
        boolean cached = leftBytes <= limitBytes / AT_LIMIT_PART;
        if (version == CgroupVersion.V1) {
            take(0, text.number(), 0, cached, nowNanos);
        } else {
            take(text.number("high", 0), text.number("max", 0), text.number("oom", 0), cached, nowNanos);
        }
    }

    private void take(long newHigh, long newMax, long newKillers, boolean cached, long nowNanos) {
        if (known && (newKillers > killers || (newMax > max && !cached))) {
            hit(PressureLevel.RED, nowNanos);
        } else if (known && newHigh > high && !cached) {
            hit(PressureLevel.YELLOW, nowNanos);
        }
        known = true;
        high = newHigh;
        max = newMax;
        killers = newKillers;
    }

    private void hit(PressureLevel level, long nowNanos) {
        worst = worst.isAtLeast(level) ? worst : level;
        hitAtNanos = nowNanos;
    }

    /** The level that hits of late call for. */
    PressureLevel level() {
        return worst;
    }

    /** How often the group was slowed down, denied or searched for a victim. */
    long count() {
        return high + max + killers;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
