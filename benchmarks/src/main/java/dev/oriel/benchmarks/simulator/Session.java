package dev.oriel.benchmarks.simulator;

import dev.oriel.capture.Quality;
import java.util.List;

/**
 * What somebody did on a screen, as the engine saw it: which stripes changed when, and how many bytes they took. The pixels
 * are not kept.
 *
 * @param name what was done
 * @param bytes of each content that a stripe ever had; a content is known by its index here
 * @param changes in the order of time, each quality by itself
 */
public record Session(String name, int[] bytes, List<Change> changes) {

    /**
     * A frame that came.
     *
     * @param millis since the beginning
     * @param quality which one
     * @param contents of each stripe, from the top
     */
    public record Change(int millis, Quality quality, int[] contents) {}

    /** Checks that there is something to play. */
    public Session {
        changes = List.copyOf(changes);
        if (changes.isEmpty()) {
            throw new IllegalArgumentException("nothing was seen of \"" + name + "\"");
        }
    }

    /**
     * How long it took.
     *
     * @return milliseconds until the last change
     */
    public int millis() {
        return changes.get(changes.size() - 1).millis();
    }
}
