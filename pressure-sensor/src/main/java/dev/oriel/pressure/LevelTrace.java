package dev.oriel.pressure;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Keeps the steps since the last decision, the newest of them if they are many, and the state that they begin with. */
final class LevelTrace {
    private static final int MAX_STEPS = 256;

    private final Deque<Entry> entries = new ArrayDeque<>();

    private record Entry(LevelState before, LevelStep step) {}

    void add(LevelState before, LevelStep step) {
        if (entries.size() == MAX_STEPS) {
            entries.removeFirst();
        }
        entries.addLast(new Entry(before, step));
    }

    /** The state before the first step; there is one. */
    LevelState start() {
        return entries.getFirst().before;
    }

    List<LevelStep> steps() {
        return entries.stream().map(Entry::step).toList();
    }

    void clear() {
        entries.clear();
    }
}
