package dev.oriel.pressure;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * What one source said in one probe.
 *
 * @param name the source: {@code psi}, {@code memavailable}, {@code cgroup}, {@code pagein}, {@code heap}, {@code rss} or
 *     {@code gpu}
 * @param level the level that this source alone would give
 * @param evidence one line for a person, such as {@code 12.4 % available of 24.0 GiB}
 * @param marginBytes how many more bytes can fill up before this source turns worse; empty if it is already at its
 *     worst, does not measure bytes or is filled by this process alone
 * @param numbers the raw numbers in a fixed order, each key ending in its unit, such as {@code availableBytes}
 */
public record SourceReading(
        String name, PressureLevel level, String evidence, OptionalLong marginBytes, Map<String, Long> numbers) {

    /** Copies the numbers, keeping their order. */
    public SourceReading {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(level, "level");
        Objects.requireNonNull(evidence, "evidence");
        Objects.requireNonNull(marginBytes, "marginBytes");
        numbers = Collections.unmodifiableMap(new LinkedHashMap<>(numbers));
    }
}
