package dev.oriel.gateway;

import dev.oriel.cache.HistoryEntry;
import dev.oriel.capture.FrameInfo;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/**
 * Pictures of a space that are held.
 *
 * @param entries oldest first
 * @param total how many there are in the time that was asked for; if more than entries, the oldest were left out
 * @param oldestRevision of all that are held, whatever was asked for; empty if there are none
 */
record HistoryPage(List<Entry> entries, int total, OptionalLong oldestRevision) {

    /**
     * One picture, as clients see it.
     *
     * @param bytes the length of the JPEG, in the best quality held
     * @param newBytes the part of it that differs from the one before
     */
    record Entry(long revision, Instant capturedAt, int bytes, int newBytes, int width, int height, String quality) {

        static Entry of(HistoryEntry entry) {
            FrameInfo info = entry.info();
            return new Entry(
                    info.revision(),
                    info.capturedAt(),
                    entry.sizeBytes(),
                    entry.newBytes(),
                    info.width(),
                    info.height(),
                    info.quality().label());
        }
    }

    /** Of what was asked for, oldest first, the newest. */
    static HistoryPage of(List<HistoryEntry> asked, OptionalLong oldestRevision, int limit) {
        List<Entry> entries = asked.stream()
                .skip(Math.max(0, asked.size() - limit))
                .map(Entry::of)
                .toList();
        return new HistoryPage(entries, asked.size(), oldestRevision);
    }
}
