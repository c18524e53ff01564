package dev.oriel.pressure;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** A probe that answers what the test says, and notes when it was asked. */
final class ScriptedProbe implements PressureProbe {
    private final Clock clock;
    final List<Long> askedAtMillis = new ArrayList<>();
    private Supplier<PressureReading> answer;

    ScriptedProbe(Clock clock) {
        this.clock = clock;
        answer = () -> reading(PressureLevel.GREEN, "at first");
    }

    void says(PressureLevel level) {
        says(level, "it is " + level);
    }

    void says(PressureLevel level, String evidence) {
        answer = () -> reading(level, evidence);
    }

    void saysNothing(String reason) {
        answer = () -> new PressureReading(List.of(), List.of(reason), clock.instant());
    }

    void throwsWhenAsked(RuntimeException failure) {
        answer = () -> {
            throw failure;
        };
    }

    @Override
    public PressureReading probe() {
        askedAtMillis.add(clock.millis());
        return answer.get();
    }

    private PressureReading reading(PressureLevel level, String evidence) {
        SourceReading source = new SourceReading("scripted", level, evidence, OptionalLong.empty(), Map.of());
        return new PressureReading(List.of(source), List.of(), clock.instant());
    }
}
