package dev.oriel.pressure.linux;

import dev.oriel.pressure.HeadroomThresholds;
import dev.oriel.pressure.PressureLevel;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/** What is left of a whole, judged: now, and as far ahead as it falls. */
final class Headroom {
    private final HeadroomThresholds thresholds;
    private final HeadroomTrend trend = new HeadroomTrend();
    private long leftBytes;
    private long wholeBytes;

    Headroom(HeadroomThresholds thresholds) {
        this.thresholds = thresholds;
    }

    void take(long newLeftBytes, long newWholeBytes, long nowNanos) {
        take(newLeftBytes, newWholeBytes, newLeftBytes, nowNanos);
    }

    /** Takes in what is left, and beside it a number that falls as what is left falls: the trend follows that one. */
    void take(long newLeftBytes, long newWholeBytes, long fallingBytes, long nowNanos) {
        if (newWholeBytes != wholeBytes) {
            trend.clear();
        }
        leftBytes = Math.max(0, newLeftBytes);
        wholeBytes = newWholeBytes;
        trend.add(fallingBytes, nowNanos);
    }

    long leftBytes() {
        return leftBytes;
    }

    long wholeBytes() {
        return wholeBytes;
    }

    PressureLevel level() {
        return thresholds.levelOf(leftBytes, wholeBytes);
    }

    PressureLevel outlook(long aheadNanos) {
        return levelIfLeft(leftBytes, aheadNanos);
    }

    /** The outlook if not what was taken in last were left, but so much. */
    PressureLevel levelIfLeft(long bytes, long aheadNanos) {
        return thresholds.levelOf(bytes - trend.fillBytes(aheadNanos), wholeBytes);
    }

    long marginBytes() {
        return thresholds.marginBytes(leftBytes, wholeBytes);
    }

    OptionalLong margin() {
        long margin = marginBytes();
        return margin == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(margin);
    }

    /** The raw numbers, to which others may be added. */
    Map<String, Long> numbers(String wholeName) {
        Map<String, Long> numbers = new LinkedHashMap<>();
        numbers.put("availableBytes", leftBytes);
        numbers.put(wholeName, wholeBytes);
        numbers.put("fillBytesPerSecond", trend.fillBytesPerSecond(0));
        return numbers;
    }
}
