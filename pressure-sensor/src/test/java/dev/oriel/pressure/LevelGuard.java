package dev.oriel.pressure;

import static dev.oriel.pressure.PressureLevel.GREEN;
import static dev.oriel.pressure.PressureLevel.RED;
import static dev.oriel.pressure.PressureLevel.YELLOW;

import java.util.Optional;

/**
 * Watches a trace and throws when the machine breaks a promise. All it knows is for how long something has been so, in
 * time that was looked at; nothing is older than the dwell or the time to settle, whichever is longer.
 *
 * @param belowYellow for how long every outlook has been better than YELLOW; negative if the last was not
 * @param belowRed the same for RED
 * @param unseen for how long nothing has been seen; negative if something has
 * @param sinceBetter how long ago the level turned better
 * @param sinceWorse how long ago the level turned worse; before the answer has settled a gap begins it anew
 */
record LevelGuard(long belowYellow, long belowRed, long unseen, long sinceBetter, long sinceWorse) {
    private static final long NOT = -1;

    static LevelGuard start(long dwellNanos, long settleNanos) {
        long longAgo = Math.max(dwellNanos, settleNanos);
        return new LevelGuard(NOT, NOT, NOT, longAgo, longAgo);
    }

    LevelGuard after(
            long elapsedNanos, Look look, LevelState before, LevelState now, long dwellNanos, long settleNanos) {
        long oldest = Math.max(dwellNanos, settleNanos);
        long passed = look.afterGap() ? 0 : elapsedNanos;
        Sight sight = look.sight();
        LevelGuard aged = new LevelGuard(
                lasting(sight != null && sight.outlook() == GREEN, belowYellow, look, passed, oldest),
                lasting(sight != null && sight.outlook() != RED, belowRed, look, passed, oldest),
                lasting(sight == null, unseen, look, passed, oldest),
                Math.min(oldest, sinceBetter + passed),
                look.afterGap() && sinceWorse < settleNanos ? 0 : Math.min(oldest, sinceWorse + passed));
        require(!now.equals(before) || now == before, "an unchanged state is the same object", look, before, now);
        return aged.judged(look, before, now, dwellNanos, settleNanos);
    }

    private static long lasting(boolean holds, long before, Look look, long passed, long oldest) {
        if (!holds) {
            return NOT;
        }
        return before < 0 || look.afterGap() ? 0 : Math.min(oldest, before + passed);
    }

    private LevelGuard judged(Look look, LevelState before, LevelState now, long dwellNanos, long settleNanos) {
        Sight sight = look.sight();
        Optional<PressureLevel> from = before.level();
        Optional<PressureLevel> to = now.level();
        if (sight == null) {
            boolean lost = from.isPresent() && to.isEmpty();
            require(to.isEmpty() || to.equals(from), "unseen, the level stays or is lost", look, before, now);
            require(!lost || unseen >= dwellNanos, "unknown only after a dwell", look, before, now);
            require(from.isEmpty() || lost == (unseen >= dwellNanos), "unknown after a dwell", look, before, now);
            return this;
        }
        require(to.isPresent(), "what is seen is known", look, before, now);
        PressureLevel level = to.orElseThrow();
        require(level.isAtLeast(sight.present()), "worse at once", look, before, now);
        boolean settled = sinceWorse >= settleNanos;
        require(!settled || level.isAtLeast(sight.read()), "worse at once, if foreseen too", look, before, now);
        if (from.isPresent() && level.compareTo(from.get()) < 0) {
            require(sinceBetter >= dwellNanos, "one improvement in a dwell", look, before, now);
            require(
                    (from.get() == RED ? belowRed : belowYellow) >= dwellNanos,
                    "every outlook of a whole dwell was better",
                    look,
                    before,
                    now);
            require(
                    level == YELLOW || belowYellow >= dwellNanos,
                    "no better than the worst outlook of the dwell",
                    look,
                    before,
                    now);
            return new LevelGuard(belowYellow, belowRed, unseen, 0, sinceWorse);
        }
        if (level != GREEN && (from.isEmpty() || level.compareTo(from.get()) > 0)) {
            boolean necessary =
                    sight.present().isAtLeast(level) || settled && sight.read().isAtLeast(level);
            require(necessary, "no release is unnecessary", look, before, now);
            return new LevelGuard(belowYellow, belowRed, unseen, sinceBetter, 0);
        }
        return this;
    }

    private static void require(boolean kept, String promise, Look look, LevelState before, LevelState now) {
        if (!kept) {
            throw new AssertionError(promise + ": " + look + " made of " + before + " this: " + now);
        }
    }
}
