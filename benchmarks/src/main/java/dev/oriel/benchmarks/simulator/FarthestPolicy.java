package dev.oriel.benchmarks.simulator;

import dev.oriel.benchmarks.simulator.Trace.Event;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/*
 * With pictures of one size this would be the optimum (Belady). With sizes that differ, and stripes that are shared, finding
 * the optimum is NP-hard; this is what can be had at least, and UpperBound is what cannot be had.
 */
/** Knows the future: keeps nothing that is not asked for again, and first drops what is asked for last. */
final class FarthestPolicy implements Policy {

    private record Held(int nextUse, Picture picture) {}

    private final Store store;
    private final long budgetBytes;
    private final NextUses uses;
    private final TreeSet<Held> farthestLast = new TreeSet<>(Comparator.comparingInt(Held::nextUse));
    private final Map<Picture, Held> held = new HashMap<>();
    private int index;

    FarthestPolicy(Store store, long budgetBytes, NextUses uses) {
        this.store = store;
        this.budgetBytes = budgetBytes;
        this.uses = uses;
    }

    @Override
    public void begin(int event) {
        index = event;
    }

    @Override
    public boolean get(Event request) {
        Held found = held.get(request.picture());
        if (found == null) {
            return false;
        }
        farthestLast.remove(found);
        keepUntilNextUse(request.picture());
        return true;
    }

    @Override
    public void put(Event event) {
        keepUntilNextUse(event.picture());
    }

    private void keepUntilNextUse(Picture picture) {
        int nextUse = uses.after(index);
        boolean isHeld = held.containsKey(picture);
        if (nextUse == NextUses.NEVER) {
            if (isHeld) {
                held.remove(picture);
                store.remove(picture);
            }
            return;
        }
        Held kept = new Held(nextUse, picture);
        held.put(picture, kept);
        farthestLast.add(kept);
        if (!isHeld) {
            store.add(picture);
        }
        while (store.heldBytes() > budgetBytes) {
            Picture farthest = farthestLast.pollLast().picture();
            held.remove(farthest);
            store.remove(farthest);
        }
    }
}
