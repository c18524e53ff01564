package dev.oriel.capture;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** What an engine has done so far, counted by all its threads. */
final class CaptureCounters {

    final LongAdder captures = new LongAdder();
    final LongAdder sweeps = new LongAdder();
    final LongAdder pixelsRead = new LongAdder();
    final LongAdder pixelsVerified = new LongAdder();
    final LongAdder bandsCompared = new LongAdder();
    final LongAdder bandsHealed = new LongAdder();
    final LongAdder sweepNanos = new LongAdder();
    final LongAdder stripesEncoded = new LongAdder();
    final LongAdder stripesShared = new LongAdder();
    final LongAdder frames = new LongAdder();
    final LongAdder refusals = new LongAdder();

    CaptureStats snapshot() {
        return new CaptureStats(
                captures.sum(),
                sweeps.sum(),
                pixelsRead.sum(),
                pixelsVerified.sum(),
                bandsCompared.sum(),
                bandsHealed.sum(),
                TimeUnit.NANOSECONDS.toMicros(sweepNanos.sum()),
                stripesEncoded.sum(),
                stripesShared.sum(),
                frames.sum(),
                refusals.sum());
    }
}
