package dev.oriel.pressure;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * All that a sensor remembers from one look to the next. Times are monotonic counts of nanoseconds with any origin.
 *
 * @param level what is believed; empty while it is unknown
 * @param worsenedAtNanos when the level turned worse last, as long as the answer to that may not have landed yet
 * @param belowRedSinceNanos since when the outlook has been better than RED; only while RED is believed
 * @param belowYellowSinceNanos since when the outlook has been better than YELLOW; only while YELLOW or RED is believed
 * @param unseenSinceNanos since when nothing could be read; only while something is believed all the same
 */
public record LevelState(
        Optional<PressureLevel> level,
        OptionalLong worsenedAtNanos,
        OptionalLong belowRedSinceNanos,
        OptionalLong belowYellowSinceNanos,
        OptionalLong unseenSinceNanos) {

    /** Checks that nothing is null. */
    public LevelState {
        Objects.requireNonNull(level, "level");
        Objects.requireNonNull(worsenedAtNanos, "worsenedAtNanos");
        Objects.requireNonNull(belowRedSinceNanos, "belowRedSinceNanos");
        Objects.requireNonNull(belowYellowSinceNanos, "belowYellowSinceNanos");
        Objects.requireNonNull(unseenSinceNanos, "unseenSinceNanos");
    }

    /**
     * A state in which a level is believed and nothing else is remembered.
     *
     * @param level the level; empty for unknown
     * @return the state
     */
    public static LevelState believing(Optional<PressureLevel> level) {
        return new LevelState(
                level, OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());
    }

    /* This very object if nothing in it differs: a round in which nothing changes allocates nothing. */
    LevelState with(
            OptionalLong newWorsenedAt,
            OptionalLong newBelowRedSince,
            OptionalLong newBelowYellowSince,
            OptionalLong newUnseenSince) {
        return newWorsenedAt.equals(worsenedAtNanos)
                        && newBelowRedSince.equals(belowRedSinceNanos)
                        && newBelowYellowSince.equals(belowYellowSinceNanos)
                        && newUnseenSince.equals(unseenSinceNanos)
                ? this
                : new LevelState(level, newWorsenedAt, newBelowRedSince, newBelowYellowSince, newUnseenSince);
    }

    /** Whether some of what is remembered lies after a time, which only a clock that went back can bring about. */
    boolean isAheadOf(long atNanos) {
        return isAfter(worsenedAtNanos, atNanos)
                || isAfter(belowRedSinceNanos, atNanos)
                || isAfter(belowYellowSinceNanos, atNanos)
                || isAfter(unseenSinceNanos, atNanos);
    }

    /** This state with all that takes time beginning anew. */
    LevelState restartedAt(long atNanos) {
        return with(
                moved(worsenedAtNanos, atNanos),
                moved(belowRedSinceNanos, atNanos),
                moved(belowYellowSinceNanos, atNanos),
                moved(unseenSinceNanos, atNanos));
    }

    private static boolean isAfter(OptionalLong since, long atNanos) {
        return since.isPresent() && since.getAsLong() - atNanos > 0;
    }

    private static OptionalLong moved(OptionalLong since, long atNanos) {
        return since.isEmpty() || since.getAsLong() == atNanos ? since : OptionalLong.of(atNanos);
    }
}
