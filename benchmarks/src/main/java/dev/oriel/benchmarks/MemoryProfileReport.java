package dev.oriel.benchmarks;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.oriel.pressure.PressureLevel;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a memory profile found, as it stands in its JSON; {@code docs/profile.schema.json} tells it field by field.
 *
 * @param format the name of the schema
 * @param complete whether all was measured that was asked for
 * @param incompleteBecause what ended the profile early
 * @param passed complete, every target met, and every check passed
 * @param machine where it ran, in the order in which it is shown
 */
record MemoryProfileReport(
        String format,
        Instant startedAt,
        Instant finishedAt,
        boolean complete,
        Optional<String> incompleteBecause,
        boolean passed,
        Map<String, String> machine,
        Setup setup,
        List<Level> levels,
        Optional<PressureStep> pressureStep,
        List<Target> targets) {

    static final String FORMAT = "oriel.memory-profile.v1";

    /**
     * What was asked for.
     *
     * @param seconds of a phase
     * @param subscribers in the phases but the first
     * @param source where the pictures came from
     * @param displays that were looked at; none for the demo
     */
    record Setup(int seconds, List<PressureLevel> levels, int subscribers, String source, List<String> displays) {}

    /** What was found at a level. */
    record Level(PressureLevel level, List<Phase> phases, Optional<Accuracy> accuracy) {}

    /**
     * A time in which memory was measured each second.
     *
     * @param name {@code baseline}, {@code vision} or {@code semanticCache}
     * @param complete whether it lasted as long as it should
     * @param fromSeconds when it began, from the start of the level
     * @param server the process of {@code oriel serve}
     * @param agent the process that asks the semantic cache
     * @param total both together
     * @param cache the server's cache at the end
     * @param feed what all subscribers got in this phase
     */
    record Phase(
            String name,
            boolean complete,
            double fromSeconds,
            double seconds,
            Usage server,
            Optional<Usage> agent,
            Optional<Usage> total,
            Optional<Cache> cache,
            Feed feed,
            Optional<SemanticCache> semanticCache,
            List<Sample> samples) {}

    /** How the memory of a process went. */
    record Usage(Spread resident, Spread proportional) {

        static Usage of(List<ProcessBytes> values) {
            return new Usage(
                    Spread.of(values.stream().map(ProcessBytes::residentBytes).toList()),
                    Spread.of(
                            values.stream().map(ProcessBytes::proportionalBytes).toList()));
        }
    }

    /** What the server says of its cache. */
    record Cache(long budgetBytes, long chargedBytes, long residentBytes, int frames) {}

    /** What came over the WebSockets. */
    record Feed(long frames, long bytes, int spaces) {}

    /** What the agent says of its semantic cache. */
    record SemanticCache(
            long budgetBytes,
            long chargedBytes,
            long entries,
            long asked,
            long exactHits,
            long similarHits,
            long joined,
            long misses) {}

    /**
     * One measurement.
     *
     * @param atSeconds from the start of the level
     */
    record Sample(double atSeconds, ProcessBytes server, Optional<ProcessBytes> agent) {}

    /**
     * Whether the pictures are those of the screens.
     *
     * @param method in words
     * @param toleranceSteps how far the mean of a block may lie off, in steps of 255
     */
    record Accuracy(
            String method,
            int toleranceSteps,
            boolean passed,
            List<ComparedPicture> compared,
            List<LeftOutPicture> leftOut) {}

    /**
     * A picture that was checked.
     *
     * @param largestSteps the most that the mean of a block lies off; nothing where there is no screen to compare with
     */
    record ComparedPicture(
            String space,
            String quality,
            int width,
            int height,
            boolean equal,
            Optional<Double> largestSteps,
            Optional<Double> decibels) {}

    /** A picture that was not checked, and why. */
    record LeftOutPicture(String space, String reason) {}

    /**
     * What became of a full server at GREEN when memory got scarce, and when it was there again.
     *
     * @param kind {@code cgroup} if memory was really scarce, {@code scripted} if that was only said
     * @param how in words
     * @param problem what went wrong, if something did
     * @param before the server when the step began
     * @param after it, some times after the level was RED
     */
    record PressureStep(
            String kind,
            String how,
            boolean passed,
            Optional<String> problem,
            ProcessBytes before,
            Optional<Long> millisToRed,
            List<After> after,
            Optional<Long> millisToGreen) {

        /** The server some time after the level was RED. */
        record After(long millis, ProcessBytes server, Cache cache) {}
    }

    /**
     * A limit and what was measured against it.
     *
     * @param set {@code seed} or {@code oriel}
     * @param level empty if it is for all together
     */
    record Target(
            String set, Optional<PressureLevel> level, String what, long limitBytes, long measuredBytes, boolean met) {}

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .changeDefaultPropertyInclusion(usual -> usual.withValueInclusion(JsonInclude.Include.NON_ABSENT))
            .build();

    String json() {
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n";
    }
}
