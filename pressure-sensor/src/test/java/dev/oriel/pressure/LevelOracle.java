package dev.oriel.pressure;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The definition of the level machine, slowly: each level is found by looking back over the whole trace. */
final class LevelOracle {
    private final long dwellNanos;
    private final long settleNanos;
    private final List<Look> looks = new ArrayList<>();
    private final List<Optional<PressureLevel>> believed = new ArrayList<>();

    LevelOracle(long dwellNanos, long settleNanos) {
        this.dwellNanos = dwellNanos;
        this.settleNanos = settleNanos;
    }

    Optional<PressureLevel> add(Look look) {
        looks.add(look);
        Optional<PressureLevel> level = level(looks.size() - 1);
        believed.add(level);
        return level;
    }

    void removeLast() {
        looks.remove(looks.size() - 1);
        believed.remove(believed.size() - 1);
    }

    private Optional<PressureLevel> level(int last) {
        Optional<PressureLevel> before = before(last);
        Sight sight = looks.get(last).sight();
        if (sight == null) {
            return before.filter(level -> !hasSeenNothingForADwell(last));
        }
        PressureLevel claim = hasSettled(last) ? sight.read() : sight.present();
        if (before.isEmpty() || claim.compareTo(before.get()) > 0) {
            return Optional.of(claim);
        }
        for (PressureLevel better : PressureLevel.values()) {
            if (better.compareTo(before.get()) < 0 && hasBeenNoWorseForADwell(better, last)) {
                return Optional.of(better);
            }
        }
        return before;
    }

    private boolean hasSeenNothingForADwell(int last) {
        int first = last;
        while (first > 0
                && looks.get(first - 1).sight() == null
                && !looks.get(first).afterGap()) {
            first--;
        }
        return elapsed(first, last) >= dwellNanos;
    }

    private boolean hasBeenNoWorseForADwell(PressureLevel level, int last) {
        if (isWorse(level, last)) {
            return false;
        }
        int first = last;
        while (first > 0 && !looks.get(first).afterGap() && !isImprovement(first) && !isWorse(level, first - 1)) {
            first--;
        }
        return elapsed(first, last) >= dwellNanos;
    }

    private boolean isWorse(PressureLevel level, int index) {
        Sight sight = looks.get(index).sight();
        return sight == null || sight.outlook().compareTo(level) > 0;
    }

    private boolean isImprovement(int index) {
        Optional<PressureLevel> before = before(index);
        return index < believed.size()
                && before.isPresent()
                && believed.get(index)
                        .filter(level -> level.compareTo(before.get()) < 0)
                        .isPresent();
    }

    private boolean hasSettled(int last) {
        int worsening = last - 1;
        while (worsening >= 0 && !isWorsening(worsening)) {
            worsening--;
        }
        if (worsening < 0) {
            return true;
        }
        int from = worsening;
        for (int i = worsening + 1; i <= last; i++) {
            from = looks.get(i).afterGap() ? i : from;
            if (elapsed(from, i) >= settleNanos) {
                return true;
            }
        }
        return false;
    }

    private boolean isWorsening(int index) {
        Optional<PressureLevel> before = before(index);
        return believed.get(index)
                .filter(level ->
                        level != PressureLevel.GREEN && (before.isEmpty() || level.compareTo(before.get()) > 0))
                .isPresent();
    }

    private Optional<PressureLevel> before(int index) {
        return index == 0 ? Optional.empty() : believed.get(index - 1);
    }

    private long elapsed(int first, int last) {
        return looks.get(last).atNanos() - looks.get(first).atNanos();
    }
}
