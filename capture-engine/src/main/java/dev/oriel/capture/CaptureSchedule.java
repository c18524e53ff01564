package dev.oriel.capture;

import java.util.List;

/**
 * What the engine captures from now on. A space that is not named is not captured; the empty schedule captures nothing.
 *
 * @param targets at most one for each space
 * @param jpegReduction how far the JPEG quality of every picture is lowered, 0 to 99 percent points; the result never
 *     falls below 30
 */
public record CaptureSchedule(List<CaptureTarget> targets, int jpegReduction) {

    /** Captures nothing. */
    public static final CaptureSchedule NOTHING = new CaptureSchedule(List.of(), 0);

    /**
     * Copies the list and checks the values.
     *
     * @throws IllegalArgumentException if a space is named twice or the reduction is out of range
     */
    public CaptureSchedule {
        targets = List.copyOf(targets);
        if (targets.stream().map(CaptureTarget::space).distinct().count() != targets.size()) {
            throw new IllegalArgumentException("a schedule names each space at most once, was " + targets);
        }
        if (jpegReduction < 0 || jpegReduction > 99) {
            throw new IllegalArgumentException("jpegReduction must be 0 to 99, was " + jpegReduction);
        }
    }
}
