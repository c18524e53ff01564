package dev.oriel.pressure.linux;

import dev.oriel.pressure.PressureLevel;
import dev.oriel.pressure.SourceReading;
import dev.oriel.pressure.StallThresholds;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** One file of pressure stall information, for the machine or for a group of processes. */
final class PressureFile {
    private final Path file;
    private final String scope;
    private final StallThresholds thresholds;
    private final StallWindow window;

    PressureFile(Path file, String scope, StallThresholds thresholds) {
        this.file = file;
        this.scope = scope;
        this.thresholds = thresholds;
        window = new StallWindow(thresholds.window());
    }

    Path file() {
        return file;
    }

    SourceReading read(String name, KernelText text, long nowNanos) throws IOException {
        StallTotals totals = StallTotals.parse(text.read(file));
        Map<String, Long> numbers = new LinkedHashMap<>();
        numbers.put("someMicros", totals.someMicros());
        numbers.put("fullMicros", totals.fullMicros());
        Optional<Stall> stall = window.add(totals, nowNanos);
        stall.ifPresent(known -> {
            numbers.put("someStallMicros", known.someMicros());
            numbers.put("fullStallMicros", known.fullMicros());
            numbers.put("stretchMicros", known.stretchMicros());
        });
        return new SourceReading(
                name,
                stall.map(known -> thresholds.levelOf(known.someShare(), known.fullShare()))
                        .orElse(PressureLevel.GREEN),
                stall.map(this::words).orElseGet(() -> words(totals)),
                OptionalLong.empty(),
                numbers);
    }

    private String words(Stall stall) {
        return "stalled some " + Wording.share(stall.someShare()) + ", full " + Wording.share(stall.fullShare())
                + " of the time, " + scope;
    }

    private String words(StallTotals totals) {
        return "stalled some " + TimeUnit.MICROSECONDS.toMillis(totals.someMicros()) + " ms, full "
                + TimeUnit.MICROSECONDS.toMillis(totals.fullMicros()) + " ms since the start, " + scope;
    }
}
