package dev.oriel.benchmarks;

import dev.oriel.benchmarks.MemoryProfileReport.Accuracy;
import dev.oriel.benchmarks.MemoryProfileReport.ComparedPicture;
import dev.oriel.benchmarks.MemoryProfileReport.Level;
import dev.oriel.benchmarks.MemoryProfileReport.Phase;
import dev.oriel.benchmarks.MemoryProfileReport.PressureStep;
import dev.oriel.benchmarks.MemoryProfileReport.SemanticCache;
import dev.oriel.benchmarks.MemoryProfileReport.Target;
import dev.oriel.benchmarks.MemoryProfileReport.Usage;
import dev.oriel.benchmarks.TextTable.Align;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A memory profile in words, for the terminal and for the page. */
final class ProfileSummary {

    private ProfileSummary() {}

    /** As many lines as there are things to say. */
    static String text(MemoryProfileReport report) {
        StringBuilder text = new StringBuilder();
        text.append(phases(report)).append('\n').append(targets(report)).append('\n');
        for (Level level : report.levels()) {
            level.phases().stream()
                    .flatMap(phase -> phase.semanticCache().stream())
                    .forEach(cache -> text.append(level.level())
                            .append(" semantic cache: ")
                            .append(inWords(cache))
                            .append('\n'));
            level.accuracy()
                    .ifPresent(accuracy -> text.append(level.level())
                            .append(" pictures: ")
                            .append(inWords(accuracy))
                            .append('\n'));
        }
        report.pressureStep()
                .ifPresent(step ->
                        text.append("pressure step: ").append(inWords(step)).append('\n'));
        return text.append(verdict(report)).append('\n').toString();
    }

    private static String phases(MemoryProfileReport report) {
        TextTable table = new TextTable(
                Align.LEFT,
                Align.LEFT,
                Align.LEFT,
                Align.RIGHT,
                Align.RIGHT,
                Align.RIGHT,
                Align.RIGHT,
                Align.RIGHT,
                Align.RIGHT,
                Align.RIGHT);
        table.add("level", "phase", "RSS in MB", "start", "end", "delta", "peak", "average", "peak PSS", "cache");
        for (Level level : report.levels()) {
            for (Phase phase : level.phases()) {
                row(table, level, phase, "server", phase.server(), cacheOf(phase));
                phase.agent().ifPresent(usage -> row(table, level, phase, "agent", usage, answersOf(phase)));
                phase.total().ifPresent(usage -> row(table, level, phase, "together", usage, ""));
            }
        }
        return table.text();
    }

    private static void row(TextTable table, Level level, Phase phase, String who, Usage usage, String cache) {
        Spread rss = usage.resident();
        table.add(
                level.level().name(),
                phase.name() + (phase.complete() ? "" : " (cut short)"),
                who,
                megabytes(rss.startBytes()),
                megabytes(rss.endBytes()),
                megabytes(rss.deltaBytes()),
                megabytes(rss.peakBytes()),
                megabytes(rss.averageBytes()),
                megabytes(usage.proportional().peakBytes()),
                cache);
    }

    /** How full the server's cache was at the end. */
    static String cacheOf(Phase phase) {
        return phase.cache()
                .map(cache -> megabytes(cache.chargedBytes()) + " of " + megabytes(cache.budgetBytes()))
                .orElse("");
    }

    /** How full the agent's cache was at the end. */
    static String answersOf(Phase phase) {
        return phase.semanticCache()
                .map(cache -> megabytes(cache.chargedBytes()) + " of " + megabytes(cache.budgetBytes()))
                .orElse("");
    }

    /** One digit behind the point. */
    static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f", bytes / ProcessBytes.MEGABYTE);
    }

    private static String targets(MemoryProfileReport report) {
        TextTable table = new TextTable(Align.LEFT, Align.LEFT, Align.LEFT, Align.RIGHT, Align.RIGHT, Align.LEFT);
        table.add("target", "level", "of what, in MB", "measured", "limit", "");
        for (Target target : report.targets()) {
            table.add(
                    target.set(),
                    target.level().map(Enum::name).orElse("all"),
                    target.what(),
                    megabytes(target.measuredBytes()),
                    megabytes(target.limitBytes()),
                    target.met() ? "met" : "MISSED");
        }
        return table.text();
    }

    static String inWords(SemanticCache cache) {
        return "pictures asked about: " + cache.asked() + "; known by bytes: " + cache.exactHits() + ", by look: "
                + cache.similarHits() + "; waited for a call: " + cache.joined() + "; calls: " + cache.misses()
                + "; answers kept: " + cache.entries();
    }

    static String inWords(Accuracy accuracy) {
        List<ComparedPicture> wrong =
                accuracy.compared().stream().filter(picture -> !picture.equal()).toList();
        Optional<Double> worst = accuracy.compared().stream()
                .flatMap(picture -> picture.largestSteps().stream())
                .max(Double::compare);
        StringBuilder text = new StringBuilder();
        text.append(accuracy.compared().size() - wrong.size())
                .append(" of ")
                .append(accuracy.compared().size())
                .append(
                        worst.isPresent()
                                ? " equal the screen"
                                : " have the shape of their space, no screen to compare");
        worst.ifPresent(steps -> text.append(", a block off by ")
                .append(steps)
                .append(" of 255 at most (")
                .append(accuracy.toleranceSteps())
                .append(" allowed)"));
        if (!accuracy.leftOut().isEmpty()) {
            text.append("; ")
                    .append(accuracy.leftOut().size())
                    .append(" not compared, the first because ")
                    .append(accuracy.leftOut().get(0).reason());
        }
        wrong.forEach(picture -> text.append("; DIFFERS: ").append(picture.space()));
        return text.toString();
    }

    static String inWords(PressureStep step) {
        StringBuilder text = new StringBuilder(step.passed() ? "passed" : "FAILED");
        step.problem().ifPresent(problem -> text.append(", ").append(problem));
        text.append("; ").append(step.kind()).append(": ").append(step.how());
        step.millisToRed()
                .ifPresent(millis -> text.append("; RED after ").append(millis).append(" ms"));
        text.append("; RSS ").append(megabytes(step.before().residentBytes())).append(" MB");
        for (PressureStep.After after : step.after()) {
            text.append(", ")
                    .append(megabytes(after.server().residentBytes()))
                    .append(" at +")
                    .append(after.millis())
                    .append(" ms");
        }
        step.millisToGreen()
                .ifPresent(
                        millis -> text.append("; GREEN again ").append(millis).append(" ms after the end"));
        return text.toString();
    }

    static String verdict(MemoryProfileReport report) {
        if (!report.complete()) {
            return "INCOMPLETE: " + report.incompleteBecause().orElse("");
        }
        if (report.passed()) {
            return "passed: every target is met";
        }
        long missed = report.targets().stream().filter(target -> !target.met()).count();
        return "FAILED: " + missed + (missed == 1 ? " target" : " targets") + " missed"
                + (checksPassed(report) ? "" : ", and a check did not pass");
    }

    private static boolean checksPassed(MemoryProfileReport report) {
        return report.levels().stream()
                        .allMatch(level -> level.accuracy().stream().allMatch(Accuracy::passed))
                && report.pressureStep().stream().allMatch(PressureStep::passed);
    }
}
