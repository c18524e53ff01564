package dev.oriel.capture;

import java.util.Locale;
import java.util.Optional;

/**
 * How good a picture is, best first. Qualities are ranked by {@link #isBetterThan} and {@link #orWorse}, never by name.
 */
public enum Quality {
    /** Native resolution, JPEG 95, no chroma subsampling. */
    FULL,
    /** Native resolution, the configured JPEG quality, 4:2:0. */
    OPTIMIZED,
    /** Half the resolution each way, JPEG 70 at most, 4:2:0. */
    FAST,
    /** Inside the thumbnail box with the aspect kept, JPEG 70 at most, 4:2:0. */
    THUMBNAIL;

    /**
     * Whether this quality shows more than another.
     *
     * @param other the one to compare with
     * @return false for the same quality
     */
    public boolean isBetterThan(Quality other) {
        return ordinal() < other.ordinal();
    }

    /**
     * What a client gets who asked for this quality under a ceiling.
     *
     * @param ceiling the best quality allowed
     * @return the worse of the two
     */
    public Quality orWorse(Quality ceiling) {
        return isBetterThan(ceiling) ? ceiling : this;
    }

    /**
     * The number that stands for this quality in the feed.
     *
     * @return 0 for {@link #FULL} to 3 for {@link #THUMBNAIL}
     */
    public int code() {
        return ordinal();
    }

    /**
     * The name used in settings, URLs and messages.
     *
     * @return lower case, for example {@code optimized}
     */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Finds a quality by its {@link #label}, in any case.
     *
     * @param text what somebody wrote
     * @return empty if no quality has that name
     */
    public static Optional<Quality> parse(String text) {
        for (Quality quality : values()) {
            if (quality.name().equalsIgnoreCase(text.strip())) {
                return Optional.of(quality);
            }
        }
        return Optional.empty();
    }
}
