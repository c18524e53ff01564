package dev.oriel.pressure;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What all sources said in one probe: what is read, not yet what is believed.
 *
 * @param sources the sources that answered, in a fixed order
 * @param absent one line for each source that did not, with the reason
 * @param takenAt when the probe was made
 */
public record PressureReading(List<SourceReading> sources, List<String> absent, Instant takenAt) {

    /** Copies the lists. */
    public PressureReading {
        sources = List.copyOf(sources);
        absent = List.copyOf(absent);
        Objects.requireNonNull(takenAt, "takenAt");
    }

    /**
     * The worst level of the sources.
     *
     * @return the level, or empty if no source answered
     */
    public Optional<PressureLevel> level() {
        return sources.stream().map(SourceReading::level).max(Comparator.naturalOrder());
    }
}
