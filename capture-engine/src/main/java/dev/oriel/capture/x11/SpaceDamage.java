package dev.oriel.capture.x11;

import dev.oriel.capture.Area;
import dev.oriel.capture.ScreenSource;
import dev.oriel.capture.Space;
import dev.oriel.capture.SpaceId;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What changed in each space that is in front: the damage of the root window, dealt out to those it falls on. */
final class SpaceDamage {

    private final Map<SpaceId, BitSet> untaken = new HashMap<>();

    /** Forgets everything; each of these spaces is now damaged all over. */
    void beginWith(List<Space> inFront) {
        untaken.clear();
        inFront.forEach(this::addAllOf);
    }

    void addAllOf(Space space) {
        bandsOf(space).set(0, bands(space.height()));
    }

    /** Adds an area of the root window. */
    void add(Area area, List<Space> inFront) {
        for (Space space : inFront) {
            Area hit = area.intersection(space.area());
            if (!hit.isEmpty()) {
                int top = hit.y() - space.area().y();
                bandsOf(space).set(top / ScreenSource.BAND_HEIGHT, bands(top + hit.height()));
            }
        }
    }

    boolean has(SpaceId space) {
        BitSet bands = untaken.get(space);
        return bands != null && !bands.isEmpty();
    }

    void take(SpaceId space, BitSet into) {
        BitSet bands = untaken.get(space);
        if (bands != null) {
            into.or(bands);
            bands.clear();
        }
    }

    private BitSet bandsOf(Space space) {
        return untaken.computeIfAbsent(space.id(), ignored -> new BitSet());
    }

    private static int bands(int rows) {
        return (rows + ScreenSource.BAND_HEIGHT - 1) / ScreenSource.BAND_HEIGHT;
    }
}
