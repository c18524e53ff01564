package dev.oriel.capture;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/**
 * Puts the spaces of all sources into one list. With several sources the active space is that of the source that
 * changed last; it stays active until it has been quiet for a moment, so that two busy sources do not take turns.
 */
final class SpaceBoard {

    static final Duration QUIET_BEFORE_ACTIVE_MOVES = Duration.ofSeconds(2);

    private final List<List<Space>> spacesBySource;
    private final LongSupplier nanoTime;
    private final Sinks.Many<List<Space>> sink = Sinks.many().replay().latest();
    private List<Space> published = List.of();
    private int activeSource;
    private long activeChangedAt;

    SpaceBoard(int sources, LongSupplier nanoTime) {
        this.spacesBySource = new ArrayList<>();
        for (int source = 0; source < sources; source++) {
            spacesBySource.add(List.of());
        }
        this.nanoTime = nanoTime;
        this.activeChangedAt = nanoTime.getAsLong();
    }

    Flux<List<Space>> spaces() {
        return sink.asFlux().onBackpressureLatest();
    }

    boolean hasSeveralSources() {
        return spacesBySource.size() > 1;
    }

    synchronized void publish(int source, List<Space> spaces) {
        spacesBySource.set(source, List.copyOf(spaces));
        publish();
    }

    /** The number of the source that a space belongs to; empty if there is no such space. */
    synchronized OptionalInt sourceOf(SpaceId id) {
        return IntStream.range(0, spacesBySource.size())
                .filter(source -> spacesBySource.get(source).stream()
                        .anyMatch(space -> space.id().equals(id)))
                .findFirst();
    }

    /** Notes that the picture of a source changed. */
    synchronized void changed(int source) {
        long now = nanoTime.getAsLong();
        if (source == activeSource) {
            activeChangedAt = now;
        } else if (now - activeChangedAt >= QUIET_BEFORE_ACTIVE_MOVES.toNanos()) {
            activeSource = source;
            activeChangedAt = now;
            publish();
        }
    }

    synchronized void complete() {
        sink.emitComplete(Sinks.EmitFailureHandler.FAIL_FAST);
    }

    private boolean readable(int source) {
        return spacesBySource.get(source).stream().anyMatch(space -> space.state() == SpaceState.LIVE);
    }

    /** Stands in for the active source while that cannot be read; the active one itself where none can. */
    private int firstReadable() {
        for (int source = 0; source < spacesBySource.size(); source++) {
            if (readable(source)) {
                return source;
            }
        }
        return activeSource;
    }

    /* The first list goes out when every source has told its spaces, so that indexes do not move at the start. */
    private void publish() {
        if (spacesBySource.stream().anyMatch(List::isEmpty)) {
            return;
        }
        int front = readable(activeSource) ? activeSource : firstReadable();
        List<Space> all = new ArrayList<>();
        for (int source = 0; source < spacesBySource.size(); source++) {
            for (Space space : spacesBySource.get(source)) {
                all.add(space.withIndex(all.size() + 1).withActive(space.active() && source == front));
            }
        }
        if (!all.equals(published)) {
            published = List.copyOf(all);
            sink.emitNext(published, Sinks.EmitFailureHandler.FAIL_FAST);
        }
    }
}
