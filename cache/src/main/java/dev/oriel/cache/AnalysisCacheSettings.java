package dev.oriel.cache;

import dev.oriel.capture.Area;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * How much an {@link AnalysisCache} keeps, for how long, and when two pictures count as the same.
 *
 * @param <T> the answers
 * @param budgetBytes the most that answers and what is kept to find them may take at first, above 0;
 *     {@link AnalysisCache#resize} changes it
 * @param ttl how long an answer is good for, above zero
 * @param tolerance how far a sample of two pictures that count as the same may differ beside what different JPEG qualities
 *     explain, in steps of 255; 0 to 64
 * @param region the part of a picture that questions are about, in pixels of the picture; all of it if empty
 * @param ignored what may differ inside the region, in pixels of the picture
 * @param weigher tells the bytes that an answer takes, 0 or more
 */
public record AnalysisCacheSettings<T>(
        long budgetBytes,
        Duration ttl,
        int tolerance,
        Optional<Area> region,
        List<Area> ignored,
        ToIntFunction<? super T> weigher) {

    private static final long MEBIBYTE = 1024 * 1024;
    private static final int USUAL_TOLERANCE = 2;
    private static final int MOST_TOLERANCE = 64;
    private static final Duration LONGEST_TTL = Duration.ofDays(36_500);

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public AnalysisCacheSettings {
        Objects.requireNonNull(region, "region");
        Objects.requireNonNull(weigher, "weigher");
        ignored = List.copyOf(ignored);
        if (budgetBytes <= 0) {
            throw new IllegalArgumentException("budgetBytes must be positive, was " + budgetBytes);
        }
        if (ttl.isNegative() || ttl.isZero() || ttl.compareTo(LONGEST_TTL) > 0) {
            throw new IllegalArgumentException("ttl must be positive and at most 100 years, was " + ttl);
        }
        if (tolerance < 0 || tolerance > MOST_TOLERANCE) {
            throw new IllegalArgumentException("tolerance must be 0 to " + MOST_TOLERANCE + ", was " + tolerance);
        }
        if (region.isPresent() && region.get().isEmpty()) {
            throw new IllegalArgumentException("region must have a pixel, was " + region.get());
        }
    }

    /**
     * 32 MiB, ten minutes, a tolerance of 2, and all of the picture.
     *
     * @param <T> the answers
     * @param weigher tells the bytes that an answer takes, 0 or more
     * @return the usual settings
     */
    public static <T> AnalysisCacheSettings<T> defaults(ToIntFunction<? super T> weigher) {
        return new AnalysisCacheSettings<>(
                32 * MEBIBYTE, Duration.ofMinutes(10), USUAL_TOLERANCE, Optional.empty(), List.of(), weigher);
    }

    /**
     * The usual settings for answers that are texts.
     *
     * @return two bytes for each character
     */
    public static AnalysisCacheSettings<String> ofTexts() {
        return defaults(text -> (int) Math.min(Integer.MAX_VALUE, 2L * text.length()));
    }

    /**
     * The same with another budget.
     *
     * @param newBudgetBytes above 0
     * @return a copy
     */
    public AnalysisCacheSettings<T> withBudgetBytes(long newBudgetBytes) {
        return new AnalysisCacheSettings<>(newBudgetBytes, ttl, tolerance, region, ignored, weigher);
    }

    /**
     * The same with another TTL.
     *
     * @param newTtl above zero, at most 100 years
     * @return a copy
     */
    public AnalysisCacheSettings<T> withTtl(Duration newTtl) {
        return new AnalysisCacheSettings<>(budgetBytes, newTtl, tolerance, region, ignored, weigher);
    }

    /**
     * The same with another tolerance.
     *
     * @param newTolerance 0 to 64
     * @return a copy
     */
    public AnalysisCacheSettings<T> withTolerance(int newTolerance) {
        return new AnalysisCacheSettings<>(budgetBytes, ttl, newTolerance, region, ignored, weigher);
    }

    /**
     * The same for questions about a part of the picture.
     *
     * @param newRegion not empty, in pixels of the picture
     * @return a copy
     */
    public AnalysisCacheSettings<T> withRegion(Area newRegion) {
        return new AnalysisCacheSettings<>(budgetBytes, ttl, tolerance, Optional.of(newRegion), ignored, weigher);
    }

    /**
     * The same with other parts that may differ.
     *
     * @param newIgnored in pixels of the picture
     * @return a copy
     */
    public AnalysisCacheSettings<T> withIgnored(List<Area> newIgnored) {
        return new AnalysisCacheSettings<>(budgetBytes, ttl, tolerance, region, newIgnored, weigher);
    }
}
