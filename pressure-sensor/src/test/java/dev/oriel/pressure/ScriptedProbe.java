package dev.oriel.pressure;

import static dev.oriel.pressure.PressureLevel.GREEN;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A probe in virtual time that answers what the test says, and notes how and when it was asked. */
final class ScriptedProbe implements PressureProbe {

    record Look(long atMillis, Depth depth) {}

    private final VirtualTime time;
    final List<Look> looks = new ArrayList<>();

    private @Nullable PressureLevel level = GREEN;
    private PressureLevel soon = GREEN;
    private PressureLevel later = GREEN;
    private @Nullable PressureLevel onlyWhenQuick;
    private String words = "at first";
    private long marginBytes = Long.MAX_VALUE;
    private long fillBytesPerSecond;
    private long easeBytes;
    private boolean stirring;
    private @Nullable Throwable failure;
    private @Nullable RuntimeException waitingFailure;
    private Depth depth = Depth.FULL;

    ScriptedProbe(VirtualTime time) {
        this.time = time;
        time.live();
    }

    void says(PressureLevel now) {
        says(now, "it is " + now);
    }

    void says(PressureLevel now, String evidence) {
        level = now;
        soon = now;
        later = now;
        onlyWhenQuick = null;
        words = evidence;
        failure = null;
    }

    void foresees(PressureLevel newSoon, PressureLevel newLater) {
        soon = newSoon;
        later = newLater;
    }

    void saysOnlyWhenLookingQuickly(PressureLevel mistaken) {
        onlyWhenQuick = mistaken;
    }

    void saysNothing(String reason) {
        level = null;
        words = reason;
    }

    void has(long newMarginBytes) {
        marginBytes = newMarginBytes;
    }

    void isAtEaseFor(long newEaseBytes) {
        easeBytes = newEaseBytes;
    }

    void falls(long newFillBytesPerSecond) {
        fillBytesPerSecond = newFillBytesPerSecond;
    }

    void stirs(boolean isStirring) {
        stirring = isStirring;
    }

    void throwsWhenAsked(Throwable whenAsked) {
        failure = whenAsked;
    }

    void throwsWhenWaiting(@Nullable RuntimeException whenWaiting) {
        waitingFailure = whenWaiting;
    }

    @Override
    public void look(Depth newDepth, long nowNanos) {
        depth = newDepth;
        looks.add(new Look(Duration.ofNanos(nowNanos).toMillis(), newDepth));
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
    }

    @Override
    public @Nullable PressureLevel level() {
        return depth == Depth.QUICK && onlyWhenQuick != null ? onlyWhenQuick : level;
    }

    @Override
    public @Nullable PressureLevel outlook(long aheadNanos) {
        PressureLevel now = level();
        if (now == null || aheadNanos == 0) {
            return now;
        }
        return aheadNanos > Duration.ofSeconds(1).toNanos() ? later : soon;
    }

    @Override
    public long marginBytes() {
        return marginBytes;
    }

    @Override
    public long easeBytes() {
        return easeBytes;
    }

    @Override
    public boolean isStirring() {
        return stirring;
    }

    @Override
    public PressureReading reading() {
        if (level == null) {
            return new PressureReading(List.of(), List.of(words), time.instant());
        }
        OptionalLong margin = marginBytes == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(marginBytes);
        SourceReading source =
                new SourceReading("scripted", level, words, margin, Map.of("fillBytesPerSecond", fillBytesPerSecond));
        return new PressureReading(List.of(source), List.of(), time.instant());
    }

    @Override
    public boolean await(long nanos) {
        if (waitingFailure != null) {
            throw waitingFailure;
        }
        return time.await(nanos);
    }

    @Override
    public void wake() {
        time.wake();
    }

    @Override
    public void close() {
        time.end();
    }
}
