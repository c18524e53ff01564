package dev.oriel.pressure;

import org.jspecify.annotations.Nullable;

/** A real probe that waits in virtual time; no kernel calls it. */
record InVirtualTime(PressureProbe probe, VirtualTime time) implements PressureProbe {

    InVirtualTime {
        time.live();
    }

    @Override
    public void look(Depth depth, long nowNanos) {
        probe.look(depth, nowNanos);
    }

    @Override
    public @Nullable PressureLevel level() {
        return probe.level();
    }

    @Override
    public @Nullable PressureLevel outlook(long aheadNanos) {
        return probe.outlook(aheadNanos);
    }

    @Override
    public long marginBytes() {
        return probe.marginBytes();
    }

    @Override
    public long easeBytes() {
        return probe.easeBytes();
    }

    @Override
    public boolean isStirring() {
        return probe.isStirring();
    }

    @Override
    public PressureReading reading() {
        return probe.reading();
    }

    @Override
    public boolean await(long nanos) {
        return time.await(nanos);
    }

    @Override
    public void wake() {
        time.wake();
    }

    @Override
    public void close() {
        probe.close();
        time.end();
    }
}
