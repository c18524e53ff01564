package dev.oriel.pressure.linux;

import dev.oriel.pressure.PressureLevel;
import dev.oriel.pressure.SourceReading;
import dev.oriel.pressure.StallThresholds;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * One file of pressure stall information, for the machine or for a group of processes. Only the totals are used: the
 * averages beside them move every two seconds, and stay above zero long after a stall is over.
 */
final class PressureFile implements Closeable {
    /* Below a tenth of the share that is YELLOW a stall is the hum of a machine at work. */
    private static final double STIRRING_PART = 0.1;

    private final KernelFile file;
    private final String scope;
    private final StallThresholds thresholds;
    private final StallWindow window;

    private PressureLevel level = PressureLevel.GREEN;
    private boolean comparable;
    private boolean stirring;
    private boolean sharp;
    private long someMicros;
    private long fullMicros;
    private long lookedAtNanos;

    PressureFile(Path path, String scope, StallThresholds thresholds) {
        file = new KernelFile(path);
        this.scope = scope;
        this.thresholds = thresholds;
        window = new StallWindow(thresholds.window(), thresholds.sharpWindow());
    }

    Path path() {
        return file.path();
    }

    boolean isOpen() {
        return file.isOpen();
    }

    void look(KernelText text, long nowNanos) throws IOException {
        file.read(text);
        long some = text.number("some", "total=");
        long full = text.number("full", "total=");
        comparable = window.add(some, full, nowNanos);
        level = comparable ? judge() : PressureLevel.GREEN;
        double hum =
                STIRRING_PART * thresholds.yellowSomeShare() * TimeUnit.NANOSECONDS.toMicros(nowNanos - lookedAtNanos);
        // A second look at the same moment takes nothing back.
        stirring = comparable && (some - someMicros > hum || (stirring && nowNanos == lookedAtNanos));
        someMicros = some;
        fullMicros = full;
        lookedAtNanos = nowNanos;
    }

    private PressureLevel judge() {
        PressureLevel steady = thresholds.levelOf(window.someShare(), window.fullShare());
        sharp = steady == PressureLevel.GREEN && window.sharpSomeShare() >= thresholds.sharpSomeShare();
        return sharp ? PressureLevel.YELLOW : steady;
    }

    PressureLevel level() {
        return level;
    }

    boolean isStirring() {
        return stirring;
    }

    SourceReading reading(String name) {
        Map<String, Long> numbers = new LinkedHashMap<>();
        numbers.put("someMicros", someMicros);
        numbers.put("fullMicros", fullMicros);
        if (comparable) {
            numbers.put("someStallMicros", window.someMicros());
            numbers.put("fullStallMicros", window.fullMicros());
            numbers.put("stretchMicros", window.stretchMicros());
            numbers.put("sharpSomeStallMicros", window.sharpSomeMicros());
        }
        return new SourceReading(name, level, words(), OptionalLong.empty(), numbers);
    }

    private String words() {
        if (comparable) {
            return "stalled some " + Wording.share(window.someShare()) + ", full " + Wording.share(window.fullShare())
                    + " of the time" + sharpWords() + ", " + scope;
        }
        return "stalled some " + TimeUnit.MICROSECONDS.toMillis(someMicros) + " ms, full "
                + TimeUnit.MICROSECONDS.toMillis(fullMicros) + " ms since the system started, " + scope;
    }

    private String sharpWords() {
        return sharp
                ? ", some " + Wording.share(window.sharpSomeShare()) + " of the last "
                        + thresholds.sharpWindow().toMillis() + " ms"
                : "";
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
