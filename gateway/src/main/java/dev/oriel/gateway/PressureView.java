package dev.oriel.gateway;

import dev.oriel.optimizer.LevelPlan;
import dev.oriel.pressure.PressureReading;
import dev.oriel.pressure.PressureStatus;
import dev.oriel.pressure.SourceReading;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The pressure and what it means, as clients see it. {@code since} is null until the sensor first spoke. */
record PressureView(
        String level, @Nullable Instant since, List<SourceView> sources, List<String> absent, PlanView plan) {

    /** One source and what it is based on. */
    record SourceView(String name, String level, String evidence, Map<String, Long> raw) {

        static SourceView of(SourceReading source) {
            return new SourceView(source.name(), source.level().name(), source.evidence(), source.numbers());
        }
    }

    /** What the level means. */
    record PlanView(long cacheMegabytes, String quality, String spaces, boolean prefetch, int jpegReduction) {

        private static final long MEGABYTE = 1024L * 1024;

        /** In one line, for the log and the terminal. */
        String inWords() {
            return "cache " + cacheMegabytes + " MB, quality " + quality + ", spaces " + spaces.replace('_', ' ');
        }

        static PlanView of(LevelPlan plan) {
            return new PlanView(
                    plan.budgetBytes() / MEGABYTE,
                    plan.ceiling().label(),
                    plan.selection().name().toLowerCase(Locale.ROOT),
                    plan.prefetch(),
                    plan.jpegReduction());
        }
    }

    static PressureView of(Optional<PressureStatus> status, LevelPlan plan) {
        Optional<PressureReading> reading = status.flatMap(PressureStatus::reading);
        return new PressureView(
                status.flatMap(PressureStatus::level).map(Enum::name).orElse("UNKNOWN"),
                status.map(PressureStatus::since).orElse(null),
                reading.map(PressureReading::sources).orElse(List.of()).stream()
                        .map(SourceView::of)
                        .toList(),
                reading.map(PressureReading::absent).orElse(List.of()),
                PlanView.of(plan));
    }
}
