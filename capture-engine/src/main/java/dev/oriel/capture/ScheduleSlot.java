package dev.oriel.capture;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Hands the newest schedule to the thread of a source. Several may come between two looks; what one of them left out is
 * named anew by the next that has it, so the slot remembers what all of them had in common.
 */
final class ScheduleSlot {

    /**
     * What a look finds.
     *
     * @param newest the schedule to follow
     * @param wantedThroughout what every schedule since the last look named, at the same JPEG quality
     */
    record Look(CaptureSchedule newest, Map<SpaceId, Set<Quality>> wantedThroughout) {}

    private volatile CaptureSchedule newest = CaptureSchedule.NOTHING;
    private Map<SpaceId, Set<Quality>> wantedThroughout = Map.of();
    private boolean news;

    /** From any thread. */
    synchronized void put(CaptureSchedule next) {
        wantedThroughout = next.jpegReduction() == newest.jpegReduction()
                ? intersection(wantedThroughout, wantedBy(next))
                : Map.of();
        newest = next;
        news = true;
    }

    /** What came since the last look; empty if nothing did. */
    synchronized Optional<Look> look() {
        if (!news) {
            return Optional.empty();
        }
        Look look = new Look(newest, wantedThroughout);
        wantedThroughout = wantedBy(newest);
        news = false;
        return Optional.of(look);
    }

    /**
     * Whether the newest schedule wants nothing of what a target of an older one does, or all of it at another JPEG quality.
     * From any thread; costs next to nothing while there is no newer one.
     */
    boolean supersedes(CaptureSchedule older, CaptureTarget target) {
        CaptureSchedule next = newest;
        return !next.equals(older)
                && (next.jpegReduction() != older.jpegReduction()
                        || next.targets().stream()
                                .filter(other -> other.space().equals(target.space()))
                                .allMatch(other -> Collections.disjoint(other.qualities(), target.qualities())));
    }

    private static Map<SpaceId, Set<Quality>> wantedBy(CaptureSchedule schedule) {
        Map<SpaceId, Set<Quality>> wanted = new HashMap<>();
        schedule.targets().forEach(target -> wanted.put(target.space(), target.qualities()));
        return wanted;
    }

    private static Map<SpaceId, Set<Quality>> intersection(
            Map<SpaceId, Set<Quality>> some, Map<SpaceId, Set<Quality>> others) {
        Map<SpaceId, Set<Quality>> common = new HashMap<>();
        some.forEach((space, qualities) -> {
            Set<Quality> both = new HashSet<>(qualities);
            both.retainAll(others.getOrDefault(space, Set.of()));
            common.put(space, both);
        });
        return common;
    }
}
