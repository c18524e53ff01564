package dev.oriel.benchmarks;

import dev.oriel.benchmarks.MemoryProfileReport.Cache;
import dev.oriel.benchmarks.MemoryProfileReport.Feed;
import dev.oriel.benchmarks.MemoryProfileReport.Phase;
import dev.oriel.benchmarks.MemoryProfileReport.Sample;
import dev.oriel.benchmarks.MemoryProfileReport.SemanticCache;
import dev.oriel.benchmarks.MemoryProfileReport.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What was measured in a phase so far. */
final class PhaseLog {

    private final String name;
    private final List<Sample> samples = new ArrayList<>();
    private boolean complete;
    private Optional<Cache> cache = Optional.empty();
    private Optional<SemanticCache> semanticCache = Optional.empty();
    private Feed feed = new Feed(0, 0, 0);

    PhaseLog(String name) {
        this.name = name;
    }

    void add(Sample sample) {
        samples.add(sample);
    }

    void cache(Cache newest) {
        cache = Optional.of(newest);
    }

    void semanticCache(SemanticCache newest) {
        semanticCache = Optional.of(newest);
    }

    void feed(Feed newest) {
        feed = newest;
    }

    void complete() {
        complete = true;
    }

    /** Empty if nothing was measured. */
    Optional<Phase> phase() {
        if (samples.isEmpty()) {
            return Optional.empty();
        }
        double from = samples.get(0).atSeconds();
        List<ProcessBytes> agents =
                samples.stream().map(Sample::agent).flatMap(Optional::stream).toList();
        List<ProcessBytes> totals = samples.stream()
                .flatMap(sample -> sample.agent().map(sample.server()::plus).stream())
                .toList();
        return Optional.of(new Phase(
                name,
                complete,
                from,
                samples.get(samples.size() - 1).atSeconds() - from,
                Usage.of(samples.stream().map(Sample::server).toList()),
                agents.isEmpty() ? Optional.empty() : Optional.of(Usage.of(agents)),
                totals.isEmpty() ? Optional.empty() : Optional.of(Usage.of(totals)),
                cache,
                feed,
                semanticCache,
                List.copyOf(samples)));
    }
}
